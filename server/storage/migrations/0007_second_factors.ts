import type { Migration } from './migration.ts';
import { createIndex, createTable } from './table_builder.ts';

/** Authenticator apps, recovery codes and passkeys of accounts, and what waits while a person proves one. */
export const secondFactors: Migration = {
  name: '0007_second_factors',
  steps: (dialect) => [
    createTable(dialect, 'totp_factors', {
      columns: {
        account_id: 'text',
        sealed_secret: 'text',
        last_used_step: 'integer',
        created_at: 'integer',
      },
      key: ['account_id'],
    }),
    createTable(dialect, 'recovery_codes', {
      columns: { account_id: 'text', slot: 'integer', code_hash: 'bytes', used_at: 'integer?' },
      key: ['account_id', 'slot'],
    }),
    createTable(dialect, 'passkeys', {
      columns: {
        passkey_key: 'integer',
        credential_id: 'text',
        account_id: 'text',
        public_key: 'bytes',
        counter: 'integer',
        transports: 'text',
        synced: 'integer',
        name: 'text',
        created_at: 'integer',
        last_used_at: 'integer?',
      },
      key: ['passkey_key'],
      unique: [['credential_id']],
    }),
    createIndex('passkeys', ['account_id']),
    createTable(dialect, 'passkey_challenges', {
      columns: {
        challenge_key: 'integer',
        secret_hash: 'bytes',
        browser_hash: 'bytes',
        purpose: 'text',
        account_id: 'text?',
        expires_at: 'integer',
      },
      key: ['challenge_key'],
    }),
    createIndex('passkey_challenges', ['expires_at']),
    createTable(dialect, 'sign_in_attempts', {
      columns: {
        attempt_key: 'integer',
        secret_hash: 'bytes',
        browser_hash: 'bytes',
        account_id: 'text',
        password_mark: 'bytes',
        remember: 'integer',
        expires_at: 'integer',
      },
      key: ['attempt_key'],
    }),
    createIndex('sign_in_attempts', ['expires_at']),
    (db) => db.schema.alterTable('sessions').addColumn('amr', dialect.text),
    (db) => db.schema.alterTable('sessions').addColumn('authenticated_at', dialect.integer),
  ],
};
