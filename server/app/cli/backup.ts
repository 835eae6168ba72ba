import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { sqliteFile } from '../../storage/engine/open.ts';
import { filesFolder } from '../../storage/files/open_files.ts';
import { backupPath, makeBackup } from '../backup/make_backup.ts';
import { presentSecretKey } from '../secret_key.ts';
import { packageVersion } from '../start.ts';
import { type Command, CommandError, EXIT } from './command.ts';
import { postgresDumpWords } from './postgres_words.ts';

export const backup: Command = {
  name: 'backup',
  summary: 'Copies the database, uploaded files and the secret key into one file, while the server runs.',
  details: [
    'The backup is one moment of the database; nobody has to wait for it. It is checked when it is made. It holds',
    'people’s data and, unless told otherwise, the secret key: keep it where only you can read it.',
    'The name of the file is printed to standard output.',
  ],
  options: {
    to: {
      value: '<file>',
      description: 'The file to write, or a folder for it. Default: gatehouse-<time>.tar, here.',
    },
    'without-key': {
      description: 'Leaves the secret key out. Keep a copy of it elsewhere: nothing replaces it.',
    },
  },
  async run(call) {
    const { config } = call;
    const databaseFile = sqliteFile(config.databaseUrl);
    if (databaseFile === undefined) throw new CommandError(postgresDumpWords(config.databaseUrl));
    const to = resolve(backupPath(call.value('to'), new Date()));
    if (existsSync(to)) throw new CommandError(`${to} exists already. Name a file that does not.`);
    if (!existsSync(databaseFile))
      throw new CommandError(`There is no database ${databaseFile}. Is --data-dir the server's?`);
    const secretKey = presentSecretKey(config);
    if (!secretKey)
      throw new CommandError(
        `There is no secret key in ${config.dataDir}, without which a backup is half of one.`,
      );
    const withKey = !call.has('without-key');
    const manifest = makeBackup({
      ...{ databaseFile, secretKey, withKey, to },
      version: packageVersion(),
      filesFolder: filesFolder(config.filesUrl),
    });
    const rows = Object.values(manifest.tables).reduce((sum, count) => sum + count, 0);
    call.note(
      `Backed up ${rows} rows in ${Object.keys(manifest.tables).length} tables and ${manifest.uploads} uploaded files (${megabytes(statSync(to).size)}).`,
    );
    if (filesFolder(config.filesUrl) === undefined)
      call.note('Uploaded files are in a bucket, and NOT in it. Keep versions of the bucket.');
    call.note(
      withKey
        ? 'It holds the secret key: whoever has the file can make tokens. Keep it where only you can read it.'
        : 'The secret key is NOT in it. Keep a copy of it elsewhere: without it every token and client secret is dead.',
    );
    call.print(to);
    return EXIT.done;
  },
};

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
