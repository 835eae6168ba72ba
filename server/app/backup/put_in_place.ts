import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { settleSqlite } from '../../storage/maintenance/sqlite_copy.ts';
import { linkOrCopy, syncFolderOf } from './folders.ts';

/**
 * Puts a restored database, and its key, where the server looks for them. What was there is kept in a folder of
 * its own. The old database is there until the one moment in which the new one takes its name, so that a run
 * that is cut off leaves one or the other.
 * @returns the folder of what was there; undefined when there was nothing
 */
export function putInPlace(parts: {
  restored: string;
  databaseFile: string;
  keyFile: string;
  /** Undefined leaves the key that is there. */
  keyText: string | undefined;
  aside: string;
}): string | undefined {
  const { databaseFile, keyFile, keyText, aside } = parts;
  const hadSomething = [databaseFile, `${databaseFile}-wal`, keyFile].some((file) => existsSync(file));
  if (hadSomething) {
    mkdirSync(aside, { recursive: true, mode: 0o700 });
    settleSqlite(databaseFile);
    for (const file of [databaseFile, ...(keyText === undefined ? [] : [keyFile])])
      if (existsSync(file)) linkOrCopy(file, join(aside, basename(file)));
    // Only a database that cannot be opened still has them; to the new one they would be poison.
    for (const file of [`${databaseFile}-wal`, `${databaseFile}-shm`])
      if (existsSync(file)) renameSync(file, join(aside, basename(file)));
  }
  if (keyText !== undefined) {
    writeFileSync(`${keyFile}.new`, `${keyText}\n`, { mode: 0o600, flush: true });
    renameSync(`${keyFile}.new`, keyFile);
    syncFolderOf(keyFile);
  }
  renameSync(parts.restored, databaseFile);
  syncFolderOf(databaseFile);
  return hadSomething ? aside : undefined;
}
