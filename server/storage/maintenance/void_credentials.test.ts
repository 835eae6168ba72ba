import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eachEngine } from '../../../test/support/databases.ts';
import { tablesOf } from './tables.ts';
import { KEPT, VOIDED, voidCredentials } from './void_credentials.ts';

eachEngine((engine) => {
  describe('the voiding of what was issued', () => {
    it('knows each table that holds hashes of secrets: it is voided, or kept on purpose', async () => {
      const opened = await engine.open();
      const tables = await tablesOf(opened.database.read);
      const withSecrets = tables
        .filter(({ columns }) =>
          columns.some((column) => /(^|_)hash$/.test(column) && column !== 'password_hash'),
        )
        .map(({ name }) => name)
        .sort();
      assert.deepEqual(
        withSecrets.filter((name) => !VOIDED.includes(name) && !(KEPT as readonly string[]).includes(name)),
        [],
        'Say in void_credentials.ts what a restore does with these.',
      );
      assert.ok(withSecrets.length >= 10);
      await opened.close();
    });

    it('leaves nothing that opens anything, and counts it', async () => {
      const opened = await engine.open();
      const hash = Buffer.alloc(32, 1);
      await opened.database.write(async (session) => {
        const issued = {
          license_id: 1,
          account_id: 'a',
          client_id: 'c',
          scopes: '',
          created_at: 1,
          secret_hash: hash,
        };
        await session.execute((db) =>
          db.insertInto('refresh_tokens').values({
            ...issued,
            token_key: 1,
            family_key: 1,
            idle_expires_at: 9,
            absolute_expires_at: 9,
          }),
        );
        await session.execute((db) =>
          db.insertInto('one_time_tokens').values({
            token_key: 2,
            secret_hash: hash,
            kind: 'reset_password',
            account_id: 'a',
            email: 'e',
            created_at: 1,
            expires_at: 9,
            consumed_at: null,
          }),
        );
      });
      const counts = await opened.database.write((session) => voidCredentials(session, 5));
      assert.equal(counts.refresh_tokens, 1);
      assert.equal(counts.one_time_tokens, 1);
      assert.equal(counts.sessions, 0);
      const [row] = await opened.database.read.query((db) =>
        db.selectFrom('refresh_tokens').select(['revoked_at', 'revoked_reason']),
      );
      assert.deepEqual({ ...row }, { revoked_at: 5, revoked_reason: 'server_restored' });
      await opened.close();
    });
  });
});
