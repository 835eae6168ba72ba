import { type ActionApiName, renamed, type Wording, within } from './wording.ts';

/** Methods that came with 3.5. */
export const notIn34: Record<ActionApiName, readonly string[]> = {
  agent: [],
  customer: [],
  configuration: [
    'batch_create_agents',
    'batch_update_agents',
    'batch_delete_agents',
    'batch_suspend_agents',
    'batch_unsuspend_agents',
    'batch_approve_agents',
    'batch_create_bots',
    'batch_update_bots',
    'batch_delete_bots',
    'create_bot_template',
    'update_bot_template',
    'delete_bot_template',
    'list_bot_templates',
    'issue_bot_token',
    'reset_bot_secret',
    'reset_bot_template_secret',
    'list_groups_properties',
    'create_tag',
    'delete_tag',
    'list_tags',
    'update_tag',
  ],
};

/** What 3.4 says otherwise than 3.5. */
export const said34: Wording = {
  agent: {
    list_archives: {
      request: (input) => within(input, 'filters', (filters) => renamed(filters, 'surveys', 'forms')),
    },
  },
};
