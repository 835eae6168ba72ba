import type { Difference } from '../support/registry/compare.ts';

export interface AllowedDifference {
  kind: Difference['kind'];
  api?: Difference['api'];
  method?: string;
  what: RegExp;
  reason: string;
}

/** Every deliberate difference from what LiveChat documents. Each row must fit something, or it goes. */
export const allowedDifferences: readonly AllowedDifference[] = [
  {
    kind: 'own scope',
    what: /^chats--my:r[ow]$/,
    reason: 'In the list of scopes, though no method names them: they open the chats that the agent is in.',
  },
  {
    kind: 'own scope',
    what: /^chats\.conversation--/,
    reason: 'In the list of scopes, though no method names them.',
  },
  {
    kind: 'missing key',
    api: 'agent',
    method: 'list_archives',
    what: /\.(previous|next)_accessible_thread_id$/,
    reason:
      'Of use only where a page of results leaves threads of a chat out; list_threads leads through them.',
  },
  {
    kind: 'missing parameter',
    api: 'agent',
    method: 'list_archives',
    what: /^filters\.forms\.<form>$/,
    reason: 'The table names the members of the array so; `filters.forms` takes them.',
  },
  {
    kind: 'unknown key',
    what: /\.ecommerce\.(options|addons)\[\]\.\w+$/,
    reason: 'Named in the notes of the tables of rich messages, which have no row for them.',
  },
  {
    kind: 'missing key',
    what: /^__priv_/,
    reason: 'An internal field of LiveChat that a sample shows and no table names.',
  },
  {
    kind: 'missing key',
    api: 'customer',
    what: /\.recipients$/,
    reason: 'Stands in old samples of events; visibility has taken its place.',
  },
  {
    kind: 'missing key',
    api: 'configuration',
    method: 'list_agents',
    what: /^\[\]\.(avatar_path|summaries)$/,
    reason:
      'The sample’s older names of avatar and email_subscriptions, which the tables and get_agent have.',
  },
  {
    kind: 'unknown key',
    api: 'configuration',
    what: /rich_message\.elements\[\]\.image\.(content_type|size|width|height)$/,
    reason: 'Named in the notes of the table of create_greeting, which has no row for them.',
  },
  ...[
    'register_webhook',
    'list_webhooks',
    'unregister_webhook',
    'enable_license_webhooks',
    'disable_license_webhooks',
    'get_license_webhooks_state',
  ].map(
    (method): AllowedDifference => ({
      kind: 'optional here',
      api: 'configuration',
      method,
      what: /^owner_client_id$/,
      reason:
        'Needed with a personal access token alone, as the notes and the samples say; the method asks for it.',
    }),
  ),
  ...['enable_license_webhooks', 'disable_license_webhooks', 'get_license_webhooks_state'].map(
    (method): AllowedDifference => ({
      kind: 'own parameter',
      api: 'configuration',
      method,
      what: /^client_id$/,
      reason: 'What the published SDK sends for owner_client_id.',
    }),
  ),
  {
    kind: 'unknown key',
    api: 'configuration',
    method: 'list_webhooks',
    what: /filters\.agent_ids/,
    reason: 'list_webhook_names says that routing_status_set takes this filter; the table has no row for it.',
  },
  {
    kind: 'unknown key',
    api: 'customer',
    method: 'check_goals',
    what: /^greeting(\.|$)/,
    reason: 'The push incoming_greeting, which a customer who listens to no pushes would miss.',
  },
  {
    kind: 'optional here',
    api: 'configuration',
    method: 'unban_customer',
    what: /^(ip|customer_id)$/,
    reason: 'Exactly one of the two is needed, which the method checks.',
  },
  {
    kind: 'own scope',
    api: 'accounts',
    what: /^organization--my:rw$/,
    reason:
      'No scope is documented for domains, login methods and SAML; they are changed by who may change the organization.',
  },
  {
    kind: 'unknown key',
    api: 'accounts',
    what: /^(\[\]\.)?(state|verification(\..+)?|provisioning)$/,
    reason: 'A domain is proven by a DNS record here, and SAML says whom it lets in.',
  },
  {
    kind: 'own parameter',
    api: 'accounts',
    what: /^provisioning$/,
    reason: 'Whom SAML lets in who is not in the organization yet.',
  },
  {
    kind: 'own scope',
    api: 'accounts',
    method: 'update_account',
    what: /^accounts--my:rw$/,
    reason: 'Opens one’s own account, as the scope’s own words say.',
  },
  {
    kind: 'own parameter',
    api: 'accounts',
    method: 'update_account',
    what: /^roles$/,
    reason: 'The method’s text sets roles by it, and asks a scope for that; its schema calls them read-only.',
  },
  {
    kind: 'missing scope',
    api: 'accounts',
    method: 'delete_all_sessions',
    what: /^accounts(\.roles)?--all:ro$/,
    reason: 'Scopes that only read cannot log somebody out; sessions--my:rw does, as for one session.',
  },
  {
    kind: 'own scope',
    api: 'accounts',
    method: 'delete_all_sessions',
    what: /^sessions--my:rw$/,
    reason: 'In the place of the reading scopes that are documented.',
  },
  {
    kind: 'missing scope',
    api: 'accounts',
    what: /^accounts\.invitations\.hd--all:rw$/,
    reason: 'Decides about invitations to the help desk, of which there are none.',
  },
  {
    kind: 'missing key',
    api: 'accounts',
    method: 'create_organization',
    what: /^access_token$/,
    reason: 'Tokens are for apps that a person allowed, and no app takes part in this call.',
  },
  {
    kind: 'optional here',
    api: 'accounts',
    method: 'create_organization',
    what: /^email$/,
    reason: 'Whoever brings a credential is known; without one it is asked for.',
  },
  {
    kind: 'unknown key',
    api: 'accounts',
    what: /properties\.LiveChat$/,
    reason: 'The documents write productName for the name of a product.',
  },
  {
    kind: 'optional here',
    api: 'configuration',
    what: /^owner_client_id$/,
    reason: 'With an app’s token it is that app; with a personal access token the method asks for it.',
  },
  {
    kind: 'optional here',
    api: 'configuration',
    what: /^(id|group_id)$/,
    reason: 'The two methods of a group’s properties name the group differently; each takes both.',
  },
  {
    kind: 'unknown key',
    api: 'configuration',
    method: 'list_properties',
    what: /^\.<key>\.(access\.(license|event|group)|domain|range|default_value)/,
    reason: 'The sample has a property of chats and threads; the table of register_property has the rest.',
  },
  {
    kind: 'own parameter',
    api: 'configuration',
    method: 'update_agent',
    what: /^version$/,
    reason: 'Optional: of two who change one agent at once, the second is told.',
  },
  {
    kind: 'own parameter',
    api: 'configuration',
    what: /^(id|group_id)$/,
    reason: 'The two methods of a group’s properties name the group differently; each takes both.',
  },
  {
    kind: 'own parameter',
    api: 'configuration',
    method: 'update_group',
    what: /^version$/,
    reason: 'Optional: of two who change one group at once, the second is told.',
  },
  {
    kind: 'unknown key',
    api: 'configuration',
    what: /^responses\[\]/,
    reason: 'What the method itself answers, or an error, as the page says in words.',
  },
  {
    kind: 'own parameter',
    api: 'configuration',
    method: 'update_tag',
    what: /^new_name$/,
    reason: 'Renames a tag in one step, for the Console; LiveChat has no way to.',
  },
];
