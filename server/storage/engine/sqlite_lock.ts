import { closeSync, existsSync, openSync, readSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isBusy, isDamaged } from './storage_errors.ts';
import { UnusableDatabaseError } from './unusable_database.ts';

export interface DatabaseLock {
  release(): void;
}

/** The locks of this process: whoever opens and closes a locked file by other means gives its lock up (POSIX). */
const held = new Set<string>();

/**
 * Keeps a database file for one server. Two would each believe their own caches, and answer with what the
 * other has revoked.
 *
 * The lock is an exclusive one of SQLite on a file beside it (`<file>.lock`): it ends with its process, however
 * that ends, so that none can be left behind. Backups and `sqlite3` on the database itself are not kept out.
 * @throws UnusableDatabaseError `in_use`, which names the process that has it
 */
export function lockSqlite(file: string): DatabaseLock {
  const path = `${resolve(file)}.lock`;
  const connection = acquire(path, file);
  held.add(path);
  return {
    release() {
      held.delete(path);
      connection.close();
    },
  };
}

/** Whether a server has the database at the moment. */
export function isSqliteLocked(file: string): boolean {
  if (!existsSync(`${resolve(file)}.lock`)) return false;
  try {
    lockSqlite(file).release();
    return false;
  } catch (error) {
    if (error instanceof UnusableDatabaseError) return true;
    throw error;
  }
}

function acquire(path: string, file: string, again = true): DatabaseSync {
  const connection = new DatabaseSync(path, { timeout: 0 });
  try {
    // Nothing in it must last longer than its process.
    connection.exec(
      'PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF',
    );
    connection.exec(`BEGIN EXCLUSIVE; PRAGMA user_version = ${process.pid}; COMMIT`);
    return connection;
  } catch (error) {
    connection.close();
    // Torn by a crash of the machine. Whoever holds it would have been met before its bytes are read.
    if (isDamaged(error) && again) {
      rmSync(path);
      return acquire(path, file, false);
    }
    if (!isBusy(error)) throw error;
    throw new UnusableDatabaseError(
      'in_use',
      `${file} is in use by ${holder(path)}. Only one server may work on a SQLite database: stop that one, or give this one a data folder of its own (--data-dir).`,
      { cause: error },
    );
  }
}

function holder(path: string): string {
  if (held.has(path)) return 'this very process';
  // Byte 60 of a SQLite file holds its user_version: https://sqlite.org/fileformat2.html#user_version_number
  const bytes = Buffer.alloc(4);
  const descriptor = openSync(path, 'r');
  const count = readSync(descriptor, bytes, 0, 4, 60);
  closeSync(descriptor);
  const pid = count === 4 ? bytes.readUInt32BE() : 0;
  return pid === 0 ? 'another process' : `another process (${pid})`;
}
