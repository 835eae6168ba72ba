import type { Migration } from './migration.ts';
import { createIndex, createTable } from './table_builder.ts';

/** Domains of organizations, their identity providers, and which way of signing in they hold their people to. */
export const signInRules: Migration = {
  name: '0029_sign_in_rules',
  steps: (dialect) => [
    createTable(dialect, 'organization_domains', {
      columns: {
        license_id: 'integer',
        domain: 'text',
        id: 'text',
        token: 'text',
        created_at: 'integer',
        verified_at: 'integer?',
        lapsed_at: 'integer?',
        checked_at: 'integer?',
        next_check_at: 'integer',
        problem: 'text?',
        failing_since: 'integer?',
      },
      key: ['license_id', 'domain'],
      unique: [['id']],
    }),
    createIndex('organization_domains', ['next_check_at']),
    createTable(dialect, 'held_domains', {
      columns: { domain: 'text', license_id: 'integer', domain_id: 'text' },
      key: ['domain'],
    }),
    createTable(dialect, 'saml_configurations', {
      columns: {
        license_id: 'integer',
        entrypoint: 'text',
        certificate: 'text',
        idp_entity_id: 'text',
        sp_entity_id: 'text?',
        active: 'integer',
        provisioning: 'text',
        revision: 'integer',
        created_at: 'integer',
        updated_at: 'integer',
      },
      key: ['license_id'],
    }),
    createTable(dialect, 'enforced_login_methods', {
      columns: { license_id: 'integer', login_method: 'text', enforced_by: 'text', enforced_at: 'integer' },
      key: ['license_id', 'login_method'],
    }),
    createTable(dialect, 'saml_requests', {
      columns: {
        request_key: 'integer',
        secret_hash: 'bytes',
        browser_hash: 'bytes',
        license_id: 'integer',
        handle: 'text?',
        next: 'text?',
        tested_by: 'text?',
        forced: 'integer',
        created_at: 'integer',
        expires_at: 'integer',
        answered_at: 'integer?',
        answer_hash: 'bytes?',
        subject: 'text?',
      },
      key: ['request_key'],
    }),
    createIndex('saml_requests', ['expires_at']),
    createTable(dialect, 'saml_assertions', {
      columns: { license_id: 'integer', assertion_id: 'text', expires_at: 'integer' },
      key: ['license_id', 'assertion_id'],
    }),
    createIndex('saml_assertions', ['expires_at']),
    // How the first step of a sign-in was taken that waits for its second one; NULL: by a password.
    (db) => db.schema.alterTable('sign_in_attempts').addColumn('first_factor', dialect.text),
  ],
};
