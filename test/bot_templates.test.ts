import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type ChatWorld, good, openChatWorld, refused } from './support/chat_world.ts';
import { eachEngine } from './support/databases.ts';
import { type RegisteredApp, tokensFor } from './support/world.ts';

eachEngine((engine) => {
  describe('bot templates of an app', () => {
    let own: ChatWorld;
    let authorization: string;
    let app: RegisteredApp;
    const SCOPES = ['bots.templates:rw', 'agents-bot--all:rw', 'chats--all:rw'];
    before(async () => {
      own = await openChatWorld(engine);
      const manager = await own.world.app(own.owner, own.organization, { scopes: SCOPES });
      authorization = `Bearer ${(await tokensFor(own.world, own.owner, manager)).access_token}`;
    });
    after(() => own.close());

    const fresh = async () => {
      app = await own.world.app(own.owner, own.organization, { scopes: ['chats--all:rw'] });
      return app;
    };
    const call = (name: string, body: object = {}) =>
      own.world.call(
        `/v3.6/configuration/action/${name}`,
        { owner_client_id: app.clientId, ...body },
        authorization,
      );
    const editor = () => ({
      licenseId: own.organization.licenseId,
      accountId: own.owner.accountId,
      actor: { ip: '192.0.2.1', userAgent: 'test', requestId: 'test' },
    });
    const install = () => own.world.server.services.apps.install(editor(), app.details.app.id);
    const uninstall = () => own.world.server.services.apps.uninstall(editor(), app.details.app.id);
    const isThere = async (id: string): Promise<boolean> => (await getBot(id)).status === 200;
    const getBot = (id: string) =>
      own.world.call('/v3.6/configuration/action/get_bot', { id, fields: ['job_title'] }, authorization);
    const issue = (id: string, secret: string) =>
      own.world.call(
        '/v3.6/configuration/action/issue_bot_token',
        {
          bot_id: id,
          client_id: app.clientId,
          bot_secret: secret,
          organization_id: own.organization.id,
        },
        authorization,
      );
    const opens = async (token: string): Promise<boolean> =>
      (await own.world.call('/v3.6/agent/action/list_chats', {}, `Bearer ${token}`)).status === 200;

    it('make a bot with their id and secret where the app is installed, and take it away with it', async () => {
      await fresh();
      const form = {
        name: 'Barista',
        job_title: 'Coffee',
        max_chats_count: 3,
        default_group_priority: 'first',
      };
      const { id, secret } = good(await call('create_bot_template', form));
      assert.equal(await isThere(id), false);
      refused(await issue(id, secret), 403, 'authorization');
      await install();
      const bot = good(await getBot(id));
      assert.deepEqual(
        [bot.name, bot.job_title, bot.max_chats_count, bot.default_group_priority, bot.owner_client_id],
        ['Barista', 'Coffee', 3, 'first', app.clientId],
      );
      const { token } = good(await issue(id, secret));
      assert.equal(await opens(token), true);
      good(
        await own.world.call(
          '/v3.6/agent/action/set_routing_status',
          { agent_id: id, status: 'accepting_chats' },
          authorization,
        ),
      );
      await uninstall();
      assert.deepEqual([await isThere(id), await opens(token)], [false, false]);
      await install();
      assert.deepEqual(
        [await isThere(id), await opens(token)],
        [true, false],
        'the bot is back, its token not',
      );
      assert.equal(await opens(good(await issue(id, secret)).token), true);
      const statuses = good(
        await own.world.call('/v3.6/agent/action/list_routing_statuses', {}, authorization),
      );
      const { status } = statuses.find(({ agent_id }: { agent_id: string }) => agent_id === id);
      assert.equal(status, 'offline', 'a bot that comes back takes no chats by itself');
    });

    it('change installations that are there only where that is asked for', async () => {
      await fresh();
      await install();
      const later = good(await call('create_bot_template', { name: 'Later' }));
      assert.equal(await isThere(later.id), false);
      const now = good(
        await call('create_bot_template', { name: 'Now', affect_existing_installations: true }),
      );
      assert.equal(await isThere(now.id), true);
      const name = async () => good(await getBot(now.id)).name;
      good(await call('update_bot_template', { id: now.id, name: 'Renamed' }));
      assert.equal(await name(), 'Now');
      good(
        await call('update_bot_template', {
          id: now.id,
          job_title: 'Tea',
          affect_existing_installations: true,
        }),
      );
      assert.deepEqual([await name(), good(await getBot(now.id)).job_title], ['Now', 'Tea']);

      const { token } = good(await issue(now.id, now.secret));
      const { secret: unused } = good(await call('reset_bot_template_secret', { id: now.id }));
      assert.equal(await opens(token), true);
      refused(await issue(now.id, unused), 403, 'authorization');
      const { secret } = good(
        await call('reset_bot_template_secret', { id: now.id, affect_existing_installations: true }),
      );
      assert.equal(await opens(token), false);
      refused(await issue(now.id, now.secret), 403, 'authorization');
      good(await issue(now.id, secret));

      good(await call('delete_bot_template', { id: now.id }));
      assert.equal(await isThere(now.id), true);
      const gone = good(
        await call('create_bot_template', { name: 'Gone', affect_existing_installations: true }),
      );
      good(await call('delete_bot_template', { id: gone.id, affect_existing_installations: true }));
      assert.equal(await isThere(gone.id), false);
      await uninstall();
      assert.equal(await isThere(now.id), false, 'what outlived its template goes with the installation');
    });

    it('are five at most, of an app of one’s own organization, and go with the app', async () => {
      await fresh();
      const made = await Promise.all(
        Array.from({ length: 7 }, (_, index) => call('create_bot_template', { name: `Bot ${index}` })),
      );
      assert.equal(made.filter(({ status }) => status === 200).length, 5);
      assert.ok(made.some(({ body }) => body.error?.type === 'limit_reached'));
      const listed = good(await call('list_bot_templates'));
      assert.equal(listed.length, 5);
      assert.deepEqual(Object.keys(listed[0]).sort(), [
        'avatar_path',
        'default_group_priority',
        'id',
        'job_title',
        'max_chats_count',
        'name',
      ]);
      const globex = await own.world.organization();
      const foreign = await own.world.app(await own.world.person(globex), globex);
      for (const owner_client_id of [foreign.clientId, 'nobody'])
        for (const [name, body] of Object.entries({
          create_bot_template: { name: 'x' },
          list_bot_templates: {},
          delete_bot_template: { id: listed[0].id },
        }))
          refused(await call(name, { ...body, owner_client_id }), 400, 'validation', /owner_client_id/);
      refused(await call('update_bot_template', { id: 'none' }), 404, 'not_found');

      const { storage } = own.world.server.composition;
      await install();
      assert.equal(await isThere(listed[0].id), true);
      await own.world.server.services.apps.delete(editor(), app.details.app.id, app.details.app.name);
      assert.equal(await isThere(listed[0].id), false);
      assert.deepEqual(await storage.read.bots.botTemplates(app.clientId), []);
    });

    it('bring all or nothing: an installation that cannot be finished leaves no bot behind', async () => {
      await fresh();
      const { id } = good(await call('create_bot_template', { name: 'Half' }));
      await install();
      await assert.rejects(install(), /installed already/);
      await uninstall();
      await assert.rejects(uninstall(), /not installed/);
      assert.equal(await isThere(id), false);
      const installs = await own.world.server.services.apps.get(editor().licenseId, app.details.app.id);
      assert.ok(installs.client);
      assert.deepEqual(await own.world.server.services.apps.installs(installs.client), [
        { block: 'bot_templates', names: ['Half'] },
      ]);
    });
  });
});
