import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, ConfigError } from './config.ts';

/** Makes the data folder, readable by its owner alone. */
export function prepareDataFolder(dataDir: string): void {
  if (existsSync(dataDir)) return;
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new ConfigError(
      `DATA_DIR is ${JSON.stringify(dataDir)}, and it cannot be created (${(error as NodeJS.ErrnoException).code}). It should be a folder that this user may write.`,
    );
  }
}

/** Where the key lies when it is not given by the configuration. */
export function secretKeyFile(dataDir: string): string {
  return join(dataDir, 'secret.key');
}

/**
 * The key that all others derive from. Made at the first start; whoever loses it has tokens and links that
 * nobody can check any more, so that it belongs into the backup beside the database.
 */
export function loadSecretKey(dataDir: string): Buffer {
  const file = secretKeyFile(dataDir);
  const key = readSecretKey(file);
  if (key === undefined) {
    // "wx": two servers that start at once do not each make one.
    writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx', flush: true });
    return loadSecretKey(dataDir);
  }
  chmodSync(file, 0o600);
  return key;
}

/** The key of the configuration or of its file; undefined when there is none yet. @throws ConfigError */
export function presentSecretKey(config: Pick<Config, 'secretKey' | 'dataDir'>): Buffer | undefined {
  return config.secretKey ?? readSecretKey(secretKeyFile(config.dataDir));
}

/** @throws ConfigError when the file holds something else */
function readSecretKey(file: string): Buffer | undefined {
  if (!existsSync(file)) return undefined;
  const text = readFileSync(file, 'utf8').trim();
  if (!/^[0-9a-f]{64}$/.test(text))
    throw new ConfigError(
      `${file} does not hold a key of 64 hexadecimal digits. Restore it from your backup.`,
    );
  return Buffer.from(text, 'hex');
}
