import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { seconds } from '../../server/kernel/clock.ts';
import { eachEngine } from '../support/databases.ts';
import {
  type Answer,
  type Organization,
  openWorld,
  type Person,
  type RegisteredApp,
  type World,
} from '../support/world.ts';
import { basic, byForm, opens, post } from './support.ts';

eachEngine((engine) => {
  describe('client_credentials (RFC 6749 section 4.4)', () => {
    let world: World;
    let acme: Organization;
    let owner: Person;
    before(async () => {
      world = await openWorld(engine);
      acme = await world.organization();
      owner = await world.person(acme);
    });
    after(() => world.close());

    const scopes = ['chats--all:rw', 'customers:rw', 'agents--all:rw'];
    const editor = () => ({
      licenseId: acme.licenseId,
      accountId: owner.accountId,
      actor: { ip: '127.0.0.1', userAgent: 'test', requestId: 'test' },
    });
    const give = (app: RegisteredApp, name = 'Clerk') =>
      world.server.services.bots.give(editor(), app.details.app.id, name);
    const withBot = async () => {
      const app = await world.app(owner, acme, { scopes });
      return { app, bot: await give(app) };
    };
    const ask = (form: Record<string, string>, headers: Record<string, string> = {}): Promise<Answer> =>
      post(world, '/oauth2/token', { grant_type: 'client_credentials', ...form }, headers);
    const tokenOf = async (app: RegisteredApp, scope = 'chats--access:rw'): Promise<string> => {
      const answer = await ask({ scope, ...byForm(app) });
      assert.equal(answer.status, 200, JSON.stringify(answer.body));
      return answer.body.access_token;
    };
    const agent = (method: string, token: string, body: unknown = {}) =>
      world.call(`/v3.6/agent/action/${method}`, body, `Bearer ${token}`);

    it('gives a token for the app’s bot, by Basic or by the form, and no refresh token', async () => {
      const { app, bot } = await withBot();
      for (const [form, headers] of [
        [{}, basic(app)],
        [byForm(app), {}],
      ] as const) {
        const {
          status,
          body,
          headers: answered,
        } = await ask({ scope: 'chats--access:rw', ...form }, headers);
        assert.equal(status, 200, JSON.stringify(body));
        assert.equal(answered.get('cache-control'), 'no-store');
        const { access_token: token, ...rest } = body;
        assert.match(token, /^dal:a[A-Za-z0-9_-]{43}$/);
        assert.deepEqual(rest, {
          token_type: 'Bearer',
          expires_in: 28_800,
          scope: 'chats--access:rw',
          bot_id: bot.id,
          organization_id: acme.id,
        });
      }
    });

    it('lets the bot start a chat, write to it and list chats, under its own name', async () => {
      const { app, bot } = await withBot();
      const token = await tokenOf(app);
      const started = await agent('start_chat', token, { chat: { access: { group_ids: [0] } } });
      assert.equal(started.status, 200, JSON.stringify(started.body));
      const { chat_id: chatId } = started.body;
      const event = { type: 'message', text: 'Good morning' };
      const sent = await agent('send_event', token, { chat_id: chatId, event });
      assert.equal(sent.status, 200, JSON.stringify(sent.body));
      const { body: chat } = await agent('get_chat', token, { chat_id: chatId });
      const [user] = chat.users;
      assert.deepEqual(
        [user.id, user.type, user.name, user.email, user.present],
        [bot.id, 'agent', 'Clerk', undefined, true],
      );
      const message = chat.thread.events.find(({ type }: { type: string }) => type === 'message');
      assert.deepEqual([message.author_id, message.text], [bot.id, 'Good morning']);
      const listed = await agent('list_chats', token);
      assert.ok(listed.body.chats_summary.some(({ id }: { id: string }) => id === chatId));
    });

    it('shows the bot the chats of its groups and its own, and no others', async () => {
      const { app } = await withBot();
      const other = await withBot();
      await world.server.composition.storage.write(({ identity }) =>
        identity.addGroup(acme.licenseId, { id: 7, name: 'Sales' }, world.server.clock.now()),
      );
      // Names and groups are remembered for a second.
      world.server.clock.advance(seconds(2));
      const person = await world.person(acme, { groups: [0, 7] });
      const { secret } = await world.server.services.grants.personal.create(
        {
          licenseId: acme.licenseId,
          accountId: person.accountId,
          accountRole: 'owner',
          chatRole: 'administrator',
          suspendedAt: null,
          createdAt: 0,
          version: 1,
        },
        { name: 'x', scopes: ['chats--all:rw'], expiresInDays: 1 },
        editor().actor,
      );
      const personal = `Basic ${Buffer.from(`${person.accountId}:${secret}`).toString('base64')}`;
      const sales = await world.call(
        '/v3.6/agent/action/start_chat',
        { chat: { access: { group_ids: [7] } } },
        personal,
      );
      assert.equal(sales.status, 200, JSON.stringify(sales.body));
      const hidden = await agent('get_chat', await tokenOf(app), { chat_id: sales.body.chat_id });
      assert.deepEqual([hidden.status, hidden.body.error.type], [403, 'missing_access']);
      // Own chats alone, where it asked for these alone.
      const mine = await tokenOf(other.app, 'chats--my:rw');
      assert.deepEqual((await agent('list_chats', mine)).body.chats_summary, []);
    });

    it('refuses what cannot be, and says where to mend it', async () => {
      const app = await world.app(owner, acme, { scopes });
      const webApp = await world.app(owner, acme, { type: 'javascript_app', scopes });
      const { app: bots } = await withBot();
      const link = `${world.url}/console/apps/${app.details.app.id}/authorization`;
      const scope = 'chats--access:ro';
      const refusals: [Record<string, string>, string, RegExp][] = [
        [{ scope, ...byForm(app) }, 'unauthorized_client', new RegExp(`no bot identity.*${link}`)],
        [{ scope, ...byForm(webApp) }, 'unauthorized_client', /server-side apps/],
        [{ ...byForm(bots) }, 'invalid_scope', /scope is missing.*may ask for chats--access:rw/],
        [{ scope: 'chats--all:ro', ...byForm(bots) }, 'invalid_scope', /No bot may hold chats--all:ro/],
        [{ scope: 'banlist_read', ...byForm(bots) }, 'invalid_scope', /does not have banlist_read/],
        [{ scope: 'nonsense', ...byForm(bots) }, 'invalid_scope', /nonsense/],
        [
          { scope, resource: 'https://elsewhere.example', ...byForm(bots) },
          'invalid_target',
          /not an address of this server/,
        ],
      ];
      for (const [form, error, words] of refusals) {
        const { status, body } = await ask(form);
        assert.deepEqual([status, body.error], [400, error], JSON.stringify(body));
        assert.match(body.error_description, words);
      }
      const wrong = await ask({ scope, client_id: bots.clientId, client_secret: 'guessed' });
      assert.deepEqual([wrong.status, wrong.body.error], [401, 'invalid_client']);
      await assert.rejects(give(webApp), /JavaScript app/);
      await assert.rejects(give(bots), /already/);
    });

    it('keeps a token to the API that it was asked for', async () => {
      const { app } = await withBot();
      const resource = (path: string) => ({ resource: world.url + path, scope: 'chats--access:ro' });
      const there = await ask({ ...resource('/v3.6/agent'), ...byForm(app) });
      assert.equal(await opens(world, there.body.access_token), 200);
      const elsewhere = await ask({ ...resource('/v3.6/configuration'), ...byForm(app) });
      assert.equal(await opens(world, elsewhere.body.access_token), 401);
    });

    it('says what a bot’s token is worth, and takes it back alone', async () => {
      const { app, bot } = await withBot();
      const [one, two] = [await tokenOf(app), await tokenOf(app)];
      const look = async (token: string) =>
        (await post(world, '/oauth2/introspect', { token }, basic(app))).body;
      const { active, sub, username, scope, client_id } = await look(one);
      assert.deepEqual(
        { active, sub, username, scope, client_id },
        {
          active: true,
          sub: bot.id,
          username: undefined,
          scope: 'chats--access:rw',
          client_id: app.clientId,
        },
      );
      assert.equal((await post(world, '/oauth2/revoke', { token: one }, basic(app))).status, 200);
      assert.deepEqual(await look(one), { active: false });
      assert.deepEqual([await opens(world, one), await opens(world, two)], [401, 200]);
    });

    const deaths: [string, (app: RegisteredApp) => Promise<unknown>][] = [
      ['the bot is removed', ({ details }) => world.server.services.bots.remove(editor(), details.app.id)],
      [
        'the app is deleted',
        ({ details }) => world.server.services.apps.delete(editor(), details.app.id, details.app.name),
      ],
      [
        'the Authorization block is removed',
        async ({ details }) => {
          const { app } = await world.server.services.apps.get(acme.licenseId, details.app.id);
          return world.server.services.apps.removeAuthorization(editor(), app.id, app.version);
        },
      ],
    ];
    for (const [what, kill] of deaths)
      it(`kills every token of it at once when ${what}`, async () => {
        const { app, bot } = await withBot();
        const token = await tokenOf(app);
        assert.equal(await opens(world, token), 200);
        await kill(app);
        // On PostgreSQL a cache of another process may believe it for a second; this one hears of it.
        assert.equal(await opens(world, token), 401);
        assert.ok((await ask({ scope: 'chats--access:rw', ...byForm(app) })).status >= 400);
        const [row] = (await world.server.composition.storage.read.bots.bots(acme.licenseId)).filter(
          ({ id }) => id === bot.id,
        );
        assert.ok(row?.removedAt, 'it stays under its name in old chats');
      });

    it('kills what a retired secret got, and nothing else', async () => {
      const { app } = await withBot();
      const { apps } = world.server.services;
      const added = await apps.addSecret(editor(), app.details.app.id);
      const old = await tokenOf(app);
      const fresh = await tokenOf({ ...app, clientSecret: added.clientSecret });
      const [first] = added.details.secrets;
      assert.ok(first);
      await apps.retireSecret(editor(), app.details.app.id, first.key);
      assert.deepEqual([await opens(world, old), await opens(world, fresh)], [401, 200]);
    });

    it('keeps to the scopes that the app has now', async () => {
      const { app } = await withBot();
      const token = await tokenOf(app);
      assert.equal(await opens(world, token), 200);
      const { details } = app;
      const { app: now, client } = await world.server.services.apps.get(acme.licenseId, details.app.id);
      assert.ok(client);
      await world.server.services.apps.updateAuthorization(editor(), now.id, {
        version: now.version,
        redirectUris: client.redirectUris,
        scopes: [{ scope: 'customers:rw', required: true }],
        profile: client.profile,
        switches: client.switches,
      });
      assert.equal(await opens(world, token), 403);
    });

    it('can be given anew, and the old bot’s tokens stay dead', async () => {
      const { app } = await withBot();
      const token = await tokenOf(app);
      await world.server.services.bots.remove(editor(), app.details.app.id);
      await give(app, 'Clerk the second');
      assert.equal(await opens(world, token), 401);
      assert.equal(await opens(world, await tokenOf(app)), 200);
    });

    it('is given to one of many who ask at once', async () => {
      const app = await world.app(owner, acme, { scopes });
      const results = await Promise.allSettled(Array.from({ length: 8 }, () => give(app)));
      assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1);
    });

    it('leaves no living token when the bot is removed while tokens are asked for', async () => {
      const { app } = await withBot();
      const asked = Array.from({ length: 20 }, () => ask({ scope: 'chats--access:ro', ...byForm(app) }));
      const removed = world.server.services.bots.remove(editor(), app.details.app.id);
      const answers = await Promise.all(asked);
      await removed;
      world.server.clock.advance(seconds(2));
      for (const { status, body } of answers)
        if (status === 200) assert.equal(await opens(world, body.access_token), 401);
    });

    it('gives customers no tokens in the name of a bot', async () => {
      const { app } = await withBot();
      const token = await tokenOf(app);
      const answer = await fetch(`${world.url}/v2/customer/token`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          grant_type: 'agent_token',
          client_id: app.clientId,
          response_type: 'token',
          organization_id: acme.id,
        }),
      });
      assert.ok([400, 401, 403].includes(answer.status), String(answer.status));
    });
  });
});
