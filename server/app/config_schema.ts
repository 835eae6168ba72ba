import { existsSync, readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { type Places, readPlaces } from '../domain/customers/places.ts';
import { readPlan } from '../domain/license/plans.ts';
import {
  type LimitedApi,
  limitedApis,
  type RateQuotas,
  STANDARD_QUOTAS,
} from '../domain/limits/rate_limits.ts';
import { SHORTEST_ROTATION_DAYS } from '../oauth/openid_key_schedule.ts';
import { filesFolder, readS3Url } from '../storage/files/open_files.ts';

/** How one setting is read: from the environment by its key, from the command line by `--<flag>`. */
export interface Setting<T> {
  key: string;
  flag: string;
  description: string;
  /** As shown in the help; computed ones say how. */
  default: string | undefined;
  /** A switch takes no value on the command line. */
  isSwitch?: boolean;
  /** Never printed. */
  secret?: boolean;
  /** @throws Error whose message says what would be right */
  read(text: string): T;
}

function setting<T>(
  key: string,
  read: (text: string) => T,
  description: string,
  defaultText?: string,
  more: Partial<Setting<T>> = {},
): Setting<T> {
  return {
    key,
    flag: key.toLowerCase().replaceAll('_', '-'),
    description,
    default: defaultText,
    read,
    ...more,
  };
}

const text = (value: string): string => value;

function port(value: string): number {
  const number = Number(value);
  if (/^\d{1,5}$/.test(value) && number <= 65_535) return number;
  throw new Error('a port from 0 (any free one) to 65535, such as 8080');
}

function origin(value: string): string {
  const parsed = URL.canParse(value) ? new URL(value) : undefined;
  if (parsed && /^https?:$/.test(parsed.protocol) && parsed.origin === value.replace(/\/$/, ''))
    return parsed.origin;
  throw new Error('an origin without a path, such as https://chat.example.com');
}

function databaseUrl(value: string): string {
  if (/^(sqlite:.+|postgres(ql)?:\/\/.+)/.test(value)) return value;
  throw new Error('sqlite:<file> or postgres://user:password@host:5432/name');
}

function truth(value: string): boolean {
  if (/^(1|true|yes|on)$/i.test(value)) return true;
  if (/^(0|false|no|off)$/i.test(value)) return false;
  throw new Error('true or false');
}

function oneOf<const T extends string>(...values: T[]): (value: string) => T {
  return (value) => {
    const found = values.find((candidate) => candidate === value);
    if (found) return found;
    throw new Error(`one of ${values.join(', ')}`);
  };
}

function auditDays(value: string): number {
  const number = Number(value);
  if (/^\d{1,4}$/.test(value) && number >= 1 && number <= 3_650) return number;
  throw new Error('a number of days from 1 to 3650, such as 180');
}

/** `0` for no limits at all, or calls a minute for some of the APIs; the others keep theirs. */
function rateQuotas(value: string): RateQuotas {
  const whole = (text: string | undefined): number | undefined =>
    text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
  if (value === '0')
    return Object.fromEntries(limitedApis.map((api) => [api, 0])) as Record<LimitedApi, number>;
  const quotas: Record<LimitedApi, number> = { ...STANDARD_QUOTAS };
  for (const part of value.split(',')) {
    const [name, text] = part.split('=').map((one) => one.trim());
    const api = limitedApis.find((known) => known === name);
    const quota = whole(text);
    if (api === undefined || quota === undefined)
      throw new Error(
        `0 for no limits, or calls a minute such as agent=6000,customer=1200 (of ${limitedApis.join(', ')})`,
      );
    quotas[api] = quota;
  }
  return quotas;
}

function timeout(value: string): number {
  const number = Number(value);
  if (/^\d{1,5}$/.test(value) && number <= 43_200) return number;
  throw new Error('a number of minutes from 0 (never) to 43200, such as 15');
}

function rotationDays(value: string): number {
  const number = Number(value);
  if (/^\d{1,3}$/.test(value) && number >= SHORTEST_ROTATION_DAYS && number <= 365) return number;
  throw new Error(`a number of days from ${SHORTEST_ROTATION_DAYS} to 365, such as 30`);
}

function filesUrl(value: string): string {
  const folder = filesFolder(value);
  if (folder !== undefined && folder !== '') return `folder:${resolve(folder)}`;
  try {
    readS3Url(value);
    return value;
  } catch (error) {
    throw new Error(`folder:<path>, or ${(error as Error).message}`);
  }
}

function placesFile(value: string): Places {
  if (!existsSync(value)) throw new Error('a file that is there');
  try {
    return readPlaces(readFileSync(value, 'utf8'));
  } catch (error) {
    throw new Error(`a list of network,country_code,country,region,city, but ${(error as Error).message}`);
  }
}

function megabytes(most: number, example: string): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (/^\d{1,9}$/.test(value) && number >= 1 && number <= most) return number;
    throw new Error(`a number of megabytes from 1 to ${most}, such as ${example}`);
  };
}

function region(value: string): string {
  if (/^[a-z]{2,8}$/.test(value)) return value;
  throw new Error('two to eight small letters, such as dal');
}

function existingFile(value: string): string {
  if (existsSync(value)) return value;
  throw new Error('the path of a file that exists');
}

function secretKey(value: string): Buffer {
  if (/^[0-9a-f]{64}$/i.test(value)) return Buffer.from(value, 'hex');
  throw new Error('64 hexadecimal digits (32 bytes), such as `openssl rand -hex 32` prints');
}

function mailUrl(value: string): string {
  if (/^smtps?:\/\/.+/.test(value)) return value;
  throw new Error('smtp://user:password@host:587 or smtps://…');
}

function hosts(value: string): string[] {
  const names = value.split(',').map((entry) => entry.trim().toLowerCase());
  if (names.every((name) => isIP(name) || /^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*$/.test(name))) return names;
  throw new Error('host names or addresses joined by commas, such as chat.test,192.168.1.20');
}

function trustedProxies(value: string): string[] {
  return value
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

/** Every setting of the server: the only list, from which the help, the documentation and the checks are made. */
export const settings = {
  port: setting('PORT', port, 'Port to listen on.', '8080'),
  host: setting('HOST', text, 'Address to listen on; 0.0.0.0 for all.', '127.0.0.1'),
  publicUrl: setting(
    'PUBLIC_URL',
    origin,
    'Origin under which browsers and apps reach the server.',
    'http://localhost:<port>, with TLS https://localhost:<port>',
  ),
  tls: setting(
    'TLS',
    truth,
    'Speak https, with a certificate by an authority that is made in <data-dir>/tls.',
    'false',
    { isSwitch: true },
  ),
  tlsHosts: setting(
    'TLS_HOSTS',
    hosts,
    'More host names and addresses for that certificate, joined by commas.',
    'none',
  ),
  tlsCertificate: setting(
    'TLS_CERTIFICATE',
    existingFile,
    'Speak https, with this certificate and its chain (a PEM file, read anew when it changes).',
  ),
  tlsKey: setting('TLS_KEY', existingFile, 'The private key of TLS_CERTIFICATE (a PEM file).'),
  dataDir: setting('DATA_DIR', text, 'Folder of the database and the keys.', './data'),
  databaseUrl: setting(
    'DATABASE_URL',
    databaseUrl,
    'Database: sqlite:<file> or postgres://…',
    'sqlite:<data-dir>/gatehouse.db',
    { secret: true },
  ),
  secretKey: setting(
    'SECRET_KEY',
    secretKey,
    'The key that all others derive from, 64 hexadecimal digits. Several servers on one database must share it.',
    'made at the first start, kept in <data-dir>/secret.key',
    { secret: true },
  ),
  signingKeyDays: setting(
    'SIGNING_KEY_DAYS',
    rotationDays,
    'Days that each key signs ID tokens of OpenID Connect, before the next one does.',
    '30',
  ),
  auditDays: setting('AUDIT_LOG_DAYS', auditDays, 'Days that the audit log is kept.', '180'),
  rateQuotas: setting(
    'RATE_LIMITS',
    rateQuotas,
    'Calls a minute of one credential, for each API; 0: no limit.',
    Object.entries(STANDARD_QUOTAS)
      .map(([api, quota]) => `${api}=${quota}`)
      .join(','),
  ),
  plan: setting(
    'PLAN',
    readPlan,
    'How many agents, groups and so on an organization can have: none, a plan, or limits such as agents=10.',
    'none',
  ),
  filesUrl: setting(
    'FILES_URL',
    filesUrl,
    'Where uploaded files are kept: folder:<path> or s3://<key>:<secret>@<bucket>/<prefix>?region=…&endpoint=…',
    'folder:<data-dir>/files',
    { secret: true },
  ),
  geolocation: setting(
    'GEOLOCATION_FILE',
    placesFile,
    'Where addresses are, for auto access rules: lines of network,country_code,country,region,city. None: nothing is known.',
  ),
  fileLimit: setting(
    'FILE_LIMIT_MB',
    megabytes(100, '10'),
    'Megabytes that an uploaded file may have.',
    '10',
  ),
  filesQuota: setting(
    'FILES_QUOTA_MB',
    megabytes(100_000_000, '5000'),
    'Megabytes that the files of an organization may have together.',
    '5000',
  ),
  chatIdle: setting(
    'CHAT_IDLE_MINUTES',
    timeout,
    'Minutes without a word until a chat is marked as idle; 0 for never.',
    '10',
  ),
  chatArchive: setting(
    'CHAT_ARCHIVE_MINUTES',
    timeout,
    'Minutes without a word until a chat is closed; 0 for never.',
    '15',
  ),
  chatArchiveContinuous: setting(
    'CHAT_ARCHIVE_CONTINUOUS_MINUTES',
    timeout,
    'The same of a continuous chat.',
    '10',
  ),
  chatTransfer: setting(
    'CHAT_TRANSFER_MINUTES',
    timeout,
    'Minutes that a customer waits for an answer until somebody else is given the chat; 0 for never.',
    '0',
  ),
  region: setting('REGION', region, 'Prefix of tokens and codes.', 'dal'),
  logLevel: setting(
    'LOG_LEVEL',
    oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'),
    'What is logged, as JSON lines on standard output.',
    'info',
  ),
  metricsPort: setting(
    'METRICS_PORT',
    port,
    'Port of /metrics, in the text format of Prometheus. Without one, nothing is measured.',
  ),
  metricsHost: setting('METRICS_HOST', text, 'Address that /metrics listens on.', '127.0.0.1'),
  mailUrl: setting(
    'MAIL_URL',
    mailUrl,
    'SMTP server for mail. Without one, mail waits until it is set.',
    undefined,
    {
      secret: true,
    },
  ),
  mailFrom: setting('MAIL_FROM', text, 'Sender of mail.', 'Gatehouse <no-reply@<host of public-url>>'),
  development: setting(
    'DEVELOPMENT',
    truth,
    'Development mode: mail is shown at /dev/mail, the clock can be moved. Never for real people.',
    'false',
    { isSwitch: true },
  ),
  trustProxy: setting(
    'TRUST_PROXY',
    trustedProxies,
    'Addresses or networks of proxies whose X-Forwarded-* headers count, joined by commas, such as 10.0.0.0/8.',
    'none',
  ),
  seed: setting(
    'SEED',
    existingFile,
    'JSON file of organizations, accounts, apps and chats to load at start.',
  ),
  demo: setting(
    'DEMO',
    truth,
    'Start with demo data in development mode, and print the walk to paste.',
    'false',
    {
      isSwitch: true,
    },
  ),
} as const;

export type SettingName = keyof typeof settings;
