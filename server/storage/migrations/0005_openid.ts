import type { Migration } from './migration.ts';
import { createIndex, createTable } from './table_builder.ts';

/** The keys that sign ID tokens, what an ID token says of a login, and where a browser goes after signing out. */
export const openid: Migration = {
  name: '0005_openid',
  steps: (dialect) => [
    createTable(dialect, 'signing_keys', {
      columns: {
        generation: 'integer',
        key_id: 'text',
        public_jwk: 'text',
        sealed_private_jwk: 'text',
        published_at: 'integer',
        signs_from: 'integer',
      },
      key: ['generation'],
    }),
    createTable(dialect, 'openid_logins', {
      columns: {
        family_key: 'integer',
        nonce: 'text?',
        auth_time: 'integer',
        amr: 'text',
        session_id: 'text?',
        expires_at: 'integer',
      },
      key: ['family_key'],
    }),
    createIndex('openid_logins', ['expires_at']),
    (db) => db.schema.alterTable('clients').addColumn('post_logout_redirect_uris', dialect.text),
  ],
};
