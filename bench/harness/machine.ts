import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem } from 'node:os';
import { PINNED } from './processes.ts';

export interface Machine {
  processor: string;
  cores: number;
  memoryGigabytes: number;
  system: string;
  node: string;
  pinned: boolean;
  commit: string;
  /** Of the minute before the run: high, and the figures are those of a busy machine. */
  loadBefore: number;
  versions: Record<string, string>;
}

export function machine(): Machine {
  const [first] = cpus();
  const git = spawnSync('git', ['describe', '--always', '--dirty'], { encoding: 'utf8' });
  return {
    processor: first?.model ?? 'unknown',
    cores: cpus().length,
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${release()}`,
    node: process.version,
    pinned: PINNED,
    commit: git.status === 0 ? git.stdout.trim() : 'unknown',
    loadBefore: Math.round((loadavg()[0] ?? 0) * 100) / 100,
    versions: Object.fromEntries(
      ['fastify', 'oidc-provider', 'autocannon'].map((name) => [name, versionOf(name)]),
    ),
  };
}

function versionOf(name: string): string {
  const file = new URL(`../../node_modules/${name}/package.json`, import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
