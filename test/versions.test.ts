import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, before, describe, it } from 'node:test';
import { Agent, Customer } from '@livechat/lc-sdk-js';
import { openWorld, type RegisteredApp, tokensFor, type World } from './support/world.ts';

describe('other versions of the action APIs', () => {
  let world: World;
  let organizationId: string;
  let app: RegisteredApp;
  let agentToken: string;
  let customerToken: string;
  before(async () => {
    world = await openWorld();
    const acme = await world.organization();
    organizationId = acme.id;
    const owner = await world.person(acme);
    app = await world.app(owner, acme, { scopes: ['chats--all:rw', 'customers:own'] });
    agentToken = (await tokensFor(world, owner, app)).access_token;
    const grant = { grant_type: 'agent_token', client_id: app.clientId, response_type: 'token' };
    customerToken = (await world.call('/v2/customer/token', grant, `Bearer ${agentToken}`)).body.access_token;
    const started = await byCustomer('v3.6', 'start_chat', {
      chat: { thread: { events: [{ type: 'message', text: 'Hello' }] } },
    });
    assert.equal(started.status, 200, JSON.stringify(started.body));
  });
  after(() => world.close());

  const byAgent = (version: string, method: string, body: unknown) =>
    world.call(`/${version}/agent/action/${method}`, body, `Bearer ${agentToken}`);
  const byCustomer = (version: string, method: string, body: unknown) =>
    world.call(
      `/${version}/customer/action/${method}?organization_id=${organizationId}`,
      body,
      `Bearer ${customerToken}`,
    );

  it('answer in their own words', async () => {
    for (const ask of [byAgent, byCustomer]) {
      for (const version of ['v3.4', 'v3.5', 'v3.6']) {
        const { status, body } = await ask(version, 'list_chats', {});
        assert.equal(status, 200, JSON.stringify(body));
        assert.equal(body.chats_summary.length, 1);
        assert.equal(body.chats_summary[0].last_event_per_type.message.event.text, 'Hello');
      }
    }
    const agents = (await byAgent('v3.7', 'list_chats', {})).body;
    const [chat] = agents.chats_info;
    assert.equal(chat.last_thread_info.last_event_per_type.message.event.text, 'Hello');
    const old = [agents.chats_summary, chat.last_thread_summary, chat.last_event_per_type];
    assert.deepEqual(old, [undefined, undefined, undefined]);
    const customers = (await byCustomer('v3.7', 'list_chats', {})).body;
    assert.equal(customers.chats_info[0].last_event_per_type.message.event.text, 'Hello');
    const found = async (version: string, filters: object) =>
      (await byAgent(version, 'list_chats', { filters })).body.found_chats;
    assert.equal(await found('v3.5', { include_active: true }), 1);
    assert.equal(await found('v3.5', { include_active: false }), 0);
    const wrong = await byAgent('v3.5', 'list_chats', { filters: { include_active: 'x' } });
    assert.deepEqual([wrong.status, wrong.body.error.type], [400, 'validation']);
  });

  it('say until when they are kept, also where they refuse', async () => {
    const headersOf = async (version: string, body: unknown = {}) => {
      const { headers } = await byAgent(version, 'list_chats', body);
      return [headers.get('legacy'), headers.get('deprecation')];
    };
    assert.deepEqual(await headersOf('v3.4'), [null, '2027-06-30']);
    assert.deepEqual(await headersOf('v3.5'), ['2028-06-30', null]);
    assert.deepEqual(await headersOf('v3.5', { limit: 0 }), ['2028-06-30', null]);
    for (const version of ['v3.6', 'v3.7']) assert.deepEqual(await headersOf(version), [null, null]);
  });

  it('may be named in a header, and are the stable one where none is', async () => {
    const ask = async (version?: string) => {
      const response = await fetch(`${world.url}/agent/action/list_chats`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${agentToken}`,
          ...(version === undefined ? {} : { 'x-api-version': version }),
        },
        body: '{}',
      });
      return { status: response.status, legacy: response.headers.get('legacy'), body: await response.json() };
    };
    assert.deepEqual(Object.keys((await ask()).body), ['chats_summary', 'found_chats']);
    assert.deepEqual(Object.keys((await ask('3.7')).body), ['chats_info', 'found_chats']);
    assert.equal((await ask('3.5')).legacy, '2028-06-30');
    const unknown = await ask('2.0');
    assert.deepEqual([unknown.status, unknown.body.error.type], [400, 'unsupported_version']);
  });

  it('refuse what is not a version, and a method that is in another one', async () => {
    const unknown = await byAgent('v4.0', 'list_chats', {});
    assert.deepEqual([unknown.status, unknown.body.error.type], [400, 'unsupported_version']);
    assert.deepEqual(unknown.body.error.data.supported_versions, ['3.4', '3.5', '3.6', '3.7']);
    const absent = await byCustomer('v3.7', 'get_predicted_agent', {});
    assert.deepEqual([absent.status, absent.body.error.type], [404, 'not_found']);
    const slip = await byAgent('v3.5', 'list_chat', {});
    assert.match(slip.body.error.message, /Did you mean "list_chats"/);
    const response = await fetch(`${world.url}/v3.5/agent/action/list_chats`);
    assert.equal(response.status, 405);
  });

  it('are enough for the published SDK, which speaks 3.4', async () => {
    // The SDK knows https alone; a proxy would stand there. Here the scheme is changed as a request leaves.
    const sdk = createRequire(import.meta.resolve('@livechat/lc-sdk-js'));
    const { default: axios } = sdk('axios') as { default: AxiosLike };
    const added = axios.interceptors.request.use((config) => ({
      ...config,
      url: config.url?.replace('https://', 'http://'),
    }));
    try {
      const options = { apiUrl: new URL(world.url).host };
      const tokenOf = (accessToken: string) => () => ({
        accessToken,
        organizationID: organizationId,
        region: 'dal',
      });
      const agent = new Agent.Web(app.clientId, tokenOf(agentToken), options);
      const customer = new Customer.Web(app.clientId, tokenOf(customerToken), options);
      const [chat] = (await customer.listChats()).chats_summary;
      assert.ok(chat);
      const sent = await agent.sendEvent(chat.id, { type: 'message', text: 'Hi' } as never);
      assert.match(sent.event_id, /_\d+$/);
      const seen = await customer.getChat(chat.id);
      assert.ok(JSON.stringify(seen).includes('"Hi"'));
      await agent.deactivateChat(chat.id);
      await customer.resumeChat(chat.id);
      assert.equal((await agent.listThreads(chat.id)).found_threads, 2);
      assert.equal((await agent.listChats({ filters: { include_active: false } })).chats_summary.length, 0);
      await assert.rejects(agent.getChat('nothere'), (error: unknown) => {
        assert.match((error as { type: string }).type, /validation|not_found/);
        return true;
      });
    } finally {
      axios.interceptors.request.eject(added);
    }
  });
});

interface AxiosLike {
  interceptors: {
    request: {
      use(change: (config: { url?: string }) => { url?: string | undefined }): number;
      eject(id: number): void;
    };
  };
}
