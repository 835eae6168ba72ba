import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { seconds } from '../server/kernel/clock.ts';
import { eachEngine } from './support/databases.ts';
import { type Answer, openWorld, type RegisteredApp, tokensFor, type World } from './support/world.ts';

const AGENT = '/v3.6/agent/action';

eachEngine((engine) => {
  describe('the action APIs', () => {
    let world: World;
    let organizationId: string;
    let agent: string;
    let customer: string;
    let personal: string;
    let foreignChat: string;
    let app: RegisteredApp;
    before(async () => {
      world = await openWorld(engine);
      const acme = await world.organization();
      organizationId = acme.id;
      const owner = await world.person(acme);
      app = await world.app(owner, acme, { scopes: ['chats--all:rw', 'customers:own'] });
      agent = `Bearer ${(await tokensFor(world, owner, app)).access_token}`;
      customer = await customerOf(agent, app.clientId);
      const member = await world.server.services.identity.member(acme.licenseId, owner.accountId);
      assert.ok(member);
      const form = { name: 'ci', scopes: ['chats--all:ro'], expiresInDays: 365 };
      const made = await world.server.services.grants.personal.create(member.membership, form, {
        ip: '',
        userAgent: '',
        requestId: '',
      });
      personal = `Basic ${btoa(`${owner.accountId}:${made.secret}`)}`;

      const other = await world.organization('Other');
      const stranger = await world.person(other);
      const foreignApp = await world.app(stranger, other, { scopes: ['chats--all:rw', 'customers:own'] });
      const foreignAgent = `Bearer ${(await tokensFor(world, stranger, foreignApp)).access_token}`;
      const foreignCustomer = await customerOf(foreignAgent, foreignApp.clientId);
      const started = await world.call(
        `/v3.6/customer/action/start_chat?organization_id=${other.id}`,
        {},
        foreignCustomer,
      );
      foreignChat = started.body.chat_id;
    });
    after(() => world.close());

    async function customerOf(token: string, clientId: string): Promise<string> {
      const body = { grant_type: 'agent_token', client_id: clientId, response_type: 'token' };
      const answer = await world.call('/v2/customer/token', body, token);
      assert.equal(answer.status, 200, JSON.stringify(answer.body));
      return `Bearer ${answer.body.access_token}`;
    }
    const byAgent = (method: string, body: unknown) => world.call(`${AGENT}/${method}`, body, agent);
    const byCustomer = (method: string, body: unknown) =>
      world.call(`/v3.6/customer/action/${method}?organization_id=${organizationId}`, body, customer);
    function refused(answer: Answer, status: number, type: string, words: RegExp): void {
      assert.equal(answer.status, status, JSON.stringify(answer.body));
      assert.equal(answer.body.error.type, type);
      assert.match(answer.body.error.message, words);
      assert.match(answer.headers.get('x-request-id') ?? '', /^[0-9a-f-]{36}$/);
      assert.equal(answer.headers.get('x-debug-id'), answer.headers.get('x-request-id'));
    }

    it('hold a conversation that every side sees as it should', async () => {
      const started = await byCustomer('start_chat', {
        chat: { thread: { events: [{ type: 'message', text: 'Hello, is anybody there?' }] } },
      });
      assert.equal(started.status, 200, JSON.stringify(started.body));
      const { chat_id: chatId, thread_id: threadId } = started.body;
      assert.match(chatId, /^[A-Z0-9]{10}$/);
      const listed = await byAgent('list_chats', {});
      assert.equal(listed.body.found_chats, 1);
      const [summary] = listed.body.chats_summary;
      assert.equal(summary.id, chatId);
      assert.equal(summary.last_event_per_type.message.event.text, 'Hello, is anybody there?');
      assert.equal(summary.last_thread_summary.id, threadId);
      const answered = await byAgent('send_event', {
        chat_id: chatId,
        event: { type: 'message', text: 'Yes!' },
      });
      assert.equal(answered.status, 200, JSON.stringify(answered.body));
      const hidden = { type: 'message', text: 'A regular.', visibility: 'agents' };
      assert.equal((await byAgent('send_event', { chat_id: chatId, event: hidden })).status, 200);
      const textsOf = (answer: Answer) =>
        answer.body.thread.events
          .filter((one: { type: string }) => one.type === 'message')
          .map((one: { text: string }) => one.text);
      assert.deepEqual(textsOf(await byAgent('get_chat', { chat_id: chatId })), [
        'Hello, is anybody there?',
        'Yes!',
        'A regular.',
      ]);
      assert.deepEqual(textsOf(await byCustomer('get_chat', { chat_id: chatId })), [
        'Hello, is anybody there?',
        'Yes!',
      ]);
      assert.equal((await byAgent('deactivate_chat', { id: chatId })).status, 200);
      refused(
        await byCustomer('send_event', { chat_id: chatId, event: { type: 'message', text: 'Wait' } }),
        409,
        'chat_inactive',
        /.{10}/,
      );
      const resumed = await byAgent('resume_chat', { chat: { id: chatId } });
      assert.equal(resumed.status, 200, JSON.stringify(resumed.body));
      const threads = await byAgent('list_threads', { chat_id: chatId });
      assert.equal(threads.body.found_threads, 2);
      assert.equal(threads.body.threads[0].previous_thread_id, threadId);
    });

    it('take a personal access token by Basic for what its scopes open, and for nothing else', async () => {
      assert.equal((await world.call(`${AGENT}/list_chats`, {}, personal)).status, 200);
      const answer = await world.call(`${AGENT}/start_chat`, {}, personal);
      refused(answer, 403, 'authorization', /start_chat needs one of the scopes .*chats--all:rw/);
      assert.ok(answer.body.error.data.required_scopes.includes('chats--all:rw'));
    });

    it('take JSON without its content type, and an empty body for no parameters', async () => {
      for (const init of [
        { body: '{"limit":1}', headers: { authorization: agent } },
        {
          body: '{"limit":1}',
          headers: { authorization: agent, 'content-type': 'application/x-www-form-urlencoded' },
        },
        { headers: { authorization: agent } },
      ])
        assert.equal(
          (await fetch(`${world.url}${AGENT}/list_chats`, { method: 'POST', ...init })).status,
          200,
        );
    });

    it('answer a browser of any origin before it asks', async () => {
      const preflight = await fetch(`${world.url}${AGENT}/list_chats`, {
        method: 'OPTIONS',
        headers: { origin: 'https://app.example', 'access-control-request-method': 'POST' },
      });
      assert.equal(preflight.status, 204);
      assert.equal(preflight.headers.get('access-control-allow-origin'), '*');
      assert.match(preflight.headers.get('access-control-allow-headers') ?? '', /authorization/);
    });

    describe('refuse, and say what would be right,', () => {
      const list: [string, unknown, RegExp][] = [
        ['a limit of 0', { limit: 0 }, /`limit`: It is 0; it should be at least 1/],
        ['a limit of -1', { limit: -1 }, /at least 1/],
        ['a limit of 101', { limit: 101 }, /at most 100/],
        ['a limit of "x"', { limit: 'x' }, /is "x"/],
        ['a limit of 1.5', { limit: 1.5 }, /integer/],
        ['an unknown sort order', { sort_order: 'up' }, /"asc"/],
        ['filters that are a list', { filters: [] }, /`filters`/],
        ['201 groups', { filters: { group_ids: Array.from({ length: 201 }, (_, id) => id) } }, /at most 200/],
        ['a forged page_id', { page_id: 'AAAA' }, /page_id/],
        ['a page_id that is no text', { page_id: 5 }, /page_id/],
        [
          'two filter types for one property',
          { filters: { properties: { a: { b: { exists: true, values: ['x'] } } } } },
          /properties/,
        ],
      ];
      for (const [what, body, words] of list)
        it(`${what} in List Chats`, async () =>
          refused(await byAgent('list_chats', body), 400, 'validation', words));

      it('a page_id with filters, of another organization, changed, or a month old', async () => {
        for (let count = 0; count < 2; count++) {
          const token = await customerOf(agent, app.clientId);
          await world.call(`/v3.6/customer/action/start_chat?organization_id=${organizationId}`, {}, token);
        }
        const first = await byAgent('list_chats', { limit: 1 });
        const pageId: string = first.body.next_page_id;
        assert.ok(pageId);
        assert.equal((await byAgent('list_chats', { page_id: pageId })).status, 200);
        refused(await byAgent('list_chats', { page_id: pageId, limit: 5 }), 400, 'validation', /page_id/);
        refused(
          await byAgent('list_chats', { page_id: pageId, filters: { active: true } }),
          400,
          'validation',
          /page_id/,
        );
        const changed = `${pageId.slice(0, -2)}${pageId.endsWith('A') ? 'BB' : 'AA'}`;
        refused(await byAgent('list_chats', { page_id: changed }), 400, 'validation', /page_id/);
        refused(
          await byAgent('list_threads', { chat_id: 'PJ0MRSHTDG', page_id: pageId }),
          400,
          'validation',
          /page_id/,
        );
        world.server.clock.advance(seconds(31 * 86_400));
        refused(
          await world.call(`${AGENT}/list_chats`, { page_id: pageId }, personal),
          400,
          'validation',
          /page_id.*(old|expired)|expired/i,
        );
        world.server.clock.advance(-seconds(31 * 86_400));
      });

      it("another organization's chat, exactly like one that does not exist", async () => {
        for (const [method, body] of [
          ['get_chat', (id: string) => ({ chat_id: id })],
          ['list_threads', (id: string) => ({ chat_id: id })],
          ['send_event', (id: string) => ({ chat_id: id, event: { type: 'message', text: 'x' } })],
          ['deactivate_chat', (id: string) => ({ id })],
          ['resume_chat', (id: string) => ({ chat: { id } })],
        ] as const) {
          const foreign = await byAgent(method, body(foreignChat));
          const unknown = await byAgent(method, body('AAAAAAAAAA'));
          assert.equal(foreign.status, 404, method);
          const plain = (answer: Answer, id: string) => JSON.stringify(answer.body).replaceAll(id, 'ID');
          assert.equal(plain(foreign, foreignChat), plain(unknown, 'AAAAAAAAAA'), method);
        }
      });

      it('a text past its limit, and take one that just fits', async () => {
        const started = await byAgent('start_chat', {});
        const send = (text: string) =>
          byAgent('send_event', { chat_id: started.body.chat_id, event: { type: 'message', text } });
        assert.equal((await send('x'.repeat(16 * 1024))).status, 200);
        refused(await send('x'.repeat(16 * 1024 + 1)), 400, 'validation', /text/);
        refused(await send('ü'.repeat(8 * 1024 + 1)), 400, 'validation', /text/);
      });

      it('a method that does not exist, and names the nearest', async () => {
        refused(await byAgent('list_chat', {}), 404, 'not_found', /Did you mean "list_chats"\?/);
        refused(await byAgent('__proto__', {}), 404, 'not_found', /no method/);
      });

      it('another HTTP method, another version, another content type', async () => {
        const ask = async (path: string, init: RequestInit): Promise<Answer> => {
          const response = await fetch(world.url + path, {
            ...init,
            headers: { authorization: agent, ...init.headers },
          });
          return { status: response.status, headers: response.headers, body: await response.json() };
        };
        refused(await ask(`${AGENT}/list_chats`, { method: 'GET' }), 405, 'validation', /POST/);
        refused(
          await ask('/v2.0/agent/action/list_chats', { method: 'POST' }),
          400,
          'unsupported_version',
          /v3\.6/,
        );
        const xml = { method: 'POST', body: '<a/>', headers: { 'content-type': 'text/xml' } };
        refused(await ask(`${AGENT}/list_chats`, xml), 415, 'validation', /text\/xml/);
      });

      it('JSON that is broken, no object, too deep, too large, or says a thing twice', async () => {
        const send = (body: string) => world.call(`${AGENT}/list_chats`, body, agent);
        refused(await send('{"limit":'), 400, 'validation', /not valid JSON/);
        refused(await send('[1]'), 400, 'validation', /JSON object/);
        refused(await send(`{"a":${'['.repeat(40)}${']'.repeat(40)}}`), 400, 'validation', /nested/);
        refused(await send('{"limit":1,"limit":2}'), 400, 'validation', /stands twice/);
        refused(await send('{"__proto__":{}}'), 400, 'validation', /__proto__/);
        refused(await send(`{"a":"${'x'.repeat(1024 * 1024)}"}`), 413, 'entity_too_large', /larger/);
      });

      it("a customer's call without its organization, or with another one", async () => {
        const missing = await world.call('/v3.6/customer/action/list_chats', {}, customer);
        refused(missing, 400, 'validation', /organization_id/);
        const foreign = await world.call(
          `/v3.6/customer/action/list_chats?organization_id=${crypto.randomUUID()}`,
          {},
          customer,
        );
        refused(foreign, 404, 'license_not_found', /.{5}/);
      });
    });
  });
});
