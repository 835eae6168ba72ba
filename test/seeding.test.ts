import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ConfigError } from '../server/app/config.ts';
import { demo, demoSeed } from '../server/app/demo/demo_seed.ts';
import { loadSeed } from '../server/domain/seeding/seed_loader.ts';
import type { Seed } from '../server/domain/seeding/seed_schema.ts';
import type { QueryBuilder } from '../server/storage/engine/statement.ts';
import { eachEngine, engines } from './support/databases.ts';
import { scratchFolder } from './support/scratch_folder.ts';
import { openWorld, type World } from './support/world.ts';

const CUSTOMER = '0a0a0a0a-1111-4222-8333-444444444444';

const seed: Seed = {
  organizations: [
    {
      id: '11111111-2222-4333-8444-555555555555',
      name: 'Beans & Co',
      license_id: 4711,
      accounts: [
        {
          id: '99999999-2222-4333-8444-555555555555',
          email: 'Owner@beans.test',
          name: 'Ola Owner',
          password: 'a password of the seed',
          role: 'owner',
        },
        { email: 'agent@beans.test', password: 'a password of the seed', groups: [3] },
      ],
      groups: [{ id: 3, name: 'Roasting' }],
      apps: [
        {
          name: 'Public Board',
          visibility: 'public',
          installed: true,
          blocks: {
            authorization: {
              clientId: '0123456789abcdef0123456789abcdef',
              clientSecret: 'a secret of the seed',
              type: 'server_side_app',
              redirectUri: 'https://board.example/callback, https://board.example/second',
              postLogoutRedirectUri: 'https://board.example/bye, https://board.example/ciao',
              scopes: [{ scope: 'chats--all:ro', required: true }, { scope: 'customers:own' }],
            },
          },
        },
      ],
      personal_access_tokens: [
        {
          account: 'owner@beans.test',
          name: 'ci',
          token: 'dal:a-token-of-the-seed',
          scopes: ['chats--all:ro'],
        },
      ],
      customers: [
        {
          id: CUSTOMER,
          name: 'Carla Customer',
          email: 'carla@home.test',
          session_fields: [{ plan: 'gold' }],
        },
        { name: 'Without a chat' },
      ],
      chats: [
        {
          id: 'first',
          customer: 'carla@home.test',
          groups: [3],
          properties: { test: { string_property: 'B-1' } },
          followers: ['owner@beans.test'],
          threads: [
            {
              created_at: '2026-01-31T07:11:28.288340Z',
              tags: ['order'],
              closed_by: 'AGENT@beans.test',
              events: [
                { author: 'customer', text: 'Where is my order? ☕' },
                { author: 'agent@beans.test', text: 'On its way.', after_seconds: 12.5 },
                { author: 'agent@beans.test', text: 'Carrier is slow again', visibility: 'agents' },
              ],
            },
            {
              minutes_ago: 30,
              open: true,
              agents: ['agent@beans.test'],
              events: [
                { author: 'customer', text: 'It came!' },
                {
                  author: 'system',
                  type: 'system_message',
                  system_message_type: 'custom',
                  text: 'Delivered',
                },
                { author: 'customer', type: 'custom', content: { stars: 5 } },
              ],
            },
          ],
        },
      ],
      sample_chats: 30,
    },
    {
      name: 'Second Office',
      accounts: [{ email: 'owner@beans.test', role: 'owner' }],
    },
  ],
};

const tables = [
  'accounts',
  'organizations',
  'memberships',
  'groups',
  'group_memberships',
  'apps',
  'clients',
  'client_secrets',
  'installations',
  'personal_access_tokens',
  'audit_log',
  'customers',
  'chats',
  'threads',
  'events',
] as const;

/** Every row that a seed may add, as text. */
async function everything(world: World): Promise<string> {
  await world.settle();
  const { database } = world.server.composition;
  const all: Record<string, unknown[]> = {};
  for (const table of tables)
    all[table] = (
      await database.read.query((db: QueryBuilder) => db.selectFrom(table as 'accounts').selectAll())
    )
      .map((row) => JSON.stringify(row))
      .sort();
  return JSON.stringify(all, null, 1);
}

eachEngine((engine) => {
  describe('a seed', () => {
    const basic = Buffer.from('99999999-2222-4333-8444-555555555555:dal:a-token-of-the-seed').toString(
      'base64',
    );
    let world: World;
    const load = (input: unknown) => loadSeed(input, world.server.composition);
    before(async () => {
      world = await openWorld(engine);
    });
    after(() => world.close());

    it('adds what it names', async () => {
      const report = await load(seed);
      assert.deepEqual(report, {
        organizations: 2,
        accounts: 2,
        memberships: 3,
        groups: 3,
        apps: 1,
        clients: 1,
        personalAccessTokens: 1,
        customers: 2,
        chats: 31,
      });
    });

    it('changes nothing when it is loaded again, also later', async () => {
      const before = await everything(world);
      world.server.clock.advance(3_600_000_000);
      const report = await load(seed);
      assert.deepEqual(new Set(Object.values(report)), new Set([0]));
      assert.equal(await everything(world), before);
    });

    it('does not touch what people changed since', async () => {
      const { services, storage } = world.server.composition;
      const member = await storage.read.identity.accountByEmail('owner@beans.test');
      assert.ok(member);
      await services.identity.rename(member.id, 'Ola Married');
      await load(seed);
      assert.equal((await storage.read.identity.account(member.id))?.name, 'Ola Married');
    });

    it('honours fixed ids: organization, license, account', async () => {
      const { identity } = world.server.composition.storage.read;
      const organization = await identity.organizationById('11111111-2222-4333-8444-555555555555');
      assert.equal(organization?.licenseId, 4711);
      const members = await identity.members(4711);
      assert.deepEqual(
        members.map(({ account, membership, groupIds }) => [
          account.email,
          membership.accountRole,
          membership.chatRole,
          groupIds,
        ]),
        [
          ['Owner@beans.test', 'owner', 'administrator', [0]],
          ['agent@beans.test', 'member', 'normal', [0, 3]],
        ],
      );
      assert.equal(members[0]?.account.id, '99999999-2222-4333-8444-555555555555');
      assert.ok(members[0]?.account.emailConfirmedAt !== null);
    });

    it('lets its people log in, and its apps and tokens work', async () => {
      const browser = world.stranger();
      await browser.logIn('owner@beans.test', 'a password of the seed');
      const query = new URLSearchParams({
        response_type: 'code',
        client_id: '0123456789abcdef0123456789abcdef',
        redirect_uri: 'https://board.example/second',
        organization_id: '11111111-2222-4333-8444-555555555555',
      });
      let { location = '', ...page } = await browser.get(`/?${query}`);
      if (location.startsWith('/grant-access'))
        ({ location = '', ...page } = await browser.submit(location, { decision: 'allow' }));
      const code = new URL(location || 'about:blank').searchParams.get('code');
      assert.ok(code, `${location} ${page.text.slice(0, 300)}`);
      const exchanged = await world.token({
        grant_type: 'authorization_code',
        code,
        client_id: '0123456789abcdef0123456789abcdef',
        client_secret: 'a secret of the seed',
        redirect_uri: 'https://board.example/second',
      });
      assert.equal(exchanged.status, 200, JSON.stringify(exchanged.body));
      const known = await world.server.services.apps.client('0123456789abcdef0123456789abcdef');
      assert.deepEqual(known?.client.postLogoutRedirectUris, [
        'https://board.example/bye',
        'https://board.example/ciao',
      ]);

      const listed = await world.call('/v3.6/agent/action/list_chats', { limit: 100 }, `Basic ${basic}`);
      assert.equal(listed.status, 200, JSON.stringify(listed.body));
      assert.equal(listed.body.found_chats, 31);
    });

    it('writes chats as they are told, at the times they are told', async () => {
      const listed = await world.call(
        '/v3.6/agent/action/list_chats',
        { filters: { properties: { test: { string_property: { values: ['B-1'] } } } } },
        `Basic ${basic}`,
      );
      const [chat] = listed.body.chats_summary;
      assert.deepEqual(chat.access, { group_ids: [3] });
      assert.equal(chat.is_followed, true);
      assert.equal(chat.last_thread_summary.active, true);
      assert.deepEqual(chat.last_event_per_type.custom.event.content, { stars: 5 });
      const threads = await world.call(
        '/v3.6/agent/action/list_threads',
        { chat_id: chat.id, sort_order: 'asc' },
        `Basic ${basic}`,
      );
      const [first, second] = threads.body.threads;
      assert.equal(first.created_at, '2026-01-31T07:11:28.288340Z');
      assert.deepEqual(first.tags, ['order']);
      assert.deepEqual(
        first.events.map((event: { text: string }) => event.text),
        ['Where is my order? ☕', 'On its way.', 'Carrier is slow again', 'agent closed the chat'],
      );
      assert.equal(first.events[1].created_at, '2026-01-31T07:12:10.788340Z');
      assert.equal(first.events[2].visibility, 'agents');
      assert.equal(second.active, true);
      const customer = chat.users.find((user: { type: string }) => user.type === 'customer');
      assert.equal(customer.id, CUSTOMER);
      assert.equal(customer.name, 'Carla Customer');
    });

    it('makes sample chats that are open and archived, of several groups, people and kinds', async () => {
      const list = (filters: object) =>
        world.call('/v3.6/agent/action/list_chats', { filters, limit: 100 }, `Basic ${basic}`);
      const open = (await list({ active: true })).body.chats_summary.length;
      const archived = (await list({ active: false, include_chats_without_threads: false })).body
        .chats_summary;
      assert.ok(open >= 6, `${open} are open`);
      assert.ok(archived.length >= 15);
      const { chats_summary: all } = (await list({})).body;
      const now = new Date(world.server.clock.now() / 1000).toISOString();
      for (const chat of all) {
        const customer = chat.users.find((user: { type: string }) => user.type === 'customer');
        assert.ok(customer.name);
        for (const { event } of Object.values(chat.last_event_per_type) as {
          event: { created_at: string };
        }[])
          assert.ok(event.created_at <= now, 'nothing is said in the future');
      }
      const types = new Set(
        all.flatMap((chat: { last_event_per_type: object }) => Object.keys(chat.last_event_per_type)),
      );
      assert.ok(types.has('message') && types.has('filled_form') && types.has('system_message'));
      const groups = new Set(
        all.flatMap((chat: { access: { group_ids: number[] } }) => chat.access.group_ids),
      );
      assert.deepEqual(groups, new Set([0, 3]));
      const without = await list({ include_chats_without_threads: true, active: false });
      assert.ok(without.body.chats_summary.length > archived.length, 'one has no thread yet');
    });

    it('adds more sample chats to those that are there', async () => {
      const more = structuredClone(seed);
      const [organization] = more.organizations;
      assert.ok(organization);
      organization.sample_chats = 33;
      assert.equal((await load(more)).chats, 3);
      assert.equal((await load(more)).chats, 0);
    });

    it('takes the demo', async () => {
      const report = await load(demoSeed);
      assert.equal(report.organizations, 1);
      assert.ok(report.chats >= 25);
      assert.deepEqual(new Set(Object.values(await load(demoSeed))), new Set([0]));
      const member = await world.server.composition.storage.read.identity.member(
        demo.licenseId,
        demo.owner.id,
      );
      assert.equal(member?.membership.accountRole, 'owner');
    });

    const contradictions: [string, Seed, string, RegExp][] = [
      [
        'a license id of another organization',
        { organizations: [{ id: '22222222-2222-4333-8444-555555555555', name: 'X', license_id: 4711 }] },
        'organizations[0].license_id',
        /4711, which belongs to another organization/,
      ],
      [
        'a new account without a password',
        { organizations: [{ name: 'X', accounts: [{ email: 'new@x.test', role: 'owner' }] }] },
        'organizations[0].accounts[0].password',
        /is missing/,
      ],
      [
        'a client id of another organization',
        {
          organizations: [
            {
              name: 'X',
              accounts: [{ email: 'owner@beans.test', role: 'owner' }],
              apps: [
                {
                  name: 'Mine now',
                  blocks: {
                    authorization: { clientId: '0123456789abcdef0123456789abcdef', type: 'javascript_app' },
                  },
                },
              ],
            },
          ],
        },
        'organizations[0].apps[0].blocks.authorization.clientId',
        /belongs to an app of another organization/,
      ],
    ];
    for (const [title, input, field, words] of contradictions)
      it(`refuses ${title}, and adds nothing`, async () => {
        const before = await everything(world);
        await assert.rejects(load(input), (error: { fields: { field: string; message: string }[] }) => {
          assert.equal(error.fields[0]?.field, field);
          assert.match(error.fields[0]?.message ?? '', words);
          return true;
        });
        assert.equal(await everything(world), before);
      });
  });
});

describe('--seed', () => {
  const folder = scratchFolder('seed');
  const file = join(folder, 'seed.json');
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('loads a file at the start', async () => {
    writeFileSync(file, JSON.stringify(seed));
    const world = await openWorld(engines.sqlite, ['--seed', file]);
    assert.ok(await world.server.services.identity.organization(4711));
    await world.close();
  });

  it('stops the start when the file cannot be loaded, and says what to mend', async () => {
    writeFileSync(file, '{"organizations": [{"name": "A", "licence_id": 5}]}');
    await assert.rejects(openWorld(engines.sqlite, ['--seed', file]), (error) => {
      assert.ok(error instanceof ConfigError);
      assert.match(
        error.message,
        /seed\.json.*\n.*organizations\[0\]\.licence_id: .*Did you mean license_id\?/s,
      );
      return true;
    });
    writeFileSync(file, '{"organizations": ');
    await assert.rejects(openWorld(engines.sqlite, ['--seed', file]), /is not valid JSON/);
  });
});
