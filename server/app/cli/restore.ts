import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { lockDatabase, sqliteFile } from '../../storage/engine/open.ts';
import { filesFolder } from '../../storage/files/open_files.ts';
import { inspectSqlite } from '../../storage/maintenance/sqlite_copy.ts';
import { refuseNewer } from '../../storage/migrations/run.ts';
import { keyFingerprint } from '../backup/manifest.ts';
import { putInPlace } from '../backup/put_in_place.ts';
import { type Unpacked, unpackBackup } from '../backup/unpack.ts';
import { putUploads } from '../backup/uploads.ts';
import { prepareDataFolder, presentSecretKey, secretKeyFile } from '../secret_key.ts';
import { type Call, type Command, CommandError, EXIT, onlyOperand } from './command.ts';
import { endSessionsOn, sessionWords } from './end_sessions.ts';
import { postgresRestoreWords } from './postgres_words.ts';

export const restore: Command = {
  name: 'restore',
  summary: 'Brings a backup back into the data folder.',
  operands: '<backup>',
  details: [
    'The server must be stopped. The backup is checked first: checksum, structure, row counts, and that its tables',
    'are not newer than this version. Sessions, codes, tokens and mailed links in it are void, since nobody knows',
    'which of them were used or revoked after it was made; passwords, client secrets and personal access tokens',
    'stay good.',
  ],
  options: {
    force: {
      description: 'Replaces what is in the data folder. It is kept, in before-restore-<time>.',
    },
    'keep-sessions': {
      description: 'Leaves sessions, codes and tokens as they were. What was revoked since works again!',
    },
  },
  async run(call) {
    const { config } = call;
    const file = resolve(onlyOperand(call, 'the backup to restore'));
    const databaseFile = sqliteFile(config.databaseUrl);
    if (databaseFile === undefined) throw new CommandError(postgresRestoreWords(config.databaseUrl));
    if (!existsSync(file)) throw new CommandError(`${file} does not exist.`);
    prepareDataFolder(config.dataDir);
    const lock = lockDatabase(config.databaseUrl);
    const staging = join(config.dataDir, 'restoring');
    try {
      if (existsSync(databaseFile) && !call.has('force'))
        throw new CommandError(
          `${databaseFile} exists. Add --force to replace it; it is kept beside, in before-restore-<time>. Or name an empty folder with --data-dir.`,
        );
      rmSync(staging, { recursive: true, force: true });
      mkdirSync(staging, { mode: 0o700 });
      const unpacked = check(file, staging);
      const voided = await prepare(unpacked.databaseFile, call.has('keep-sessions'));
      const asideFolder = join(
        config.dataDir,
        `before-restore-${new Date().toISOString().replaceAll(':', '-')}`,
      );
      const folder = filesFolder(config.filesUrl);
      const hadFiles = folder !== undefined && putUploads(unpacked.uploadsFolder, folder, asideFolder);
      const aside = putInPlace({
        restored: unpacked.databaseFile,
        databaseFile,
        keyFile: secretKeyFile(config.dataDir),
        keyText: unpacked.keyText,
        aside: asideFolder,
      });
      report(call, unpacked, voided, aside ?? (hadFiles ? asideFolder : undefined));
    } finally {
      rmSync(staging, { recursive: true, force: true });
      lock.release();
    }
    return EXIT.done;
  },
};

/** @throws CommandError, UnusableDatabaseError `newer` */
function check(file: string, staging: string): Unpacked {
  try {
    const unpacked = unpackBackup(file, staging);
    const { migrations, tables } = inspectSqlite(unpacked.databaseFile);
    refuseNewer(migrations);
    for (const [table, rows] of Object.entries(unpacked.manifest.tables))
      if (tables[table] !== rows)
        throw new Error(
          `the table ${table} has ${tables[table] ?? 'no'} rows, and the manifest says ${rows}`,
        );
    return unpacked;
  } catch (error) {
    const { code, name, message } = error as NodeJS.ErrnoException;
    if (name === 'UnusableDatabaseError' || code === 'ENOSPC') throw error;
    throw new CommandError(`${file} is not a whole backup: ${message}. Nothing was changed.`);
  }
}

/** Brings the tables up to date, and voids what was issued. */
async function prepare(databaseFile: string, keepSessions: boolean): Promise<number | undefined> {
  return endSessionsOn(`sqlite:${databaseFile}`, 'server.restored', !keepSessions);
}

function report(
  call: Call,
  { manifest, keyText, uploads }: Unpacked,
  voided: number | undefined,
  aside?: string,
): void {
  call.note(
    `Restored the server as of ${manifest.made_at} (made by version ${manifest.gatehouse_version}), with ${uploads} uploaded files.`,
  );
  if (uploads > 0 && filesFolder(call.config.filesUrl) === undefined)
    call.note(
      'WARNING: FILES_URL names a bucket, and the uploaded files of this backup were not put into it.',
    );
  call.note(
    voided === undefined
      ? 'Sessions, codes and tokens were kept: what was used or revoked since the backup may work again.'
      : sessionWords(voided),
  );
  if (aside !== undefined) call.note(`What was there before is in ${aside}.`);
  const key = presentSecretKey(call.config);
  if (key && keyFingerprint(key) === manifest.secret_key_fingerprint) return;
  const where =
    keyText === undefined ? 'It was left out of this backup' : 'SECRET_KEY hides the one of this backup';
  call.note(
    `WARNING: the secret key ${key ? 'in use is another one' : 'is missing'}. ${where}. Put the right one into ${secretKeyFile(call.config.dataDir)} before you start; with another, no client secret, token or link works.`,
  );
}
