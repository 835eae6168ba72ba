import type { Migration } from './migration.ts';
import { createTable } from './table_builder.ts';

/** Tags; what is known of an organization as a customer of the product; addresses that refuse mail. */
export const tagsAndCompany: Migration = {
  name: '0026_tags_and_company',
  steps: (dialect) => [
    createTable(dialect, 'tags', {
      columns: {
        license_id: 'integer',
        folded: 'text',
        name: 'text',
        group_ids: 'text',
        author_id: 'text',
        created_at: 'integer',
      },
      key: ['license_id', 'folded'],
    }),
    createTable(dialect, 'channels', {
      columns: {
        license_id: 'integer',
        channel_type: 'text',
        channel_subtype: 'text',
        first_activity_at: 'integer',
      },
      key: ['license_id', 'channel_type', 'channel_subtype'],
    }),
    createTable(dialect, 'company_details', {
      columns: { license_id: 'integer', details: 'text', updated_at: 'integer' },
      key: ['license_id'],
    }),
    createTable(dialect, 'product_sources', {
      columns: { license_id: 'integer', source_id: 'text', source_type: 'text', source_url: 'text' },
      key: ['license_id'],
    }),
    createTable(dialect, 'bounced_emails', {
      columns: { email: 'text', bounced_at: 'integer' },
      key: ['email'],
    }),
  ],
};
