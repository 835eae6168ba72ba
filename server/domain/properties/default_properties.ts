import type {
  Definitions,
  PropertyAccess,
  PropertyDefinition,
  PropertyLocation,
  PropertyRight,
  PropertyType,
} from './definition.ts';

/** `group:rw thread:r` */
type Places = string;
type Entry = [type: PropertyType, agent: Places, customer?: Places, domain?: (string | number)[]];

const AGENT_LICENSE: Entry = ['int', 'license:rw'];
const LIMIT: Entry = ['int', 'license:r'];
const EVERYWHERE = 'event:rw thread:rw chat:rw group:rw license:rw';
const IN_GROUP: Entry = ['int', 'group:rw'];
const OF_EVENT: Entry = ['string', 'event:rw', 'event:rw'];

/** What the limits namespace has three numbers of: what a plan gives, what was added, what is never passed. */
const LIMITED = [
  'access_rules',
  'agents',
  'archives_retention',
  'banned',
  'concurrent_chats',
  'customers_retention',
  'groups',
  'groups_per_agent',
  'group_chooser_groups',
  'monitored_customers',
  'queue',
  'queue_continuous',
  'tags',
];

/** The properties that every organization has (docs: messaging/references/default-properties). */
const entries: Record<string, Record<string, Entry>> = {
  chats: {
    'queue.routing_priority': IN_GROUP,
    agent_timeout_inactivity_form_min: IN_GROUP,
    'manual_routing.override': IN_GROUP,
    'queue.reopen_threshold.override': IN_GROUP,
    'queue.enabled.override': IN_GROUP,
    chat_inactive_after_min: AGENT_LICENSE,
    archive_chat_after_min: AGENT_LICENSE,
    archive_offline_chat_after_min: AGENT_LICENSE,
    customer_timeout_after_min: AGENT_LICENSE,
    transfer_chat_after_min: AGENT_LICENSE,
    manual_routing: ['bool', 'license:rw'],
    max_agent_active_chats: AGENT_LICENSE,
    'queue.enabled': ['bool', 'license:rw'],
    'queue.reopen_threshold': AGENT_LICENSE,
    prefer_recent_agent: ['bool', 'license:rw'],
    'queue.limit': LIMIT,
    formatting: ['string', 'event:rw', 'event:rw', ['commonmark']],
    resolved: ['bool', 'thread:r'],
    auto_summary_enabled: ['bool', 'license:rw'],
    welcome_message_source: ['string', 'event:r', 'event:r', ['ai_agent', 'welcome_phrase']],
  },
  core: { transcript_emails: ['string', 'license:rw'] },
  ecommerce: { has_sale: ['bool', 'thread:r'], has_indirect_sale: ['bool', 'thread:r'] },
  lc2: {
    file_safety_confirmation: ['bool', 'event:rw'],
    form_type: ['string', 'event:r', 'event:rw', ['prechat', 'postchat']],
    greeting_id: ['int', 'event:r thread:r', 'thread:rw event:r'],
    greeting_unique_id: ['string', 'event:r thread:r', 'thread:rw event:r'],
    welcome_message: ['bool', 'event:r', 'event:r'],
  },
  limits: Object.fromEntries(
    LIMITED.flatMap((what) => ['additional', 'base', 'hard'].map((kind) => [`${what}.${kind}`, LIMIT])),
  ),
  monitoring: { ip_mask: ['string', 'license:rw'], whitelist_enabled: ['bool', 'license:r'] },
  rating: {
    comment: ['string', 'event:r thread:r chat:r', 'event:rw thread:rw chat:rw'],
    score: ['int', 'event:r thread:r chat:r', 'event:rw thread:rw chat:rw', [0, 1]],
  },
  routing: {
    continuous: ['bool', 'thread:r chat:r', 'thread:r chat:r'],
    email_follow_up: ['bool', 'chat:r', 'chat:rw'],
    idle: ['bool', 'thread:r'],
    last_transfer_timestamp: ['int', 'thread:r'],
    offline_message: ['bool', 'thread:r', 'thread:rw'],
    pinned: ['bool', 'thread:r chat:rw'],
    was_pinned: ['bool', 'chat:r'],
    ignore_agents_routing: ['bool', 'chat:rw', 'chat:rw'],
    ignore_bots: ['bool', '', 'thread:w'],
    unassigned: ['bool', 'thread:r chat:r'],
    unreplied: ['bool', 'thread:r'],
    referrer: ['string', 'thread:r'],
    start_url: ['string', 'thread:r', 'thread:r'],
    transcript_email: ['string', 'thread:r', 'thread:rw'],
  },
  smart_actions: {
    'greeting.hide_when_offline': ['bool', 'group:rw', 'group:r'],
    'greeting.enabled': ['bool', 'license:rw'],
    'greeting.max_invites': LIMIT,
  },
  source: {
    client_id: ['string', 'event:r thread:r chat:r', 'event:r thread:r chat:r'],
    customer_client_id: ['string', 'thread:r chat:r', 'thread:r chat:r'],
  },
  url_details: {
    description: OF_EVENT,
    image_height: ['int', 'event:rw', 'event:rw'],
    image_width: ['int', 'event:rw', 'event:rw'],
    image_url: OF_EVENT,
    title: OF_EVENT,
    url: OF_EVENT,
  },
  statistics: { first_chat_date: ['string', 'license:r'], website_last_activity: ['string', 'license:r'] },
  status: { delivered: ['bool', 'event:rw', 'event:rw'] },
  test: {
    bool_property: ['bool', EVERYWHERE, EVERYWHERE],
    int_property: ['int', EVERYWHERE, EVERYWHERE],
    string_property: ['string', EVERYWHERE, EVERYWHERE],
    tokenized_string_property: ['tokenized_string', EVERYWHERE, EVERYWHERE],
  },
  translation: {
    source_lang_code: ['string', 'event:rw', 'event:r'],
    target_lang_code: ['string', 'event:rw', 'event:r'],
    target_message: ['tokenized_string', 'event:rw', 'event:r'],
  },
};

const RIGHTS: Record<string, PropertyRight[]> = { r: ['read'], w: ['write'], rw: ['read', 'write'] };

function definitionOf(namespace: string, name: string, entry: Entry): PropertyDefinition {
  const [type, agent, customer = '', domain = null] = entry;
  const access: PropertyAccess = {};
  for (const [user, places] of [
    ['agent', agent],
    ['customer', customer],
  ] as const)
    for (const [location, rights] of places.split(' ').map((place) => place.split(':')))
      if (location && rights)
        access[location as PropertyLocation] = {
          ...access[location as PropertyLocation],
          [user]: RIGHTS[rights],
        };
  return {
    namespace,
    name,
    type,
    access,
    description: null,
    domain,
    range: null,
    defaultValue: null,
    publicAccess: ['read', 'write'],
  };
}

/** By namespace. They belong to no app; nobody can add to them. */
export const defaultProperties: ReadonlyMap<string, Definitions> = new Map(
  Object.entries(entries).map(([namespace, named]) => [
    namespace,
    new Map(Object.entries(named).map(([name, entry]) => [name, definitionOf(namespace, name, entry)])),
  ]),
);
