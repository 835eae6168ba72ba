import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type ChatWorld, good, openChatWorld, refused } from './support/chat_world.ts';
import { tokensFor } from './support/world.ts';

const SCOPES = ['webhooks.configuration:rw', 'webhooks.state:rw'];

describe('webhooks of the Configuration API', () => {
  let chats: ChatWorld;
  let bearer: string;
  before(async () => {
    chats = await openChatWorld(undefined, [], SCOPES);
    bearer = `Bearer ${(await tokensFor(chats.world, chats.owner, chats.app)).access_token}`;
  });
  after(() => chats.close());

  const configure = (method: string, body: unknown = {}) =>
    chats.world.call(`/v3.6/configuration/action/${method}`, body, bearer);
  const hook = {
    action: 'incoming_event',
    secret_key: 'hush-hush',
    url: 'https://hooks.example.com/in',
    type: 'license',
  };

  it('are registered for the app of the token, or for a named one, and told without their secret', async () => {
    const filters = { author_type: 'customer', chat_presence: { user_ids: { values: ['a@b.c'] } } };
    const full = { ...hook, filters, description: 'All', additional_data: ['chat_properties'] };
    const { id } = good(await configure('register_webhook', full));
    const owner_client_id = chats.app.clientId;
    const other = good(await configure('register_webhook', { ...hook, owner_client_id }));
    const listed = await configure('list_webhooks', { owner_client_id });
    assert.doesNotMatch(JSON.stringify(listed.body), /hush-hush/);
    const { secret_key: _secret, ...told } = full;
    assert.deepEqual(good(listed)[0], { ...told, id, owner_client_id });
    assert.equal(good(listed)[1].id, other.id);
    for (const one of [id, other.id]) good(await configure('unregister_webhook', { id: one }));
    assert.deepEqual(good(await configure('list_webhooks')), []);
    refused(await configure('unregister_webhook', { id }), 404, 'not_found');
  });

  it('are refused at private addresses, and with what their action does not take', async () => {
    const cases: [object, RegExp][] = [
      ...[
        'https://10.0.0.1/',
        'https://169.254.169.254/latest/meta-data/',
        'https://[fd00::1]/',
        'https://[::ffff:192.168.0.1]/',
        'https://0xa000001/',
        'https://100.64.0.1/',
        'https://intranet/',
      ].map((url): [object, RegExp] => [{ url }, /public internet/]),
      [{ url: 'http://hooks.example.com/' }, /https address/],
      [{ url: 'ftp://hooks.example.com/' }, /https address/],
      [{ url: 'https://me:word@hooks.example.com/' }, /user name or password/],
      [{ url: 'https://hooks.example.com:8443/' }, /port 8443/],
      [{ url: `https://hooks.example.com/${'x'.repeat(500)}` }, /url/],
      [{ action: 'agent_status_changed' }, /action/],
      [{ action: 'tag_created', filters: { only_my_chats: true } }, /filters\.only_my_chats.*source_type/],
      [{ action: 'chat_deactivated', filters: { author_type: 'agent' } }, /filters\.author_type/],
      [{ action: 'agent_deleted', additional_data: ['chat_properties'] }, /not sent along/],
      [
        { filters: { chat_presence: { user_ids: { values: ['a'], exclude_values: ['b'] } } } },
        /one of values and exclude_values/,
      ],
      [{ filters: { chat_presence: { user_ids: {} } } }, /one of values and exclude_values/],
      [{ type: 'app' }, /type/],
    ];
    for (const [wrong, words] of cases)
      refused(await configure('register_webhook', { ...hook, ...wrong }), 400, 'validation', words);
    assert.deepEqual(good(await configure('list_webhooks')), []);
  });

  it('are three for each action of an app, however many ask at once', async () => {
    const asked = await Promise.all(
      Array.from({ length: 8 }, () => configure('register_webhook', { ...hook, action: 'incoming_chat' })),
    );
    assert.equal(asked.filter(({ status }) => status === 200).length, 3);
    for (const one of asked) if (one.status !== 200) refused(one, 409, 'limit_reached', /3 webhooks/);
    good(await configure('register_webhook', { ...hook, action: 'chat_deactivated' }));
    for (const { id } of good(await configure('list_webhooks')))
      good(await configure('unregister_webhook', { id }));
  });

  it('of an app are its organization’s own affair', async () => {
    const rivals = await chats.world.organization('Rivals');
    const rival = await chats.world.person(rivals);
    const theirs = await chats.world.app(rival, rivals, { scopes: SCOPES });
    for (const owner_client_id of [theirs.clientId, 'x'.repeat(32)]) {
      const mine = { ...hook, owner_client_id };
      refused(await configure('register_webhook', mine), 403, 'authorization', /owner_client_id/);
      refused(await configure('list_webhooks', { owner_client_id }), 403, 'authorization');
      refused(await configure('disable_license_webhooks', { owner_client_id }), 404, 'not_found');
    }
  });

  it('are on until somebody switches them off, and stay off when the app is installed again', async () => {
    const enabled = async () =>
      good(await configure('get_license_webhooks_state')).license_webhooks_enabled as boolean;
    assert.equal(await enabled(), true);
    good(await configure('disable_license_webhooks'));
    good(await configure('disable_license_webhooks'));
    assert.equal(await enabled(), false);
    const { apps } = chats.world.server.services;
    const actor = { ip: '127.0.0.1', userAgent: 'test', requestId: 'test' };
    const editor = { licenseId: chats.organization.licenseId, accountId: chats.owner.accountId, actor };
    const appId = chats.app.details.app.id;
    await apps.install(editor, appId);
    await apps.uninstall(editor, appId);
    await apps.install(editor, appId);
    assert.equal(await enabled(), false);
    good(await configure('enable_license_webhooks'));
    assert.equal(await enabled(), true);
    await apps.uninstall(editor, appId);
  });
});
