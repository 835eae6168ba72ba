import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from './config.ts';

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

/**
 * The key that all others derive from. Made at the first start; whoever loses it has tokens and links that
 * nobody can check any more, so that it belongs into the backup beside the database.
 */
export function loadSecretKey(dataDir: string): Buffer {
  const file = join(dataDir, 'secret.key');
  if (!existsSync(file)) {
    // "wx": two servers that start at once do not each make one.
    writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx', flush: true });
    return loadSecretKey(dataDir);
  }
  const text = readFileSync(file, 'utf8').trim();
  if (!/^[0-9a-f]{64}$/.test(text))
    throw new ConfigError(
      `${file} does not hold a key of 64 hexadecimal digits. Restore it from your backup.`,
    );
  chmodSync(file, 0o600);
  return Buffer.from(text, 'hex');
}
