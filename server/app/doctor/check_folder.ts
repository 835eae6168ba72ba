import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs';
import { sqliteFile } from '../../storage/engine/open.ts';
import { filesFolder } from '../../storage/files/open_files.ts';
import { type Config, ConfigError } from '../config.ts';
import { presentSecretKey, secretKeyFile } from '../secret_key.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

const FULL_BYTES = 100e6;
const NARROW_BYTES = 1e9;

/** The data folder: there, writable, and nobody else's to read. */
export function checkFolder({ dataDir }: Config): Finding {
  const name = 'data folder';
  if (!existsSync(dataDir))
    return warn(
      name,
      `${dataDir} does not exist yet`,
      'The first start makes it. Is DATA_DIR the right one?',
    );
  try {
    accessSync(dataDir, constants.W_OK | constants.X_OK);
  } catch {
    return fail(
      name,
      `${dataDir} may not be written by this user`,
      `Run as its owner, or: chown -R <user> ${dataDir}`,
    );
  }
  const { mode } = statSync(dataDir);
  if (process.platform !== 'win32' && mode & 0o077)
    return warn(
      name,
      `${dataDir} can be entered by other users (mode ${(mode & 0o777).toString(8)})`,
      `chmod 700 ${dataDir}`,
    );
  return ok(name, dataDir);
}

/** Uploaded files: a folder that can be written; a bucket is not asked. */
export function checkFiles({ filesUrl }: Config): Finding {
  const name = 'files';
  const folder = filesFolder(filesUrl);
  if (folder === undefined) return ok(name, 'in a bucket, which was not asked');
  if (!existsSync(folder)) return ok(name, `the first upload makes ${folder}`);
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch {
    return fail(name, `${folder} may not be written by this user`, `chown -R <user> ${folder}`);
  }
  const { mode } = statSync(folder);
  if (process.platform !== 'win32' && mode & 0o077)
    return warn(
      name,
      `${folder} can be entered by other users (mode ${(mode & 0o777).toString(8)})`,
      `chmod 700 ${folder}`,
    );
  return ok(name, folder);
}

/** The secret key: there, whole, and nobody else's to read. */
export function checkSecretKey(config: Config): Finding {
  const name = 'secret key';
  const file = secretKeyFile(config.dataDir);
  if (config.secretKey) return ok(name, 'given by SECRET_KEY');
  try {
    if (!presentSecretKey(config)) {
      const database = sqliteFile(config.databaseUrl);
      return database === undefined || existsSync(database)
        ? fail(
            name,
            `${file} is missing`,
            'Bring it back from a backup: the next start makes a new one, and then no token and no client secret works.',
          )
        : ok(name, 'the first start makes one');
    }
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return fail(name, error.message, 'Bring it back from a backup.');
  }
  const { mode } = statSync(file);
  if (process.platform !== 'win32' && mode & 0o077)
    return fail(
      name,
      `${file} can be read by other users (mode ${(mode & 0o777).toString(8)}): whoever has it can make tokens`,
      `chmod 600 ${file}`,
    );
  return ok(name, file);
}

/** Room on the disk: for the write-ahead log, and for the copies of backups and new versions. */
export function checkDisk(config: Config): Finding {
  const name = 'disk space';
  if (!existsSync(config.dataDir)) return ok(name, 'not looked at: there is no data folder yet');
  const { bavail, bsize } = statfsSync(config.dataDir);
  const free = bavail * bsize;
  const database = sqliteFile(config.databaseUrl);
  const size = database !== undefined && existsSync(database) ? statSync(database).size : 0;
  const words = `${gigabytes(free)} free, the database has ${gigabytes(size)}`;
  if (free < FULL_BYTES) return fail(name, words, 'Make room: writes are refused when the disk is full.');
  if (free < NARROW_BYTES || free < 2 * size)
    return warn(name, words, 'Make room: a backup and a new version each need a copy of the database.');
  return ok(name, words);
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(bytes < 1e9 ? 3 : 1)} GB`;
}
