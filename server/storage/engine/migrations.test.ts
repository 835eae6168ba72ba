import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { eachEngine, engines } from '../../../test/support/databases.ts';
import { accessToken, NOW, refreshToken } from '../conformance/samples.ts';
import { tokenHolders } from '../migrations/0011_token_holders.ts';
import { migrations } from '../migrations/list.ts';
import type { Database } from './database.ts';
import { openDatabase } from './open.ts';

async function ledger(database: Database): Promise<string[]> {
  const rows = await database.read.query((db) => db.selectFrom('migrations').select('name').orderBy('name'));
  return rows.map((row) => row.name);
}

const names = migrations.map((migration) => migration.name);

describe('the list of migrations', () => {
  it('is in the order of its numbers, each used once', () => {
    for (const name of names) assert.match(name, /^\d{4}_[a-z_]+$/);
    const numbers = names.map((name) => Number(name.slice(0, 4)));
    assert.deepEqual(
      numbers,
      [...new Set(numbers)].sort((a, b) => a - b),
    );
  });
});

eachEngine((engine) => {
  describe('migrations', () => {
    it('are all applied to an empty database, and noted', async () => {
      const opened = await engine.open();
      assert.deepEqual(await ledger(opened.database), names);
      await opened.close();
    });

    it('change nothing the second time, and keep the data', async () => {
      const opened = await engine.open();
      const organization = { id: crypto.randomUUID(), name: 'Acme', forceStrict: false, createdAt: 1 };
      await opened.storage.write(({ identity }) => identity.addOrganization(organization));
      await opened.database.migrate();
      assert.deepEqual(await ledger(opened.database), names);
      assert.equal((await opened.storage.read.identity.organizationById(organization.id))?.name, 'Acme');
      await opened.close();
    });

    it('note whose the live tokens of an older database are, so that they can be revoked', async () => {
      const { database, storage, ...opened } = await engine.open();
      const holder = { clientId: 'c'.repeat(32), accountId: crypto.randomUUID() };
      const [access, refresh, dead] = [
        accessToken(holder),
        refreshToken(holder),
        accessToken({ ...holder, expiresAt: NOW }),
      ];
      await storage.write(({ grants }) => grants.addTokens({ access, refresh }, { keep: 25, now: NOW }));
      await storage.write(({ grants }) => grants.addTokens({ access: dead }, { keep: 25, now: NOW }));
      await database.write(async (session) => {
        await session.execute((db) => db.deleteFrom('token_holders'));
        const gather = tokenHolders.steps(session.dialect)[1];
        assert.ok(gather);
        await session.execute(gather);
      });
      await storage.write(({ grants }) => grants.revokeClient(holder.clientId, 'app_deleted', NOW));
      assert.equal((await storage.read.grants.accessToken(access.key))?.revokedReason, 'app_deleted');
      assert.equal((await storage.read.grants.refreshToken(refresh.key))?.revokedReason, 'app_deleted');
      await opened.close();
    });
  });
});

describe('migrations on PostgreSQL', () => {
  it('are applied once by two servers that start together', async () => {
    const empty = await engines.postgres.create();
    const servers = [openDatabase(empty.url), openDatabase(empty.url)];
    await Promise.all(servers.map((database) => database.migrate()));
    for (const database of servers) {
      assert.deepEqual(await ledger(database), names);
      await database.close();
    }
    await empty.remove();
  });
});

describe('migrations on SQLite', () => {
  /** A database as it was before the last migration came. */
  async function olderDatabase(url: string): Promise<void> {
    const database = openDatabase(url);
    await database.write(async (session) => {
      await session.execute((db) =>
        db.schema
          .createTable('migrations')
          .addColumn('name', 'text', (column) => column.primaryKey())
          .addColumn('applied_at', 'integer', (column) => column.notNull()),
      );
      for (const migration of migrations.slice(0, -1)) {
        for (const step of migration.steps(session.dialect)) await session.execute(step);
        const row = { name: migration.name, applied_at: 1 };
        await session.execute((db) => db.insertInto('migrations').values(row));
      }
      await session.execute((db) =>
        db
          .insertInto('organizations')
          .values({ license_id: 1, id: 'a', name: 'Before', force_strict: 0, created_at: 1 }),
      );
    });
    await database.close();
  }

  it('leave a copy of the database as it was before', async () => {
    const empty = await engines.sqlite.create();
    await olderDatabase(empty.url);
    const database = openDatabase(empty.url);
    await database.migrate();
    assert.deepEqual(await ledger(database), names);
    await database.close();

    const copy = new DatabaseSync(`${empty.file}.before-${names.at(-1)}`, { readOnly: true });
    assert.deepEqual(
      copy
        .prepare('select name from migrations order by name')
        .all()
        .map((row) => row.name),
      names.slice(0, -1),
    );
    assert.equal(copy.prepare('select name from organizations').get()?.name, 'Before');
    assert.equal(copy.prepare('pragma integrity_check').get()?.integrity_check, 'ok');
    copy.close();
    await empty.remove();
  });

  it('copy neither a new database nor one that is up to date', async () => {
    const opened = await engines.sqlite.open();
    await opened.database.migrate();
    assert.ok(opened.file && existsSync(opened.file));
    const copies = readdirSync(dirname(opened.file)).filter((name) => name.includes('.before-'));
    assert.deepEqual(copies, []);
    await opened.close();
  });
});
