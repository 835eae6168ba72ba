import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { type DatabaseProxy, openDatabaseProxy } from '../../../test/support/database_proxy.ts';
import { type EmptyDatabase, engines } from '../../../test/support/databases.ts';
import type { Database, Session } from './database.ts';
import { openDatabase } from './open.ts';

const count = (session: Session, name: string) =>
  session.execute((db) => db.insertInto('throttles').values({ name, count: 0, window_ends_at: 0 }));
const increase = (session: Session, name: string) =>
  session.execute((db) =>
    db
      .updateTable('throttles')
      .set((eb) => ({ count: eb('count', '+', 1) }))
      .where('name', '=', name),
  );
const command = (session: Session, text: string) =>
  session.execute((db) => ({ compile: () => sql.raw(text).compile(db) }));
const counts = async (database: Database, prefix: string) => {
  const rows = await database.read.query((db) =>
    db.selectFrom('throttles').select(['name', 'count']).where('name', 'like', `${prefix}%`).orderBy('name'),
  );
  return Object.fromEntries(rows.map((row) => [row.name.slice(prefix.length), row.count]));
};

describe('a unit of work on PostgreSQL', () => {
  let empty: EmptyDatabase;
  let proxy: DatabaseProxy;
  let database: Database;
  before(async () => {
    empty = await engines.postgres.create();
    proxy = await openDatabaseProxy(empty.url);
    database = openDatabase(proxy.url);
    await database.migrate();
  });
  after(async () => {
    await database.close();
    await proxy.close();
    await empty.remove();
  });

  it('is tried again when two lock each other out (40P01)', async () => {
    await database.write(async (session) => {
      await count(session, 'deadlock/a');
      await count(session, 'deadlock/b');
    });
    let tries = 0;
    let arrived: () => void = () => {};
    const both = new Promise<void>((resolve) => {
      let missing = 2;
      arrived = () => {
        missing -= 1;
        if (missing === 0) resolve();
      };
    });
    const unit = (first: string, second: string) =>
      database.write(async (session) => {
        tries += 1;
        await command(session, "set local deadlock_timeout = '20ms'");
        await increase(session, `deadlock/${first}`);
        arrived();
        await both;
        await increase(session, `deadlock/${second}`);
      });
    await Promise.all([unit('a', 'b'), unit('b', 'a')]);
    assert.deepEqual(await counts(database, 'deadlock/'), { a: 2, b: 2 });
    assert.equal(tries, 3);
  });

  it('is tried again when what it read has changed (40001)', async () => {
    await database.write((session) => count(session, 'serial/a'));
    let tries = 0;
    await database.write(async (session) => {
      tries += 1;
      await command(session, 'set transaction isolation level repeatable read');
      await counts({ ...database, read: session }, 'serial/');
      if (tries === 1) await database.write((other) => increase(other, 'serial/a'));
      await increase(session, 'serial/a');
    });
    assert.deepEqual(await counts(database, 'serial/'), { a: 2 });
    assert.equal(tries, 2);
  });

  it('is not acknowledged when it went on after a failed statement', async () => {
    await assert.rejects(
      database.write(async (session) => {
        await count(session, 'swallowed/a');
        await count(session, 'swallowed/a').catch(() => {});
      }),
      /went on after a failed statement/,
    );
    assert.deepEqual(await counts(database, 'swallowed/'), {});
  });

  it('leaves nothing when the connection breaks in it, and the next finds another', async () => {
    proxy.breakAt('broken/b');
    await assert.rejects(
      database.write(async (session) => {
        await count(session, 'broken/a');
        await count(session, 'broken/b');
      }),
      { code: 'service_unavailable', message: /Nothing was changed/, retryAfterSeconds: 1 },
    );
    await database.write((session) => count(session, 'broken/c'));
    assert.deepEqual(await counts(database, 'broken/'), { c: 0 });
  });

  it('does not claim to know when the connection breaks at the commit', async () => {
    proxy.breakAt('COMMIT');
    await assert.rejects(
      database.write((session) => count(session, 'unknown/a')),
      { code: 'service_unavailable', message: /not known whether/ },
    );
  });

  it('survives a connection that breaks while the unit computes', async () => {
    await assert.rejects(
      database.write(async (session) => {
        await count(session, 'idle/a');
        await proxy.goAway();
        await proxy.comeBack();
        await count(session, 'idle/b');
      }),
      { code: 'service_unavailable' },
    );
    await database.write((session) => count(session, 'idle/c'));
    assert.deepEqual(await counts(database, 'idle/'), { c: 0 });
  });
});
