import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type ChatWorld, type CustomerCaller, good, openChatWorld, refused } from './support/chat_world.ts';
import { type Answer, type RegisteredApp, tokensFor } from './support/world.ts';

const SCOPES = [
  'chats--all:rw',
  'customers:own',
  'groups--all:rw',
  'properties.configuration:rw',
  'properties.license.value--all:rw',
  'properties.group.value--all:rw',
];
const NARROW = ['properties.license.value--my:rw', 'properties.group.value--my:rw'];
const EVERYWHERE = {
  license: { agent: ['read', 'write'], customer: ['read'] },
  group: { agent: ['read', 'write'], customer: ['read'] },
  chat: { agent: ['read', 'write'], customer: ['read'] },
  thread: { agent: ['read', 'write'] },
  event: { agent: ['read', 'write'] },
};

type Call = (method: string, body?: unknown) => Promise<Answer>;

describe('the properties of the Configuration API', () => {
  let chats: ChatWorld;
  let tom: CustomerCaller;
  let ours: Call;
  let theirs: Call;
  let narrow: Call;
  let personal: Call;
  let other: RegisteredApp;
  const app = () => chats.app.clientId;
  before(async () => {
    chats = await openChatWorld(undefined, [], SCOPES);
    const { world, organization, owner } = chats;
    tom = await chats.customer();
    const by =
      (authorization: string): Call =>
      (method, body = {}) =>
        world.call(`/v3.6/configuration/action/${method}`, body, authorization);
    const bearer = async (one: RegisteredApp) =>
      by(`Bearer ${(await tokensFor(world, owner, one)).access_token}`);
    other = await world.app(owner, organization, { scopes: SCOPES });
    ours = await bearer(chats.app);
    theirs = await bearer(other);
    narrow = await bearer(await world.app(owner, organization, { scopes: NARROW }));
    const [member] = await world.server.composition.storage.read.identity.members(organization.licenseId);
    assert.ok(member);
    const { secret } = await world.server.services.grants.personal.create(
      member.membership,
      { name: 'ci', scopes: SCOPES, expiresInDays: 7 },
      { ip: '203.0.113.7', userAgent: 'test', requestId: 'test' },
    );
    personal = by(`Basic ${btoa(`${owner.accountId}:${secret}`)}`);
  });
  after(() => chats.close());

  const register = (name: string, more: object = {}) =>
    ours('register_property', { name, type: 'string', access: EVERYWHERE, ...more });

  it('are registered with all that is documented, and listed as they were', async () => {
    const written = {
      type: 'int',
      description: 'How happy they are',
      access: { license: { agent: ['read', 'write'] }, thread: { customer: ['read'] } },
      range: { from: 1, to: 5 },
      default_value: 3,
    };
    assert.deepEqual(good(await ours('register_property', { name: 'mood', ...written })), {});
    const plan = { type: 'string', access: EVERYWHERE, domain: ['gold', 'free'] };
    good(await ours('register_property', { name: 'level', ...plan }));
    assert.deepEqual(good(await ours('list_properties')), {
      level: { ...plan, description: '' },
      mood: written,
    });
    good(await ours('publish_property', { name: 'level', access_type: ['read'] }));
    assert.deepEqual(good(await ours('list_properties')).level.public_access, ['read']);
  });

  it('are of the app whose token comes, or of the one that owner_client_id names, if it is ours', async () => {
    refused(await personal('list_properties'), 400, 'validation', /owner_client_id is needed/);
    assert.deepEqual(good(await personal('list_properties', { owner_client_id: other.clientId })), {});
    assert.ok(good(await theirs('list_properties', { owner_client_id: app() })).mood);
    const stranger = await chats.world.organization('Initech');
    const elsewhere = await chats.world.app(await chats.world.person(stranger), stranger);
    for (const owner_client_id of [elsewhere.clientId, 'f'.repeat(32)])
      refused(await ours('list_properties', { owner_client_id }), 403, 'authorization', /not the Client Id/);
  });

  it('differ by name, whatever its case and Unicode form', async () => {
    good(await register('Café'));
    for (const name of ['Café', 'café', 'CAFE\u0301', 'Ｃafé'])
      refused(await register(name), 409, 'already_exists', /"Café"/);
    for (const name of [' café2', 'café2 ', 'caf\u200bé', 'caf\né', '\ud800'])
      refused(await register(name), 400, 'validation', /name/);
    const raced = await Promise.all(['Twin', 'twin', 'TWIN'].map((name) => register(name)));
    assert.deepEqual(raced.map(({ status }) => status).toSorted(), [200, 409, 409]);
    good(
      await theirs('register_property', {
        name: 'café',
        type: 'bool',
        access: { chat: { agent: ['read'] } },
      }),
    );
  });

  for (const [what, wrong, words] of [
    ['no location', { access: {} }, /access/],
    ['a location for nobody', { access: { chat: {} } }, /access\.chat/],
    ['an unknown location', { access: { ticket: { agent: ['read'] } } }, /access/],
    ['an unknown user', { access: { chat: { bot: ['read'] } } }, /access/],
    ['no right', { access: { chat: { agent: [] } } }, /access/],
    ['an unknown type', { type: 'float' }, /type/],
    ['a domain of another type', { domain: ['a', 1] }, /domain\[1\]/],
    ['an empty domain', { domain: [] }, /domain/],
    ['a range of texts', { range: { from: 1 } }, /range/],
    ['an empty range', { type: 'int', range: { from: 2, to: 1 } }, /range/],
    ['a range without bounds', { type: 'int', range: {} }, /range/],
    ['a default outside the domain', { domain: ['a'], default_value: 'b' }, /default_value/],
    ['a default of another type', { default_value: 1 }, /default_value/],
    [
      'a default where nothing shows it',
      { access: { chat: { agent: ['read'] } }, default_value: 'a' },
      /default_value/,
    ],
  ] as const)
    it(`are refused with ${what}`, async () => {
      refused(await register('wrong', wrong), 400, 'validation', words);
      assert.equal('wrong' in good(await ours('list_properties')), false);
    });

  it('hold chats, threads and events to type, domain, place and side', async () => {
    good(
      await register('tier', {
        domain: ['gold', 'free'],
        access: { chat: EVERYWHERE.chat, event: { agent: ['write'] } },
      }),
    );
    const { chat_id, thread_id } = good(
      await tom.call('start_chat', { chat: { thread: { events: [{ type: 'message', text: 'Hi' }] } } }),
    );
    const set = (value: unknown) => ({ [app()]: { tier: value } });
    const agent = (what: string, place: object, value: unknown) =>
      chats.agent(`update_${what}_properties`, { ...place, properties: set(value) });
    const thread = { chat_id, thread_id };
    refused(await agent('chat', { id: chat_id }, 7), 400, 'validation', /must be text/);
    refused(await agent('chat', { id: chat_id }, 'silver'), 400, 'validation', /gold/);
    refused(await agent('thread', thread, 'gold'), 400, 'validation', /only with: chat, event/);
    refused(
      await tom.call('update_chat_properties', { id: chat_id, properties: set('gold') }),
      403,
      'authorization',
      /customers/,
    );
    good(await agent('chat', { id: chat_id }, 'gold'));
    good(await agent('event', { ...thread, event_id: `${thread_id}_1` }, 'free'));
    assert.deepEqual(good(await tom.call('get_chat', { chat_id })).properties[app()], { tier: 'gold' });
    const seen = good(await chats.agent('get_chat', { chat_id }));
    assert.deepEqual(seen.properties[app()], { tier: 'gold' });
    assert.equal(
      seen.thread.events[0].properties?.[app()],
      undefined,
      'agents may set it there, not read it',
    );
  });

  it('take their values along when they are unregistered, and a new one of the name starts with what fits', async () => {
    good(await register('colour'));
    good(await ours('update_license_properties', { properties: { [app()]: { colour: 'red' } } }));
    good(await ours('unregister_property', { name: 'colour' }));
    const listed = async () => good(await ours('list_license_properties', { name_prefix: 'colour' }));
    assert.deepEqual(await listed(), {});
    refused(
      await ours('update_license_properties', { properties: { [app()]: { colour: 'red' } } }),
      400,
      'validation',
    );
    good(await register('colour', { type: 'int' }));
    assert.deepEqual(await listed(), {});
    good(await ours('publish_property', { name: 'colour', access_type: ['read'] }));
    refused(await ours('unregister_property', { name: 'colour' }), 400, 'validation', /published/);
    refused(
      await ours('publish_property', { name: 'colour', access_type: ['write'] }),
      400,
      'validation',
      /published/,
    );
    refused(await ours('unregister_property', { name: 'COLOUR' }), 404, 'not_found');
  });

  it('have values with the organization, for whom they are published to', async () => {
    good(await register('motto', { default_value: 'be kind' }));
    const read = async (call: Call) =>
      good(await call('list_license_properties', { namespace: app(), name_prefix: 'mot' }));
    const mine = (motto: string) => ({ [app()]: { motto } });
    assert.deepEqual(await read(ours), mine('be kind'));
    assert.deepEqual(await read(theirs), {});
    assert.deepEqual(await read(personal), {}, 'a personal token belongs to no app');
    refused(
      await theirs('update_license_properties', { properties: mine('x') }),
      400,
      'validation',
      /has no property/,
    );
    good(await ours('publish_property', { name: 'motto', access_type: ['read'] }));
    assert.deepEqual(await read(theirs), mine('be kind'));
    refused(
      await theirs('update_license_properties', { properties: mine('x') }),
      403,
      'authorization',
      /publish/,
    );
    good(await ours('update_license_properties', { properties: mine('be quick') }));
    assert.deepEqual(await read(personal), mine('be quick'));
    good(await ours('delete_license_properties', { properties: { [app()]: ['motto'] } }));
    assert.deepEqual(await read(theirs), mine('be kind'));
  });

  it('stay in their own namespace with a scope that ends with --my', async () => {
    const test = { properties: { test: { int_property: 1 } } };
    refused(await narrow('update_license_properties', test), 403, 'authorization', /own app/);
    refused(
      await narrow('update_group_properties', { group_id: 0, ...test }),
      403,
      'authorization',
      /own app/,
    );
    assert.deepEqual(good(await narrow('list_license_properties')), {});
  });

  it('have values with groups, which go with the group', async () => {
    const { id } = good(await ours('create_group', { name: 'Shoes', agent_priorities: {} }));
    const two = good(await ours('create_group', { name: 'Socks', agent_priorities: {} })).id;
    good(await register('floor', { type: 'int', default_value: 0 }));
    const set = (floor: number) => ({ properties: { [app()]: { floor } } });
    good(await ours('update_group_properties', { group_id: id, ...set(2) }));
    good(await ours('update_group_properties', { id: two, ...set(3) }));
    const list = (group_ids: number[]) =>
      ours('list_groups_properties', { group_ids, namespace: app(), name_prefix: 'floor' });
    const of = (group: number, floor: number) => ({ id: group, properties: { [app()]: { floor } } });
    assert.deepEqual(good(await list([])), [of(0, 0), of(id, 2), of(two, 3)]);
    assert.deepEqual(good(await list([two, id, two])), [of(two, 3), of(id, 2)]);
    refused(await list([id, 99]), 404, 'not_found', /99/);
    good(await ours('delete_group_properties', { id: two, properties: { [app()]: ['floor'] } }));
    assert.deepEqual(good(await list([two])), [of(two, 0)]);
    for (const both of [{}, { id, group_id: id }])
      refused(
        await ours('update_group_properties', { ...both, ...set(1) }),
        400,
        'validation',
        /one of group_id and id/,
      );
    refused(await ours('update_group_properties', { group_id: 99, ...set(1) }), 404, 'not_found');
    good(await ours('delete_group', { id }));
    const { licenseId } = chats.organization;
    assert.deepEqual(
      await chats.world.server.composition.storage.read.properties.values(licenseId, [id]),
      [],
    );
  });

  it('are shown in the configuration of the widget, which has another version with each change', async () => {
    const dynamic = async () =>
      good(await tom.read('get_dynamic_configuration', { group_id: '0' })).livechat.config_version;
    const shown = async (version: string) =>
      good(await tom.read('get_configuration', { group_id: '0', version })).properties;
    const before = await dynamic();
    const plain = await shown(before);
    good(await register('banner'));
    good(await ours('update_license_properties', { properties: { [app()]: { banner: 'Sale' } } }));
    good(
      await ours('update_group_properties', { group_id: 0, properties: { [app()]: { banner: 'Shoes' } } }),
    );
    assert.equal(await dynamic(), before, 'private properties are not shown');
    good(await ours('publish_property', { name: 'banner', access_type: ['read'] }));
    const after = await dynamic();
    assert.notEqual(after, before);
    const { license, group } = await shown(after);
    assert.equal(license[app()].banner, 'Sale');
    assert.equal(group[app()].banner, 'Shoes');
    good(await ours('delete_license_properties', { properties: { [app()]: ['banner'] } }));
    good(await ours('delete_group_properties', { id: 0, properties: { [app()]: ['banner'] } }));
    assert.deepEqual(await shown(await dynamic()), plain);
    const open = good(await tom.read('list_license_properties', { namespace: app(), name: 'banner' }));
    assert.deepEqual(open, {});
  });

  it('can be 200 of one app', async () => {
    const { licenseId } = chats.organization;
    const known = Object.keys(good(await theirs('list_properties'))).length;
    await chats.world.server.composition.storage.write(async ({ properties }) => {
      for (let count = known; count < 200; count += 1)
        await properties.addDefinition(
          licenseId,
          {
            namespace: other.clientId,
            name: `p${count}`,
            type: 'int',
            access: { chat: { agent: ['read'] } },
            description: null,
            domain: null,
            range: null,
            defaultValue: null,
            publicAccess: null,
          },
          chats.world.server.clock.now(),
        );
    });
    const more = { name: 'more', type: 'int', access: { chat: { agent: ['read'] } } };
    refused(await theirs('register_property', more), 409, 'limit_reached', /Unregister/);
  });
});
