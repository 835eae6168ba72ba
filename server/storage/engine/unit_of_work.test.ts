import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { eachEngine, engines, type TestDatabase } from '../../../test/support/databases.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import type { Database, Session } from './database.ts';
import { openDatabase } from './open.ts';
import { DuplicateKeyError } from './storage_errors.ts';

/** Counters by name: a table that is simple enough to show what the engine does. */
function insert(session: Session, name: string, count = 1): Promise<number> {
  const row = { name, count, window_ends_at: 0 };
  return session.execute((db) => db.insertInto('throttles').values(row));
}

async function names(session: Session, prefix: string): Promise<string[]> {
  const rows = await session.query((db) =>
    db.selectFrom('throttles').select('name').where('name', 'like', `${prefix}%`).orderBy('name'),
  );
  return rows.map((row) => row.name);
}

eachEngine((engine) => {
  describe('a unit of work', () => {
    let opened: TestDatabase;
    let database: Database;
    before(async () => {
      opened = await engine.open();
      database = opened.database;
    });
    after(() => opened.close());

    it('gives the value of the unit, and sees its own changes', async () => {
      const seen = await database.write(async (session) => {
        await insert(session, 'own/1');
        return names(session, 'own/');
      });
      assert.deepEqual(seen, ['own/1']);
    });

    it('shows nothing to others before it ends', async () => {
      await database.write(async (session) => {
        await insert(session, 'early/1');
        // A unit waits for nothing but its session, as a rule; this look from outside takes no lock.
        assert.deepEqual(await names(database.read, 'early/'), []);
      });
      assert.deepEqual(await names(database.read, 'early/'), ['early/1']);
    });

    it('leaves nothing behind when it throws, and passes the error on as it is', async () => {
      const refusal = new GatehouseError('conflict', 'no');
      const failing = database.write(async (session) => {
        await insert(session, 'undone/1');
        await insert(session, 'undone/2');
        throw refusal;
      });
      await assert.rejects(failing, (error) => error === refusal);
      assert.deepEqual(await names(database.read, 'undone/'), []);
    });

    it('is not touched by another that fails in the same commit', async () => {
      const units = Array.from({ length: 12 }, (_, index) =>
        database.write(async (session) => {
          await insert(session, `shared/${String(index).padStart(2, '0')}`);
          if (index % 4 === 1) throw new Error(`unit ${index}`);
          if (index % 4 === 2) await insert(session, 'shared/00');
          return index;
        }),
      );
      const outcomes = await Promise.allSettled(units);
      const kept = await names(database.read, 'shared/');
      assert.deepEqual(kept, ['shared/00', 'shared/03', 'shared/04', 'shared/07', 'shared/08', 'shared/11']);
      outcomes.forEach((outcome, index) => {
        if (index % 4 === 0 || index % 4 === 3)
          assert.deepEqual(outcome, { status: 'fulfilled', value: index });
        else if (index % 4 === 1)
          assert.equal(outcome.status === 'rejected' && outcome.reason.message, `unit ${index}`);
        else assert.ok(outcome.status === 'rejected' && outcome.reason instanceof DuplicateKeyError);
      });
    });

    it('is on disk when it is answered: another connection sees it at once', async () => {
      const other = openDatabase(opened.url);
      try {
        await Promise.all(
          Array.from({ length: 20 }, async (_, index) => {
            const name = `durable/${String(index).padStart(2, '0')}`;
            await database.write((session) => insert(session, name));
            assert.ok((await names(other.read, 'durable/')).includes(name), `${name} is there`);
          }),
        );
      } finally {
        await other.close();
      }
    });

    it('meets a key that exists with an error of its own, which names no constraint', async () => {
      await database.write((session) => insert(session, 'twice/1'));
      await assert.rejects(
        database.write((session) => insert(session, 'twice/1')),
        (error) => {
          assert.ok(error instanceof DuplicateKeyError);
          assert.doesNotMatch(error.message, /throttles|constraint|unique/i);
          return true;
        },
      );
      assert.deepEqual(await names(database.read, 'twice/'), ['twice/1']);
    });

    it('is tried again with a new key when another server has made the same one', async () => {
      // SQLite has one server, and so one maker of keys.
      if (engine.name === 'sqlite') return;
      await database.write((session) => insert(session, 'met/1'));
      const made = ['met/1', 'met/2'];
      await database.write((session) => insert(session, made.shift() ?? ''));
      assert.deepEqual(await names(database.read, 'met/'), ['met/1', 'met/2']);
    });

    it('counts the rows that a change met', async () => {
      await database.write((session) => insert(session, 'rows/1'));
      const change = (name: string) =>
        database.write((session) =>
          session.execute((db) => db.updateTable('throttles').set({ count: 2 }).where('name', '=', name)),
        );
      assert.equal(await change('rows/1'), 1);
      assert.equal(await change('rows/2'), 0);
    });

    it('lets one of many win a conditional change', async () => {
      await database.write((session) => insert(session, 'race/1', 0));
      const wins = await Promise.all(
        Array.from({ length: 50 }, () =>
          database.write((session) =>
            session.execute((db) =>
              db
                .updateTable('throttles')
                .set({ count: 1 })
                .where('name', '=', 'race/1')
                .where('count', '=', 0),
            ),
          ),
        ),
      );
      assert.equal(wins.filter((changed) => changed === 1).length, 1);
    });

    it('is counted', async () => {
      const before = database.statistics();
      await Promise.all([1, 2, 3].map((n) => database.write((session) => insert(session, `counted/${n}`))));
      const { units, queued, engine: name } = database.statistics();
      assert.equal(units - before.units, 3);
      assert.equal(queued, 0);
      assert.equal(name, engine.name);
    });
  });
});

describe('group commit on SQLite', () => {
  it('lets units of one turn of the event loop share a commit, and answers in their order', async () => {
    const opened = await engines.sqlite.open();
    try {
      const before = opened.database.statistics();
      const answered: number[] = [];
      await Promise.all(
        Array.from({ length: 30 }, async (_, index) => {
          await opened.database.write((session) => insert(session, `group/${index}`));
          answered.push(index);
        }),
      );
      const { commits, units } = opened.database.statistics();
      assert.equal(units - before.units, 30);
      assert.equal(commits - before.commits, 1);
      assert.deepEqual(
        answered,
        Array.from({ length: 30 }, (_, index) => index),
      );
    } finally {
      await opened.close();
    }
  });

  it('refuses a unit at once rather than late when thousands wait', async () => {
    const opened = await engines.sqlite.open();
    let refused = 0;
    const waiting = Array.from({ length: 4_200 }, () =>
      opened.database
        .write(async () => undefined)
        .catch((error: unknown) => {
          assert.ok(error instanceof GatehouseError && error.code === 'service_unavailable');
          refused += 1;
        }),
    );
    await Promise.all(waiting);
    assert.equal(refused, 4_200 - 4_096);
    await opened.close();
  });

  it('finishes what waits when it is closed, and takes nothing more', async () => {
    const empty = await engines.sqlite.create();
    const database = openDatabase(empty.url);
    await database.migrate();
    const waiting = database.write((session) => insert(session, 'last/1'));
    const closing = database.close();
    await assert.rejects(
      database.write(async () => undefined),
      { code: 'service_unavailable' },
    );
    await Promise.all([waiting, closing]);
    const again = openDatabase(empty.url);
    assert.deepEqual(await names(again.read, 'last/'), ['last/1']);
    await again.close();
    await empty.remove();
  });
});

describe('a database that cannot be reached', () => {
  it('is unavailable, which says that nothing was changed', async () => {
    const database = openDatabase('postgres://nobody@127.0.0.1:1/none');
    await assert.rejects(names(database.read, 'x'), { code: 'service_unavailable' });
    await assert.rejects(
      database.write(async () => undefined),
      { code: 'service_unavailable', message: /Nothing was changed/ },
    );
    await database.close();
  });
});
