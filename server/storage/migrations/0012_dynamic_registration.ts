import type { Migration } from './migration.ts';
import { createIndex, createTable } from './table_builder.ts';

/** Apps that register themselves, and who may. */
export const dynamicRegistration: Migration = {
  name: '0012_dynamic_registration',
  steps: (dialect) => [
    createTable(dialect, 'registration_modes', {
      columns: { license_id: 'integer', mode: 'text', updated_at: 'integer' },
      key: ['license_id'],
    }),
    createTable(dialect, 'initial_access_tokens', {
      columns: {
        token_key: 'integer',
        id: 'text',
        license_id: 'integer',
        name: 'text',
        secret_hash: 'bytes',
        created_by: 'text',
        created_at: 'integer',
        expires_at: 'integer',
        last_used_at: 'integer?',
        uses: 'integer',
      },
      key: ['token_key'],
      unique: [['id']],
    }),
    createIndex('initial_access_tokens', ['license_id']),
    createTable(dialect, 'client_registrations', {
      columns: {
        registration_key: 'integer',
        secret_hash: 'bytes',
        client_id: 'text',
        app_id: 'text',
        license_id: 'integer',
        auth_method: 'text',
        grant_types: 'text',
        client_uri: 'text?',
        initial_token_id: 'text?',
        created_at: 'integer',
        verified_at: 'integer?',
      },
      key: ['registration_key'],
      unique: [['client_id']],
    }),
    createIndex('client_registrations', ['license_id', 'verified_at']),
  ],
};
