// The server, with a place in it at which it kills itself. Only for tests: nothing of the product knows of it.
// Arguments: the place, then the server's flags. SIGUSR2 arms the places that are met again and again.
import { readConfig } from '../../server/app/config.ts';
import { type RunningServer, startServer } from '../../server/app/start.ts';
import type { Database, Session } from '../../server/storage/engine/database.ts';
import { openDatabase } from '../../server/storage/engine/open.ts';
import { migrations } from '../../server/storage/migrations/list.ts';
import type { Migration } from '../../server/storage/migrations/migration.ts';

export type CrashPoint = 'before commit' | 'after commit' | 'in a migration' | 'in a purge';

const [point = '', ...flags] = process.argv.slice(2);
/** The unit of work, counted from the arming, at which it happens: some are answered before. */
const UNIT = 5;
let armed = false;
let units = 0;

function crash(): never {
  process.kill(process.pid, 'SIGKILL');
  // The signal is on its way; not one more statement may run.
  for (;;);
}

const isNow = (wanted: CrashPoint): boolean => {
  if (!armed || point !== wanted) return false;
  units += 1;
  return units >= UNIT;
};

function crashing(url: string): Database {
  const database = openDatabase(url);
  return {
    ...database,
    async write<T>(unit: (session: Session) => Promise<T>): Promise<T> {
      const value = await database.write(async (session) => {
        const result = await unit(session);
        if (isNow('before commit')) crash();
        if (purging) crash();
        return result;
      });
      if (isNow('after commit')) crash();
      return value;
    },
  };
}

if (point === 'in a migration')
  (migrations as Migration[]).push({
    name: '9999_crash',
    steps: () => [(db) => db.schema.createTable('half_made').addColumn('a', 'integer'), () => crash()],
  });

let purging = false;
let server: RunningServer | undefined;
process.on('SIGUSR2', () => {
  armed = true;
  if (point !== 'in a purge') return;
  purging = true;
  void server?.services.grants.purge();
});
server = await startServer(readConfig(flags, {}), { logger: false, openDatabase: crashing });
process.stderr.write(`${server.url}\n`);
