import { existsSync } from 'node:fs';
import { systemClock } from '../../kernel/clock.ts';
import { isGatehouseError } from '../../kernel/errors.ts';
import type { Database } from '../../storage/engine/database.ts';
import { openDatabase, sqliteFile } from '../../storage/engine/open.ts';
import { UnusableDatabaseError } from '../../storage/engine/unusable_database.ts';
import {
  checkSqlite,
  examinePostgres,
  newestTime,
  OLDEST_POSTGRES,
  pendingMigrations,
} from '../../storage/maintenance/examine.ts';
import type { Config } from '../config.ts';
import { startProblem } from '../start_problem.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

const RESTORE = 'See docs/operations.md, "A database that is damaged".';
const SLOW_MILLISECONDS = 5;
const BEHIND_SECONDS = 60;

/** Whether the database can be reached and is whole, up to date, and not ahead of the clock. */
export async function checkDatabase(config: Config): Promise<Finding[]> {
  const name = 'database';
  const file = sqliteFile(config.databaseUrl);
  if (file !== undefined && !existsSync(file) && !existsSync(`${file}-wal`))
    return [
      warn(name, `${file} does not exist yet`, 'The first start makes it. Is --data-dir the server’s?'),
    ];
  let database: Database | undefined;
  try {
    database = openDatabase(config.databaseUrl);
    const integrity = file === undefined ? await checkPostgres(database) : checkFile(file);
    return [...integrity, ...(await checkTables(config, database))];
  } catch (error) {
    if (error instanceof UnusableDatabaseError) {
      const [words = '', ...more] = error.message.split('\n');
      return [fail(name, words, more.join(' ') || 'Use the version that the database belongs to.')];
    }
    const cause = isGatehouseError(error) ? (error.cause ?? error) : error;
    return [fail(name, startProblem(cause), 'Mend DATABASE_URL, or start the database.')];
  } finally {
    await database?.close();
  }
}

function checkFile(file: string): Finding[] {
  const problems = checkSqlite(file);
  return problems.length === 0
    ? [ok('database', `${file} is whole: every page was read`)]
    : [fail('database', `${file} is damaged: ${problems.join('; ')}`, RESTORE)];
}

async function checkPostgres(database: Database): Promise<Finding[]> {
  const { version, latency } = await examinePostgres(database);
  const words = `round trip ${latency.toFixed(1)} ms`;
  return [
    version < OLDEST_POSTGRES
      ? fail('database', `PostgreSQL ${version}`, `Use PostgreSQL ${OLDEST_POSTGRES} or later.`)
      : ok('database', `PostgreSQL ${version}`),
    latency > SLOW_MILLISECONDS
      ? warn(
          'latency',
          words,
          'Bring the server nearer to the database: each request makes one to three of them.',
        )
      : ok('latency', words),
  ];
}

async function checkTables(config: Config, database: Database): Promise<Finding[]> {
  const pending = await pendingMigrations(database);
  if (pending === undefined) return [ok('tables', 'none yet: the first start makes them')];
  const tables =
    pending.length === 0
      ? ok('tables', 'up to date')
      : warn(
          'tables',
          `${pending.length} changes are to come: ${pending.join(', ')}`,
          'The next start applies them. Make a backup before.',
        );
  return [tables, clockFinding(config, (await newestTime(database)) - systemClock().now())];
}

/** @param ahead how far the newest row is ahead of the clock, in microseconds */
function clockFinding(config: Config, ahead: number): Finding {
  const seconds = Math.round(ahead / 1e6);
  if (seconds <= BEHIND_SECONDS) return ok('clock', 'not behind the newest row');
  const words = `the newest row is ${seconds} seconds ahead of the clock`;
  return config.development
    ? warn('clock', words, 'In development mode the clock can be moved; a restart has set it back.')
    : fail(
        'clock',
        words,
        'Set the clock (NTP): tokens would live too long, and new rows sort before old ones.',
      );
}
