import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { scratchFolder } from '../../../test/support/scratch_folder.ts';
import type { Database, Session } from './database.ts';
import { openSqlite } from './sqlite.ts';

/** A disk that is as slow as the test wants. */
function heldDisk() {
  const rounds: ((error: Error | null) => void)[] = [];
  let called = Promise.withResolvers<void>();
  return {
    sync(_descriptor: number, done: (error: Error | null) => void) {
      rounds.push(done);
      called.resolve();
    },
    rounds: () => rounds.length,
    /** Resolves when a round has begun. */
    begun: () => called.promise,
    end(error: Error | null = null) {
      called = Promise.withResolvers<void>();
      rounds.at(-1)?.(error);
    },
  };
}

describe('A write to SQLite', () => {
  let folder: string;
  let database: Database;
  let disk: ReturnType<typeof heldDisk>;

  beforeEach(async () => {
    folder = scratchFolder('durability');
    disk = heldDisk();
    database = openSqlite(join(folder, 'gatehouse.db'), { sync: disk.sync });
    await database.migrate();
    // The first is made durable by SQLite itself.
    await database.write((session) => add(session, 'first'));
  });
  afterEach(async () => {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const add = (session: Session, name: string) =>
    session.execute((db) => db.insertInto('throttles').values({ name, count: 1, window_ends_at: 0 }));

  /** Whether a promise is settled, once everything that can go on has gone on. */
  async function isSettled(promise: Promise<unknown>): Promise<boolean> {
    const pending = Symbol();
    const turn = new Promise((resolve) => setImmediate(() => setImmediate(() => resolve(pending))));
    return (await Promise.race([promise.catch(() => {}), turn])) !== pending;
  }

  it('is confirmed only when it is on disk', async () => {
    const write = database.write((session) => add(session, 'second'));
    await disk.begun();
    assert.equal(await isSettled(write), false);
    disk.end();
    await write;
  });

  it('does not hold up the next, and both share a round when they come while the disk is busy', async () => {
    const second = database.write((session) => add(session, 'second'));
    await disk.begun();
    const third = database.write((session) => add(session, 'third'));
    const fourth = database.write((session) => add(session, 'fourth'));
    assert.equal(await isSettled(third), false);
    const before = disk.rounds();
    disk.end();
    await second;
    await disk.begun();
    assert.equal(await isSettled(third), false);
    disk.end();
    await Promise.all([third, fourth]);
    assert.equal(disk.rounds() - before, 1);
  });

  it('is refused, and so are all after it, once the disk has failed; reading goes on', async () => {
    const write = database.write((session) => add(session, 'second'));
    await disk.begun();
    disk.end(new Error('EIO'));
    await assert.rejects(write, { code: 'service_unavailable' });
    await assert.rejects(
      database.write((session) => add(session, 'third')),
      { code: 'service_unavailable' },
    );
    assert.equal(database.statistics().writesStopped, true);
    const rows = await database.read.query((db) => db.selectFrom('throttles').select('name'));
    assert.ok(rows.every(({ name }) => name !== 'third'));
  });
});
