import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { sql } from 'kysely';
import { scratchFolder } from '../../../test/support/scratch_folder.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import type { Database, Session } from './database.ts';
import { lockDatabase, openDatabase } from './open.ts';
import { openSqlite } from './sqlite.ts';
import { UnusableDatabaseError } from './unusable_database.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = scratchFolder('faults');
  file = join(folder, 'gatehouse.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const count = (session: Session, name: string) =>
  session.execute((db) => db.insertInto('throttles').values({ name, count: 1, window_ends_at: 0 }));
const names = async (session: Session) =>
  (await session.query((db) => db.selectFrom('throttles').select('name').orderBy('name'))).map(
    ({ name }) => name,
  );

/** Rows in the database, and closed again: everything is in the file itself. */
async function filled(rows = 50): Promise<void> {
  const database = openDatabase(`sqlite:${file}`);
  await database.migrate();
  for (let row = 0; row < rows; row++)
    await database.write((session) =>
      count(session, `row/${String(row).padStart(4, '0')}${'x'.repeat(400)}`),
    );
  await database.close();
}

describe('the lock of a SQLite database', () => {
  it('refuses a second server, and names the first', async () => {
    const first = lockDatabase(`sqlite:${file}`);
    const other = lockElsewhere();
    let words = '';
    other.stdout.setEncoding('utf8').on('data', (text: string) => {
      words += text;
    });
    await once(other, 'close');
    assert.match(words, new RegExp(`^refused in_use .* in use by another process \\(${process.pid}\\)`));
    first.release();
  });

  it('is free again when it was released', () => {
    lockDatabase(`sqlite:${file}`).release();
    lockDatabase(`sqlite:${file}`).release();
  });

  it('ends with its process, however that ends', async () => {
    const other = lockElsewhere();
    await once(other.stdout, 'data');
    assert.throws(
      () => lockDatabase(`sqlite:${file}`),
      (error) =>
        error instanceof UnusableDatabaseError &&
        error.message.includes(`another process (${other.pid})`) &&
        error.message.includes('--data-dir'),
    );
    other.kill('SIGKILL');
    await once(other, 'close');
    lockDatabase(`sqlite:${file}`).release();
  });

  it('does not mind the remains of one that a failing machine left', () => {
    writeFileSync(`${file}.lock`, 'no database at all, but bytes in any case'.repeat(20));
    lockDatabase(`sqlite:${file}`).release();
  });
});

/** Another process, which says whether it got the lock, and keeps it until it is killed. */
function lockElsewhere() {
  const env = { ...process.env, LOCK: new URL('./open.ts', import.meta.url).href, FILE: file };
  const flags = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', LOCK_IT];
  return spawn(process.execPath, flags, { env });
}

const LOCK_IT = `
const { lockDatabase } = await import(process.env.LOCK);
try {
  lockDatabase('sqlite:' + process.env.FILE);
  console.log('locked');
  setInterval(() => {}, 1000);
} catch (error) {
  console.log('refused', error.reason, error.message);
}`;

describe('a damaged SQLite database', () => {
  const damages: [string, () => void][] = [
    ['does not begin as one', () => overwrite(0, Buffer.from('not SQLite at all'))],
    ['is empty', () => truncateSync(file, 0)],
    ['was cut in the middle', () => truncateSync(file, Math.floor(statSync(file).size / 2))],
    ['has a page that was overwritten', () => overwrite(4096 * 3, Buffer.alloc(4096, 0xa5))],
    [
      'is gone while its write-ahead log is there',
      () => {
        copyFileSync(file, `${file}-wal`);
        rmSync(file);
      },
    ],
  ];
  for (const [what, damage] of damages)
    it(`that ${what} is refused, with the way to the backup, and left as it is`, async () => {
      await filled();
      damage();
      const before = existsSync(file) ? readFileSync(file) : undefined;
      assert.throws(
        () => openDatabase(`sqlite:${file}`),
        (error) =>
          error instanceof UnusableDatabaseError &&
          error.reason === 'damaged' &&
          /gatehouse restore/.test(error.message),
      );
      assert.deepEqual(existsSync(file) ? readFileSync(file) : undefined, before);
    });

  it('of a larger size is not read as a whole at the start, but its schema and tables are', async () => {
    await filled();
    const grow = new DatabaseSync(file);
    grow.exec('create table ballast (bytes blob)');
    grow.prepare('insert into ballast values (zeroblob(9000000))').run();
    const { rootpage } = grow
      .prepare("select rootpage from sqlite_schema where name = 'throttles'")
      .get() as {
      rootpage: number;
    };
    grow.close();
    overwrite(4096 * (rootpage - 1), Buffer.alloc(4096, 0xa5));
    assert.throws(() => openDatabase(`sqlite:${file}`), { reason: 'damaged' });
  });

  it('that a newer version has changed is refused', async () => {
    await filled();
    const newer = new DatabaseSync(file);
    newer.exec("insert into migrations values ('9999_from_the_future', 1)");
    newer.close();
    const database = openDatabase(`sqlite:${file}`);
    await assert.rejects(database.migrate(), { reason: 'newer', message: /9999_from_the_future/ });
    await database.close();
  });

  function overwrite(position: number, bytes: Buffer): void {
    writeSync(openSync(file, 'r+'), bytes, 0, bytes.length, position);
  }
});

describe('a write-ahead log that a crash has torn', () => {
  /** The files as a killed process leaves them: copied while everything is still open. */
  async function killed(): Promise<void> {
    const crashed = join(folder, 'crashed.db');
    await filled();
    const database = openDatabase(`sqlite:${file}`);
    for (const name of ['a', 'b', 'c']) await database.write((session) => count(session, name));
    for (const suffix of ['', '-wal']) copyFileSync(file + suffix, crashed + suffix);
    await database.close();
    file = crashed;
  }

  for (const [what, tear, kept] of [
    ['lacks its last bytes', (log: string) => truncateSync(log, statSync(log).size - 7), ['a', 'b']],
    ['has zeros for its last bytes', (log: string) => blank(log, 5000), ['a', 'b']],
    ['has more bytes at its end', (log: string) => append(log), ['a', 'b', 'c']],
    ['is whole', () => {}, ['a', 'b', 'c']],
  ] as const)
    it(`is survived when it ${what}`, async () => {
      await killed();
      tear(`${file}-wal`);
      const database = openDatabase(`sqlite:${file}`);
      await database.migrate();
      assert.deepEqual(
        (await names(database.read)).filter((name) => !name.startsWith('row/')),
        kept,
      );
      await database.write((session) => count(session, 'after'));
      assert.ok((await names(database.read)).includes('after'));
      await database.close();
    });

  function blank(log: string, bytes: number): void {
    const size = statSync(log).size;
    writeSync(openSync(log, 'r+'), Buffer.alloc(bytes), 0, bytes, size - bytes);
  }
  function append(log: string): void {
    writeFileSync(log, Buffer.alloc(3000, 0x5a), { flag: 'a' });
  }
});

describe('a SQLite database that another connection has locked', () => {
  let database: Database;
  let other: DatabaseSync;
  beforeEach(async () => {
    database = openSqlite(file, { lockPatienceMilliseconds: 60 });
    await database.migrate();
    other = new DatabaseSync(file);
  });
  afterEach(async () => {
    other.close();
    await database.close();
  });

  it('is read all the same; writes wait a while and are refused, and go on when it is free', async () => {
    await database.write((session) => count(session, 'before'));
    other.exec('BEGIN IMMEDIATE');
    const writes = Array.from({ length: 100 }, (_, index) =>
      database.write((session) => count(session, `locked/${index}`)),
    );
    const refusals = Promise.allSettled(writes);
    assert.deepEqual(await names(database.read), ['before']);
    for (const outcome of await refusals)
      assert.ok(
        outcome.status === 'rejected' &&
          outcome.reason instanceof GatehouseError &&
          outcome.reason.code === 'service_unavailable' &&
          outcome.reason.retryAfterSeconds === 1,
      );
    other.exec('COMMIT');
    await database.write((session) => count(session, 'later'));
    assert.deepEqual(await names(database.read), ['before', 'later']);
  });

  it('takes a write that waited when it is free in time', async () => {
    other.exec('BEGIN IMMEDIATE');
    const write = database.write((session) => count(session, 'patient'));
    setImmediate(() => other.exec('COMMIT'));
    await write;
    assert.deepEqual(await names(database.read), ['patient']);
  });
});

describe('a SQLite database that is full', () => {
  it('refuses what does not fit and keeps nothing of it, even when the unit goes on, and takes what fits later', async () => {
    const database = openSqlite(file);
    await database.migrate();
    const large = 'x'.repeat(3_000_000);
    const size = (pages: number) =>
      database.write((session) =>
        session.query((db) => ({
          compile: () => sql<object>`pragma max_page_count = ${sql.lit(pages)}`.compile(db),
        })),
      );
    await size(300);
    const unit = database.write(async (session) => {
      await count(session, 'half');
      await count(session, large).catch(() => {});
      await count(session, 'other half');
    });
    const outcome = await unit.then(
      () => 'kept' as const,
      (error: unknown) => error,
    );
    if (outcome !== 'kept')
      assert.ok(outcome instanceof GatehouseError && outcome.code === 'service_unavailable');
    await assert.rejects(
      database.write(async (session) => {
        await count(session, 'undone');
        await count(session, large);
      }),
      { code: 'service_unavailable', retryAfterSeconds: 1 },
    );
    const kept = await names(database.read);
    assert.deepEqual(kept, outcome === 'kept' ? ['half', 'other half'] : []);
    await size(100_000);
    await database.write((session) => count(session, large));
    assert.equal((await names(database.read)).length, kept.length + 1);
    await database.close();
  });
});
