import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { sql } from 'kysely';
import { engines, type TestDatabase } from '../../../test/support/databases.ts';
import type { Database } from '../engine/database.ts';
import { MoveError, moveData } from './move_data.ts';
import { tablesOf } from './tables.ts';

const run = (database: Database, text: string) =>
  database.write((session) => session.execute((db) => ({ compile: () => sql.raw(text).compile(db) })));

describe('moving data from SQLite to PostgreSQL', () => {
  let source: TestDatabase;
  let target: TestDatabase;
  before(async () => {
    source = await engines.sqlite.open();
    // More than two batches of a table with a key of two columns, and every kind of value.
    await source.database.write(async (session) => {
      for (let row = 0; row < 620; row++)
        await session.execute((db) =>
          db.insertInto('group_memberships').values({
            license_id: 1000 + (row % 3),
            group_id: row,
            account_id: row % 2 ? `ż/${row}` : `Z/${row}`,
            priority: 'normal',
          }),
        );
      const secret = { client_id: 'c', hint: 'a "quoted", {braced} \\ text', retired_at: null };
      for (const [key, bytes] of [
        Buffer.alloc(0),
        Buffer.from([0, 255, 39, 92]),
        Buffer.alloc(70_000, 7),
      ].entries())
        await session.execute((db) =>
          db.insertInto('client_secrets').values({
            ...secret,
            secret_key: key + 2 ** 52,
            secret_hash: bytes,
            created_at: 1_780_000_000_000_000,
            last_used_at: key === 1 ? 5 : null,
          }),
        );
    });
  });
  after(() => source.close());
  beforeEach(async () => {
    target = await engines.postgres.open();
  });

  it('finds the same tables, columns and keys on both', async () => {
    const [here, there] = [await tablesOf(source.database.read), await tablesOf(target.database.read)];
    assert.deepEqual(here, there);
    assert.ok(here.every(({ key }) => key.length > 0));
    assert.deepEqual(here.find(({ name }) => name === 'group_memberships')?.key, [
      'license_id',
      'group_id',
      'account_id',
    ]);
    await target.close();
  });

  it('brings each row over as it is, and says so table by table', async () => {
    const said: string[] = [];
    const moved = await moveData(source.database, target.database, ({ name }) => said.push(name));
    assert.deepEqual(
      moved.map(({ name }) => name),
      said,
    );
    assert.equal(moved.find(({ name }) => name === 'group_memberships')?.rows, 620);
    const all = (database: Database) =>
      database.read.query((db) => db.selectFrom('client_secrets').selectAll().orderBy('secret_key'));
    const plain = (rows: { secret_hash: Uint8Array }[]) =>
      rows.map((row) => ({ ...row, secret_hash: Buffer.from(row.secret_hash).toString('base64') }));
    assert.deepEqual(plain(await all(target.database)), plain(await all(source.database)));
    await target.close();
  });

  it('refuses a target that has rows, and leaves them alone', async () => {
    await run(target.database, "insert into throttles values ('there', 1, 1)");
    await assert.rejects(
      moveData(source.database, target.database, () => {}),
      (error) => error instanceof MoveError && /has rows in throttles already/.test(error.message),
    );
    await target.close();
  });

  it('notices a row that did not arrive as it was, and leaves nothing of the run behind', async () => {
    await run(
      target.database,
      `create function spoil() returns trigger language plpgsql as $$
       begin if new.group_id = 300 then new.priority := 'first'; end if; return new; end $$`,
    );
    await run(
      target.database,
      'create trigger spoil before insert on group_memberships for each row execute function spoil()',
    );
    await assert.rejects(
      moveData(source.database, target.database, () => {}),
      (error) =>
        error instanceof MoveError &&
        /group_memberships did not arrive as it was: 620 rows/.test(error.message),
    );
    for (const table of ['client_secrets', 'group_memberships'] as const)
      assert.deepEqual(await target.database.read.query((db) => db.selectFrom(table).selectAll()), []);
    await run(target.database, 'drop trigger spoil on group_memberships');
    await moveData(source.database, target.database, () => {});
    await target.close();
  });
});
