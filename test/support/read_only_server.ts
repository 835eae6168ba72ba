// The server, with a database that can be made read-only while it runs. Only for tests.
// Arguments: the server's flags. SIGUSR2 makes the database read-only, and writable again.
import { DatabaseSync } from 'node:sqlite';
import { readConfig } from '../../server/app/config.ts';
import { startServer } from '../../server/app/start.ts';

/**
 * A folder that is mounted anew leaves open files as they are, so that SQLite itself is told to refuse
 * (SQLITE_READONLY), on each connection that was not opened to read only.
 */
const writers = new Set<DatabaseSync>();
const { exec } = DatabaseSync.prototype;
DatabaseSync.prototype.exec = function (this: DatabaseSync, sql: string): void {
  if (sql.includes('query_only')) writers.delete(this);
  else writers.add(this);
  exec.call(this, sql);
};

let readOnly = false;
process.on('SIGUSR2', () => {
  readOnly = !readOnly;
  for (const writer of writers)
    if (writer.isOpen) exec.call(writer, `PRAGMA query_only = ${readOnly ? 'ON' : 'OFF'}`);
  process.stderr.write(readOnly ? 'now read-only\n' : 'now writable\n');
});

const server = await startServer(readConfig(process.argv.slice(2), {}), { logger: false });
process.stderr.write(`${server.url}\n`);
