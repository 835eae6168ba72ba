import type { Dialect } from '../engine/dialect.ts';
import type { Migration, MigrationStep } from './migration.ts';
import { createIndex, createTable } from './table_builder.ts';

/** Accounts, organizations, apps, grants and tokens. */
export const ground: Migration = {
  name: '0001_ground',
  steps: (dialect) => [...identity(dialect), ...apps(dialect), ...grants(dialect)],
};

function identity(dialect: Dialect): MigrationStep[] {
  return [
    createTable(dialect, 'accounts', {
      columns: {
        id: 'text',
        email: 'text',
        email_key: 'text',
        name: 'text',
        password_hash: 'text',
        email_confirmed_at: 'integer?',
        created_at: 'integer',
      },
      key: ['id'],
      unique: [['email_key']],
    }),
    createTable(dialect, 'organizations', {
      columns: {
        license_id: 'integer',
        id: 'text',
        name: 'text',
        force_strict: 'integer',
        created_at: 'integer',
      },
      key: ['license_id'],
      unique: [['id']],
    }),
    createTable(dialect, 'memberships', {
      columns: {
        license_id: 'integer',
        account_id: 'text',
        account_role: 'text',
        chat_role: 'text',
        suspended_at: 'integer?',
        created_at: 'integer',
      },
      key: ['license_id', 'account_id'],
    }),
    createIndex('memberships', ['account_id']),
    createTable(dialect, 'groups', {
      columns: { license_id: 'integer', id: 'integer', name: 'text', created_at: 'integer' },
      key: ['license_id', 'id'],
    }),
    createTable(dialect, 'group_memberships', {
      columns: { license_id: 'integer', group_id: 'integer', account_id: 'text', priority: 'text' },
      key: ['license_id', 'group_id', 'account_id'],
    }),
    createIndex('group_memberships', ['license_id', 'account_id']),
    createTable(dialect, 'sessions', {
      columns: {
        session_key: 'integer',
        secret_hash: 'bytes',
        account_id: 'text',
        license_id: 'integer',
        remember: 'integer',
        ip: 'text',
        user_agent: 'text',
        created_at: 'integer',
        last_seen_at: 'integer',
        expires_at: 'integer',
      },
      key: ['session_key'],
    }),
    createIndex('sessions', ['account_id']),
    createIndex('sessions', ['expires_at']),
    createTable(dialect, 'one_time_tokens', {
      columns: {
        token_key: 'integer',
        secret_hash: 'bytes',
        kind: 'text',
        account_id: 'text',
        email: 'text',
        created_at: 'integer',
        expires_at: 'integer',
        consumed_at: 'integer?',
      },
      key: ['token_key'],
    }),
    createIndex('one_time_tokens', ['account_id']),
    createIndex('one_time_tokens', ['expires_at']),
    createTable(dialect, 'throttles', {
      columns: { name: 'text', count: 'integer', window_ends_at: 'integer' },
      key: ['name'],
    }),
    createIndex('throttles', ['window_ends_at']),
    createTable(dialect, 'mails', {
      columns: {
        mail_key: 'integer',
        recipient: 'text',
        subject: 'text',
        text_body: 'text',
        html_body: 'text',
        created_at: 'integer',
        sent_at: 'integer?',
        attempts: 'integer',
        next_attempt_at: 'integer',
      },
      key: ['mail_key'],
    }),
    createIndex('mails', ['sent_at', 'next_attempt_at']),
    createTable(dialect, 'audit_log', {
      columns: {
        entry_key: 'integer',
        license_id: 'integer?',
        account_id: 'text?',
        client_id: 'text?',
        action: 'text',
        detail: 'text',
        ip: 'text',
        request_id: 'text',
        created_at: 'integer',
      },
      key: ['entry_key'],
    }),
    createIndex('audit_log', ['license_id', 'entry_key']),
  ];
}

function apps(dialect: Dialect): MigrationStep[] {
  return [
    createTable(dialect, 'apps', {
      columns: {
        app_key: 'integer',
        id: 'text',
        license_id: 'integer',
        name: 'text',
        name_key: 'text',
        product: 'text',
        short_description: 'text',
        visibility: 'text',
        version: 'integer',
        created_by: 'text?',
        created_at: 'integer',
        updated_at: 'integer',
      },
      key: ['app_key'],
      unique: [['id']],
    }),
    createIndex('apps', ['license_id', 'app_key']),
    createTable(dialect, 'app_icons', {
      columns: { app_id: 'text', license_id: 'integer', media_type: 'text', bytes: 'bytes', digest: 'text' },
      key: ['app_id'],
    }),
    createTable(dialect, 'clients', {
      columns: {
        client_id: 'text',
        app_id: 'text',
        license_id: 'integer',
        type: 'text',
        profile: 'text',
        redirect_uris: 'text',
        scopes: 'text',
        accept_sub_paths: 'integer',
        allow_plain_http: 'integer',
        rotate_refresh_tokens: 'integer',
        created_at: 'integer',
      },
      key: ['client_id'],
      unique: [['app_id']],
    }),
    createTable(dialect, 'client_secrets', {
      columns: {
        secret_key: 'integer',
        client_id: 'text',
        secret_hash: 'bytes',
        hint: 'text',
        created_at: 'integer',
        last_used_at: 'integer?',
        retired_at: 'integer?',
      },
      key: ['secret_key'],
    }),
    createIndex('client_secrets', ['client_id']),
    createTable(dialect, 'installations', {
      columns: { app_id: 'text', license_id: 'integer', installed_by: 'text', installed_at: 'integer' },
      key: ['app_id', 'license_id'],
    }),
    createIndex('installations', ['license_id']),
  ];
}

function grants(dialect: Dialect): MigrationStep[] {
  const issued = {
    family_key: 'integer',
    license_id: 'integer',
    account_id: 'text',
    client_id: 'text',
    scopes: 'text',
    created_at: 'integer',
  } as const;
  return [
    createTable(dialect, 'grants', {
      columns: {
        grant_key: 'integer',
        id: 'text',
        license_id: 'integer',
        account_id: 'text',
        client_id: 'text',
        scopes: 'text',
        created_at: 'integer',
        updated_at: 'integer',
        last_used_at: 'integer?',
      },
      key: ['grant_key'],
      unique: [['license_id', 'account_id', 'client_id']],
    }),
    createIndex('grants', ['account_id']),
    createIndex('grants', ['client_id']),
    createTable(dialect, 'authorization_requests', {
      columns: {
        request_key: 'integer',
        secret_hash: 'bytes',
        browser_hash: 'bytes',
        parameters: 'text',
        created_at: 'integer',
        expires_at: 'integer',
      },
      key: ['request_key'],
    }),
    createIndex('authorization_requests', ['expires_at']),
    createTable(dialect, 'authorization_codes', {
      columns: {
        ...issued,
        secret_hash: 'bytes',
        grant_key: 'integer',
        redirect_uri: 'text',
        code_challenge: 'text?',
        code_challenge_method: 'text?',
        expires_at: 'integer',
        consumed_at: 'integer?',
        revoked_at: 'integer?',
        revoked_reason: 'text?',
      },
      key: ['family_key'],
    }),
    createTable(dialect, 'access_tokens', {
      columns: {
        token_key: 'integer',
        ...issued,
        secret_hash: 'bytes',
        refresh_key: 'integer?',
        expires_at: 'integer',
        revoked_at: 'integer?',
        revoked_reason: 'text?',
      },
      key: ['token_key'],
    }),
    createIndex('authorization_codes', ['client_id']),
    createIndex('authorization_codes', ['expires_at']),
    createIndex('access_tokens', ['family_key']),
    createIndex('access_tokens', ['expires_at']),
    // Of live tokens alone: an app that refreshes all day leaves thousands of dead ones behind.
    createIndex('access_tokens', ['client_id', 'account_id', 'token_key'], { onlyWhereNull: 'revoked_at' }),
    createTable(dialect, 'refresh_tokens', {
      columns: {
        token_key: 'integer',
        ...issued,
        secret_hash: 'bytes',
        idle_expires_at: 'integer',
        absolute_expires_at: 'integer',
        rotated_at: 'integer?',
        successor_key: 'integer?',
        successor_access_key: 'integer?',
        revoked_at: 'integer?',
        revoked_reason: 'text?',
      },
      key: ['token_key'],
    }),
    createIndex('refresh_tokens', ['family_key']),
    createIndex('refresh_tokens', ['idle_expires_at']),
    createIndex('refresh_tokens', ['client_id', 'account_id', 'token_key'], { onlyWhereNull: 'revoked_at' }),
    createTable(dialect, 'personal_access_tokens', {
      columns: {
        token_key: 'integer',
        id: 'text',
        license_id: 'integer',
        account_id: 'text',
        name: 'text',
        secret_hash: 'bytes',
        scopes: 'text',
        created_at: 'integer',
        expires_at: 'integer',
        last_used_at: 'integer?',
        last_used_from: 'text?',
        revoked_at: 'integer?',
      },
      key: ['token_key'],
      unique: [['id']],
    }),
    createIndex('personal_access_tokens', ['account_id']),
    createTable(dialect, 'customer_tokens', {
      columns: {
        token_key: 'integer',
        secret_hash: 'bytes',
        license_id: 'integer',
        customer_id: 'text',
        client_id: 'text',
        created_at: 'integer',
        expires_at: 'integer',
        revoked_at: 'integer?',
      },
      key: ['token_key'],
    }),
    createIndex('customer_tokens', ['license_id', 'customer_id']),
    createIndex('customer_tokens', ['expires_at']),
    createIndex('customer_tokens', ['client_id']),
  ];
}
