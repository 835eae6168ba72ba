import { join, resolve } from 'node:path';
import type { Places } from '../domain/customers/places.ts';
import type { PlanLimits } from '../domain/license/plans.ts';
import { type RateQuotas, STANDARD_QUOTAS } from '../domain/limits/rate_limits.ts';
import { type Setting, type SettingName, settings } from './config_schema.ts';

/** The frozen configuration. Modules get the part they need; none but this one reads the environment. */
export interface Config {
  port: number;
  host: string;
  publicUrl: string | undefined;
  tls: boolean;
  tlsHosts: string[];
  tlsCertificate: string | undefined;
  tlsKey: string | undefined;
  dataDir: string;
  databaseUrl: string;
  secretKey: Buffer | undefined;
  region: string;
  signingKeyDays: number;
  auditDays: number;
  /** In minutes; 0 for never. */
  chatTimeouts: { idle: number; archive: number; archiveContinuous: number; transfer: number };
  rateQuotas: RateQuotas;
  plan: PlanLimits;
  filesUrl: string;
  /** Bytes. */
  fileLimit: number;
  /** Bytes, for each organization. */
  filesQuota: number;
  logLevel: string;
  metricsPort: number | undefined;
  metricsHost: string;
  mailUrl: string | undefined;
  mailFrom: string | undefined;
  development: boolean;
  trustProxy: string[];
  /** Where addresses are. */
  places: Places | undefined;
  seed: string | undefined;
  demo: boolean;
}

/** A setting that cannot be used; the message names the key, the value, and what would be right. */
export class ConfigError extends Error {}

const MEGABYTE = 2 ** 20;

type Environment = Record<string, string | undefined>;

/**
 * Reads flags, then the environment, then defaults.
 * @throws ConfigError
 */
export function readConfig(flags: readonly string[], environment: Environment): Config {
  const given = readFlags(flags);
  const value = <T>(name: SettingName): T | undefined => {
    const setting = settings[name] as unknown as Setting<T>;
    const flag = given.get(name);
    const source = flag === undefined ? `${setting.key}` : `--${setting.flag}`;
    const raw = flag ?? environment[setting.key];
    if (raw === undefined || raw === '') return undefined;
    try {
      return setting.read(raw);
    } catch (error) {
      const shown = setting.secret ? '(not shown)' : JSON.stringify(raw);
      throw new ConfigError(`${source} is ${shown}. It should be ${(error as Error).message}.`);
    }
  };
  const demo = value<boolean>('demo') ?? false;
  const dataDir = resolve(value<string>('dataDir') ?? (demo ? './data/demo' : './data'));
  return Object.freeze({
    port: value<number>('port') ?? 8080,
    host: value<string>('host') ?? '127.0.0.1',
    publicUrl: value<string>('publicUrl'),
    tls: value<boolean>('tls') ?? false,
    tlsHosts: value<string[]>('tlsHosts') ?? [],
    tlsCertificate: value<string>('tlsCertificate'),
    tlsKey: value<string>('tlsKey'),
    dataDir,
    databaseUrl: value<string>('databaseUrl') ?? `sqlite:${join(dataDir, 'gatehouse.db')}`,
    secretKey: value<Buffer>('secretKey'),
    region: value<string>('region') ?? 'dal',
    signingKeyDays: value<number>('signingKeyDays') ?? 30,
    auditDays: value<number>('auditDays') ?? 180,
    chatTimeouts: {
      idle: value<number>('chatIdle') ?? 10,
      archive: value<number>('chatArchive') ?? 15,
      archiveContinuous: value<number>('chatArchiveContinuous') ?? 10,
      transfer: value<number>('chatTransfer') ?? 0,
    },
    rateQuotas: value<RateQuotas>('rateQuotas') ?? STANDARD_QUOTAS,
    plan: value<PlanLimits>('plan') ?? {},
    filesUrl: value<string>('filesUrl') ?? `folder:${join(dataDir, 'files')}`,
    fileLimit: (value<number>('fileLimit') ?? 10) * MEGABYTE,
    filesQuota: (value<number>('filesQuota') ?? 5_000) * MEGABYTE,
    logLevel: value<string>('logLevel') ?? 'info',
    metricsPort: value<number>('metricsPort'),
    metricsHost: value<string>('metricsHost') ?? '127.0.0.1',
    mailUrl: value<string>('mailUrl'),
    mailFrom: value<string>('mailFrom'),
    development: value<boolean>('development') ?? demo,
    trustProxy: value<string[]>('trustProxy') ?? [],
    places: value<Places>('geolocation'),
    seed: value<string>('seed'),
    demo,
  });
}

function readFlags(flags: readonly string[]): Map<SettingName, string> {
  const byFlag = new Map(
    Object.entries(settings).map(([name, setting]) => [setting.flag, name as SettingName]),
  );
  const given = new Map<SettingName, string>();
  for (let index = 0; index < flags.length; index++) {
    const argument = flags[index] ?? '';
    const [flag = '', inline] = splitOnce(argument);
    const name = argument.startsWith('--') ? byFlag.get(flag) : undefined;
    if (!name) throw new ConfigError(`${argument} is not an option. \`npm start -- --help\` lists them.`);
    if (inline !== undefined) given.set(name, inline);
    else if (isSwitch(name)) given.set(name, 'true');
    else {
      const next = flags[++index];
      if (next === undefined) throw new ConfigError(`--${flag} needs a value.`);
      given.set(name, next);
    }
  }
  return given;
}

function isSwitch(name: SettingName): boolean {
  return (settings[name] as unknown as Setting<unknown>).isSwitch === true;
}

function splitOnce(argument: string): [string, string | undefined] {
  const body = argument.replace(/^--/, '');
  const equals = body.indexOf('=');
  return equals === -1 ? [body, undefined] : [body.slice(0, equals), body.slice(equals + 1)];
}

/** What `--help` prints. */
export function helpText(): string {
  const lines = Object.values(settings).map((setting) => {
    const { key, flag, description, isSwitch: bare } = setting as unknown as Setting<unknown>;
    const usage = `--${flag}${bare ? '' : ' <value>'}`;
    const fallback = setting.default === undefined ? '' : ` Default: ${setting.default}.`;
    return `  ${usage.padEnd(26)} ${key.padEnd(14)} ${description}${fallback}`;
  });
  return [
    'Gatehouse: a live-chat platform that you run yourself.',
    '',
    'Usage: npm start -- [options]      (or the same by environment variables)',
    '       npm run demo               a server with demo data, and the walk to paste',
    '       npx gatehouse help         commands for who runs it: backup, restore, doctor, …',
    '',
    ...lines,
    '',
  ].join('\n');
}
