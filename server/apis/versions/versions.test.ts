import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ApiVersion, apiVersions, isInVersion, lifecycleHeaders, versionMapper } from './versions.ts';
import type { ActionApiName, Payload } from './wording.ts';

const visitor = { id: 'c', type: 'customer', visit: { ip: '192.0.2.1' } };
const lastVisitor = { id: 'c', type: 'customer', last_visit: { ip: '192.0.2.1' } };
const livechat = { group_id: 0, domain_allowed: true, config_version: '1' };

/** Each row: what a version sends, and what the stable one takes for it. */
const requests: [ApiVersion, ActionApiName, string, sent: Payload, taken: Payload][] = [
  ['3.5', 'agent', 'list_chats', {}, {}],
  ['3.5', 'agent', 'list_chats', { filters: { group_ids: [1] } }, { filters: { group_ids: [1] } }],
  ['3.5', 'agent', 'list_chats', { filters: { include_active: false } }, { filters: { active: false } }],
  ['3.5', 'agent', 'list_chats', { filters: { include_active: true } }, { filters: { active: null } }],
  ['3.5', 'agent', 'list_chats', { filters: { include_active: 'x' } }, { filters: { active: 'x' } }],
  ['3.5', 'agent', 'list_chats', { filters: 'wrong' }, { filters: 'wrong' }],
  ['3.5', 'agent', 'list_chats', { filters: null, limit: 5 }, { filters: null, limit: 5 }],
  ['3.4', 'agent', 'list_chats', { filters: { include_active: false } }, { filters: { active: false } }],
  ['3.4', 'agent', 'list_archives', { filters: { surveys: [1] } }, { filters: { forms: [1] } }],
];

/** Each row: what is answered in the words of the stable version, and in those of another. */
const answers: [ApiVersion, ActionApiName, string, stable: unknown, said: unknown][] = [
  ['3.5', 'agent', 'get_chat', { id: 'A', users: [visitor] }, { id: 'A', users: [lastVisitor] }],
  [
    '3.5',
    'agent',
    'list_chats',
    { chats_summary: [{ users: [visitor] }] },
    { chats_summary: [{ users: [lastVisitor] }] },
  ],
  [
    '3.4',
    'agent',
    'list_chats',
    { chats_summary: [{ users: [visitor] }] },
    { chats_summary: [{ users: [lastVisitor] }] },
  ],
  ['3.5', 'agent', 'list_archives', { chats: [{ users: [visitor] }] }, { chats: [{ users: [lastVisitor] }] }],
  ['3.5', 'agent', 'get_customer', visitor, lastVisitor],
  [
    '3.5',
    'customer',
    'get_dynamic_configuration',
    { organization_id: 'o', default_widget: 'livechat', livechat_active: true, livechat },
    { organization_id: 'o', ...livechat },
  ],
  [
    '3.7',
    'agent',
    'list_chats',
    {
      found_chats: 1,
      chats_summary: [{ id: 'A', last_thread_summary: { id: 'T' }, last_event_per_type: { message: 1 } }],
    },
    {
      found_chats: 1,
      chats_info: [{ id: 'A', last_thread_info: { id: 'T', last_event_per_type: { message: 1 } } }],
    },
  ],
  [
    '3.7',
    'customer',
    'list_chats',
    { chats_summary: [{ id: 'A', last_event_per_type: {} }] },
    { chats_info: [{ id: 'A', last_event_per_type: {} }] },
  ],
];

for (const [version, api, name, sent, taken] of requests)
  test(`a request of ${version} for ${name} of the ${api} API: ${JSON.stringify(sent)}`, () => {
    const before = structuredClone(sent);
    assert.deepEqual(versionMapper(version, api, name)?.request(sent) ?? sent, taken);
    assert.deepEqual(sent, before);
  });

for (const [version, api, name, stable, said] of answers)
  test(`an answer of ${name} of the ${api} API in ${version}`, () => {
    const before = structuredClone(stable);
    assert.deepEqual(versionMapper(version, api, name)?.answer(stable), said);
    assert.deepEqual(stable, before, 'what others share is not changed');
  });

test('the stable version needs no mapper, and old ones tell when they end', () => {
  assert.equal(versionMapper('3.6', 'agent', 'list_chats'), undefined);
  for (const version of apiVersions)
    if (lifecycleHeaders[version]) assert.match(lifecycleHeaders[version].until, /^\d{4}-\d\d-\d\d$/);
  assert.deepEqual(Object.keys(lifecycleHeaders), ['3.4', '3.5']);
});

test('a method is in the versions that had it', () => {
  const versionsOf = (api: ActionApiName, name: string) =>
    apiVersions.filter((v) => isInVersion(v, api, name));
  assert.deepEqual(versionsOf('agent', 'list_chats'), ['3.4', '3.5', '3.6', '3.7']);
  assert.deepEqual(versionsOf('agent', 'send_event_preview'), ['3.6', '3.7']);
  assert.deepEqual(versionsOf('configuration', 'list_tags'), ['3.5', '3.6', '3.7']);
  assert.deepEqual(versionsOf('customer', 'get_predicted_agent'), ['3.4', '3.5', '3.6']);
});
