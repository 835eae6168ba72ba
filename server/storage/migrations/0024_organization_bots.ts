import { sql } from 'kysely';
import type { Migration, MigrationStep } from './migration.ts';
import { createIndex, createTable } from './table_builder.ts';

/**
 * Bots with groups, priorities, hours and a secret of their own, and the templates that bots are made by. A bot of a
 * template has the template's id in every organization, so that an id is one organization's only together with it.
 */
export const organizationBots: Migration = {
  name: '0024_organization_bots',
  steps: (dialect) => [
    createTable(dialect, 'bots_next', {
      columns: {
        license_id: 'integer',
        bot_key: 'integer',
        id: 'text',
        name: 'text',
        avatar_url: 'text?',
        job_title: 'text?',
        type: 'text',
        owner_client_id: 'text',
        identity_of: 'text?',
        template_id: 'text?',
        by_personal_token: 'integer',
        group_ids: 'text',
        priorities: 'text',
        default_priority: 'text',
        work_scheduler: 'text?',
        secret_key: 'integer?',
        secret_hash: 'bytes?',
        created_by: 'text?',
        created_at: 'integer',
        updated_at: 'integer',
        last_used_at: 'integer?',
        removed_at: 'integer?',
      },
      key: ['license_id', 'bot_key'],
      unique: [['license_id', 'id'], ['identity_of']],
    }),
    copied,
    (db) => db.schema.dropTable('bots'),
    (db) => db.schema.alterTable('bots_next').renameTo('bots'),
    createIndex('bots', ['owner_client_id']),
    createIndex('bots', ['template_id']),
    createTable(dialect, 'bot_templates', {
      columns: {
        license_id: 'integer',
        template_key: 'integer',
        id: 'text',
        owner_client_id: 'text',
        name: 'text',
        avatar_url: 'text?',
        job_title: 'text?',
        default_priority: 'text',
        chat_limit: 'integer?',
        secret_hash: 'bytes',
        created_by: 'text?',
        created_at: 'integer',
        updated_at: 'integer',
      },
      key: ['license_id', 'template_key'],
      unique: [['id']],
    }),
    createIndex('bot_templates', ['owner_client_id']),
  ],
};

/** Those that are there are the identities of apps. */
const copied: MigrationStep = (db) => {
  const copy = sql`
    insert into bots_next (license_id, bot_key, id, name, avatar_url, job_title, type, owner_client_id, identity_of,
      by_personal_token, group_ids, priorities, default_priority, created_by, created_at, updated_at, last_used_at,
      removed_at)
    select license_id, bot_key, id, name, avatar_url, job_title, 'chatbot', owner_client_id, identity_of,
      0, group_ids, '{}', 'normal', created_by, created_at, updated_at, last_used_at, removed_at
    from bots`;
  return { compile: () => copy.compile(db) };
};
