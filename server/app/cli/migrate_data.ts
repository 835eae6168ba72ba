import { existsSync } from 'node:fs';
import { auditLog } from '../../domain/identity/audit.ts';
import { systemClock } from '../../kernel/clock.ts';
import { identifiers } from '../../kernel/identifiers.ts';
import { systemRandom } from '../../kernel/random.ts';
import type { Database } from '../../storage/engine/database.ts';
import { lockDatabase, openDatabase, sqliteFile } from '../../storage/engine/open.ts';
import { examinePostgres, OLDEST_POSTGRES } from '../../storage/maintenance/examine.ts';
import { MoveError, moveData } from '../../storage/maintenance/move_data.ts';
import { createStorage } from '../../storage/storage.ts';
import { secretKeyFile } from '../secret_key.ts';
import { type Call, type Command, CommandError, EXIT } from './command.ts';
import { COMMAND_LINE } from './end_sessions.ts';

export const migrateData: Command = {
  name: 'migrate-data',
  summary: 'Moves everything from SQLite into an empty PostgreSQL database.',
  details: [
    'The server must be stopped. Each table is copied in batches, read back, and compared by rows and digest, all',
    'in one transaction: a run that breaks off leaves nothing behind, and can be made again. The SQLite database',
    'stays as it is. The password may be left out of the address and given as PGPASSWORD.',
  ],
  options: {
    to: { value: '<address>', description: 'postgres://user:password@host:5432/name, empty.' },
  },
  async run(call) {
    const { config } = call;
    const to = call.value('to');
    if (to === undefined || !/^postgres(ql)?:\/\/.+/.test(to))
      throw new CommandError('Name the target: --to postgres://user:password@host:5432/name', EXIT.misused);
    const file = sqliteFile(config.databaseUrl);
    if (file === undefined)
      throw new CommandError('DATABASE_URL is PostgreSQL already; the source is a SQLite database.');
    if (!existsSync(file))
      throw new CommandError(`There is no database ${file}. Is --data-dir the server's?`);
    const lock = lockDatabase(config.databaseUrl);
    const source = openDatabase(config.databaseUrl);
    const target = openDatabase(to);
    try {
      await move(call, source, target);
    } catch (error) {
      throw error instanceof MoveError ? new CommandError(`${error.message}\nNothing was moved.`) : error;
    } finally {
      await target.close();
      await source.close();
      lock.release();
    }
    call.note('');
    call.note(
      'Moved, and compared. Start the server with DATABASE_URL set to the target, and with the same secret key:',
    );
    call.note(
      `keep ${secretKeyFile(config.dataDir)} where DATA_DIR is, or set SECRET_KEY on each server. ${file} is as it was; remove it when you are content.`,
    );
    return EXIT.done;
  },
};

async function move(call: Call, source: Database, target: Database): Promise<void> {
  const { version } = await examinePostgres(target);
  if (version < OLDEST_POSTGRES)
    throw new CommandError(`The target is PostgreSQL ${version}; it should be ${OLDEST_POSTGRES} or later.`);
  await source.migrate();
  await target.migrate();
  await moveData(source, target, ({ name, rows, digest }) => {
    call.print(`${name.padEnd(28)}${String(rows).padStart(10)}  ${digest.slice(0, 16)}`);
  });
  const clock = systemClock();
  const audit = auditLog(clock, identifiers(clock, systemRandom()));
  await createStorage(target).write((stores) => audit(stores, COMMAND_LINE, 'server.moved', {}));
}
