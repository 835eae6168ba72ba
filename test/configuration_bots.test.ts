import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type ChatWorld, good, openChatWorld, refused } from './support/chat_world.ts';
import { eachEngine } from './support/databases.ts';
import { type Person, type RegisteredApp, tokensFor } from './support/world.ts';

const ISSUED = 'chats--access:rw agents-bot--my:rw customers:rw';

eachEngine((engine) => {
  describe('bots of an organization', () => {
    let own: ChatWorld;
    let admin: Person;
    let app: RegisteredApp;
    let rival: RegisteredApp;
    let keeper: RegisteredApp;
    before(async () => {
      own = await openChatWorld(engine);
      const { world, organization } = own;
      admin = await world.person(organization, { chat: 'administrator', groups: [0] });
      app = await world.app(admin, organization, { scopes: ['agents-bot--my:rw'] });
      rival = await world.app(admin, organization, { scopes: ['agents-bot--my:rw'] });
      keeper = await world.app(admin, organization, { scopes: ['agents-bot--all:rw'] });
      // Only bots are to take chats here.
      for (const person of [own.owner, admin])
        await world.server.services.chats.routing.setStatus(
          {
            licenseId: organization.licenseId,
            agentId: person.email,
            clientId: null,
            people: 'my',
            bots: 'none',
          },
          { status: 'not_accepting_chats' },
        );
    });
    after(() => own.close());

    const by = async (registered: RegisteredApp): Promise<string> =>
      `Bearer ${(await tokensFor(own.world, admin, registered)).access_token}`;
    const personalToken = async (scopes: string[]): Promise<string> => {
      const { storage } = own.world.server.composition;
      const { licenseId } = own.organization;
      const member = await storage.read.identity.member(licenseId, admin.accountId);
      assert.ok(member);
      const { secret } = await own.world.server.services.grants.personal.create(
        member.membership,
        { name: 'bots', scopes, expiresInDays: 1 },
        { ip: '192.0.2.1', userAgent: 'test', requestId: 'test' },
      );
      return `Basic ${btoa(`${admin.accountId}:${secret}`)}`;
    };
    const call = (name: string, body: unknown, authorization: string) =>
      own.world.call(`/v3.6/configuration/action/${name}`, body, authorization);
    const agent = (name: string, body: unknown, authorization: string) =>
      own.world.call(`/v3.6/agent/action/${name}`, body, authorization);
    const make = async (form: object = {}, authorization?: string) =>
      good(await call('create_bot', { name: 'Barista', ...form }, authorization ?? (await by(app))));
    const issue = (made: { id: string; secret: string }, registered = app) =>
      by(registered).then((authorization) =>
        call(
          'issue_bot_token',
          {
            bot_id: made.id,
            client_id: registered.clientId,
            bot_secret: made.secret,
            organization_id: own.organization.id,
          },
          authorization,
        ),
      );
    const tokenOf = async (made: { id: string; secret: string }) => `Bearer ${good(await issue(made)).token}`;
    const agentOf = async (chatId: string): Promise<string | undefined> => {
      const { storage } = own.world.server.composition;
      const found = await storage.read.chats(own.organization.licenseId).chat(chatId);
      return found?.chat.users.find(({ type, present }) => type === 'agent' && present)?.id;
    };
    const start = async (groupIds = [0]): Promise<string> => {
      const customer = await own.customer();
      return good(await customer.call('start_chat', { chat: { access: { group_ids: groupIds } } })).chat_id;
    };

    it('keeps what was set, tells what is asked for, and shows the secret once', async () => {
      const authorization = await by(app);
      const work = {
        timezone: 'Europe/Warsaw',
        schedule: [{ day: 'monday', enabled: true, start: '08:00', end: '16:00' }],
      };
      const made = await make({
        avatar: 'https://example.com/bot.png',
        max_chats_count: 12,
        default_group_priority: 'first',
        job_title: 'Coffee',
        groups: [{ id: 0, priority: 'last' }],
        type: 'ai_agent',
        work_scheduler: work,
      });
      assert.match(made.id, /^[0-9a-f]{32}$/);
      assert.match(made.secret, /^[0-9a-f]{32}$/);
      const fields = ['work_scheduler', 'job_title', 'timezone'];
      const whole = good(await call('get_bot', { id: made.id, fields }, authorization));
      assert.deepEqual(whole, {
        id: made.id,
        name: 'Barista',
        avatar_path: 'https://example.com/bot.png',
        default_group_priority: 'first',
        owner_client_id: app.clientId,
        type: 'ai_agent',
        max_chats_count: 12,
        groups: [{ id: 0, priority: 'last' }],
        job_title: 'Coffee',
        work_scheduler: work,
        timezone: 'Europe/Warsaw',
      });
      good(await call('update_bot', { id: made.id, name: ' Ana  Bot ', avatar: '' }, authorization));
      const [listed] = good(await call('list_bots', { fields: ['job_title'] }, authorization)).filter(
        ({ id }: { id: string }) => id === made.id,
      );
      assert.deepEqual(
        [listed.name, listed.avatar_path, listed.job_title, listed.groups],
        ['Ana Bot', '', 'Coffee', undefined],
      );
      good(await call('delete_bot', { id: made.id }, authorization));
      refused(await call('get_bot', { id: made.id }, await by(keeper)), 404, 'not_found');
    });

    it('opens the bots of its own app alone, unless the token reaches all', async () => {
      const made = await make();
      const mine = await by(rival);
      const all = await by(keeper);
      for (const name of ['get_bot', 'update_bot', 'delete_bot'])
        refused(await call(name, { id: made.id }, mine), 403, 'missing_access', /agents-bot--all/);
      refused(await call('list_bots', { all: true }, mine), 403, 'authorization', /agents-bot--all:ro/);
      const ids = async (body: object, authorization: string) =>
        good(await call('list_bots', body, authorization)).map(({ id }: { id: string }) => id);
      assert.ok(!(await ids({}, all)).includes(made.id));
      assert.ok((await ids({ all: true }, all)).includes(made.id));
      good(await call('update_bot', { id: made.id, name: 'Changed by another' }, all));
      const reset = { id: made.id, owner_client_id: app.clientId };
      refused(await call('reset_bot_secret', reset, mine), 403, 'authorization', /agents-bot--all:rw/);
      refused(await call('reset_bot_secret', { id: made.id }, all), 404, 'not_found');
      good(await call('reset_bot_secret', reset, all));
    });

    it('takes with a personal access token the app that a bot is for, and lists what such tokens made', async () => {
      const personal = await personalToken(['agents-bot--my:rw']);
      refused(await call('create_bot', { name: 'x' }, personal), 400, 'validation', /owner_client_id/);
      const globex = await own.world.organization();
      const theirs = await own.world.app(await own.world.person(globex), globex);
      for (const owner of ['nobody', theirs.clientId])
        refused(
          await call('create_bot', { name: 'x', owner_client_id: owner }, personal),
          400,
          'validation',
          /owner_client_id/,
        );
      const made = await make({ owner_client_id: app.clientId }, personal);
      const byApp = await make();
      const ids = good(await call('list_bots', {}, personal)).map(({ id }: { id: string }) => id);
      assert.ok(ids.includes(made.id) && !ids.includes(byApp.id));
      good(await call('get_bot', { id: made.id }, await by(app)));
      refused(await call('update_bot', { id: byApp.id }, personal), 403, 'missing_access');
      const owner_client_id = app.clientId;
      refused(await call('reset_bot_secret', { id: made.id }, personal), 400, 'validation');
      good(await call('reset_bot_secret', { id: made.id, owner_client_id }, personal));
    });

    it('gives a token by the secret alone, as which the bot writes under its own id', async () => {
      const made = await make();
      const authorization = await tokenOf(made);
      const started = good(
        await agent('start_chat', { chat: { access: { group_ids: [0] } } }, authorization),
      );
      const { chat_id: chatId } = started;
      good(
        await agent(
          'send_event',
          { chat_id: chatId, event: { type: 'message', text: 'Coffee?' } },
          authorization,
        ),
      );
      const { thread } = good(await agent('get_chat', { chat_id: chatId }, authorization));
      const said = thread.events.find(({ type }: { type: string }) => type === 'message');
      assert.deepEqual([said.author_id, said.text], [made.id, 'Coffee?']);
      good(await call('get_bot', { id: made.id }, authorization));
      refused(await call('list_agents', {}, authorization), 403, 'authorization');
    });

    it('refuses a wrong secret, app or organization in the words for no bot at all', async () => {
      const made = await make();
      const wrong = await Promise.all([
        issue({ ...made, secret: '0'.repeat(32) }),
        issue({ ...made, id: 'f'.repeat(32) }),
        issue(made, rival),
      ]);
      for (const answer of wrong) refused(answer, 403, 'authorization', /do not fit together/);
      assert.equal(new Set(wrong.map(({ body }) => body.error.message)).size, 1);
    });

    it('kills the tokens of a bot with its secret, with the bot, and with the app', async () => {
      const made = await make();
      const authorization = await tokenOf(made);
      good(await agent('list_chats', {}, authorization));
      const { secret } = good(await call('reset_bot_secret', { id: made.id }, await by(app)));
      refused(await agent('list_chats', {}, authorization), 401, 'authentication');
      refused(await issue(made), 403, 'authorization');
      const next = await tokenOf({ id: made.id, secret });
      good(await agent('list_chats', {}, next));
      good(await call('delete_bot', { id: made.id }, await by(app)));
      refused(await agent('list_chats', {}, next), 401, 'authentication');

      const doomed = await own.world.app(admin, own.organization, { scopes: ['agents-bot--my:rw'] });
      const last = await make({}, await by(doomed));
      const lastToken = `Bearer ${good(await issue(last, doomed)).token}`;
      good(await agent('list_chats', {}, lastToken));
      const { services } = own.world.server;
      await services.apps.delete(
        {
          licenseId: own.organization.licenseId,
          accountId: admin.accountId,
          actor: { ip: '', userAgent: '', requestId: '' },
        },
        doomed.details.app.id,
        doomed.details.app.name,
      );
      refused(await agent('list_chats', {}, lastToken), 401, 'authentication');
      refused(await call('get_bot', { id: last.id }, await by(keeper)), 404, 'not_found');
    });

    it('is given chats by status, priority and room, and hands them over when it goes', async () => {
      const all = await by(keeper);
      const first = await make({ default_group_priority: 'first', max_chats_count: 1 });
      const second = await make({ groups: [{ id: 0, priority: 'last' }] });
      const supervisor = await make({ default_group_priority: 'supervisor' });
      assert.equal(await agentOf(await start()), undefined, 'a bot that never said so takes no chats');
      for (const { id } of [supervisor, first, second])
        good(await agent('set_routing_status', { agent_id: id, status: 'accepting_chats' }, all));
      const waited = await start();
      assert.equal(await agentOf(waited), second.id, 'the one that waited has filled the first bot');
      await own.world.server.services.chats.routing.tend();
      good(await call('update_bot', { id: first.id, max_chats_count: 2 }, all));
      const chat = await start();
      assert.equal(await agentOf(chat), first.id);
      const targets = good(await own.agent('list_agents_for_transfer', { chat_id: chat }));
      assert.ok(targets.some(({ agent_id }: { agent_id: string }) => agent_id === second.id));
      const statuses = good(await agent('list_routing_statuses', {}, all));
      assert.ok(statuses.some(({ agent_id }: { agent_id: string }) => agent_id === first.id));
      good(await call('delete_bot', { id: first.id }, all));
      await own.world.server.services.chats.routing.tend();
      assert.equal(await agentOf(chat), second.id);
      for (const { id } of [second, supervisor]) good(await call('delete_bot', { id }, all));
    });

    it('lets each request of a batch answer for itself, in their order', async () => {
      const authorization = await by(app);
      const { responses } = good(
        await call('batch_create_bots', { requests: [{ name: 'One' }, {}, { name: 'Two' }] }, authorization),
      );
      assert.equal(responses.length, 3);
      assert.equal(responses[1].error.type, 'validation');
      const [one, , two] = responses;
      const changed = good(
        await call(
          'batch_update_bots',
          { requests: [{ id: one.id, name: 'First' }, { id: 'none' }] },
          authorization,
        ),
      );
      assert.deepEqual([changed.responses[0], changed.responses[1].error.type], [{}, 'missing_access']);
      assert.equal(good(await call('get_bot', { id: one.id }, authorization)).name, 'First');
      const requests = [{ id: two.id }, { id: two.id }, { id: one.id }];
      const gone = good(await call('batch_delete_bots', { requests }, authorization)).responses;
      assert.equal(gone.filter((answer: object) => 'error' in answer).length, 1);
      refused(
        await call('batch_delete_bots', { requests: Array(101).fill({ id: 'x' }) }, authorization),
        400,
        'validation',
      );
    });

    it('leaves a group that is deleted', async () => {
      const { licenseId } = own.organization;
      const { team } = own.world.server.services;
      const id = await team.createGroup(licenseId, { name: 'Short-lived', priorities: {} });
      const made = await make({
        groups: [
          { id: 0, priority: 'last' },
          { id, priority: 'first' },
        ],
      });
      await team.deleteGroup(licenseId, id);
      const { groups } = good(await call('get_bot', { id: made.id }, await by(app)));
      assert.deepEqual(groups, [{ id: 0, priority: 'last' }]);
    });

    it('refuses what makes no sense, naming the field, and changes nothing', async () => {
      const authorization = await by(app);
      const before = good(await call('list_bots', {}, authorization)).length;
      const wrong: [object, RegExp][] = [
        [{ name: '   ' }, /name/],
        [{ avatar: 'javascript:alert(1)' }, /avatar/],
        [{ max_chats_count: 501 }, /max_chats_count/],
        [{ default_group_priority: 'highest' }, /default_group_priority/],
        [{ groups: [{ id: 99, priority: 'first' }] }, /groups\[0\].id/],
        [
          {
            groups: [
              { id: 0, priority: 'first' },
              { id: 0, priority: 'last' },
            ],
          },
          /second time/,
        ],
        [{ groups: [{ id: 0 }] }, /priority/],
        [{ work_scheduler: { timezone: 'Mars/Base', schedule: [] } }, /work_scheduler/],
      ];
      for (const [form, words] of wrong)
        refused(await call('create_bot', { name: 'x', ...form }, authorization), 400, 'validation', words);
      assert.equal(good(await call('list_bots', {}, authorization)).length, before);
    });

    it('gives a token that lives a day and holds the documented scopes, whatever the app has', async () => {
      const made = await make();
      const { token } = good(await issue(made));
      const parsed = own.world.server.composition.tokens.parse(token);
      const { storage } = own.world.server.composition;
      const row = await storage.read.grants.accessToken(parsed?.key ?? 0);
      assert.deepEqual(row?.scopes.split(' ').sort(), ISSUED.split(' ').sort());
      const authorization = `Bearer ${token}`;
      own.world.server.clock.advance(86_400_000_000 - 2_000_000);
      good(await agent('list_chats', {}, authorization));
      own.world.server.clock.advance(4_000_000);
      refused(await agent('list_chats', {}, authorization), 401, 'authentication', /expired/);
    });
  });
});
