import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { Agent, Customer } from '@livechat/lc-sdk-js';
import { engines } from '../support/databases.ts';
import { openWorld, type Person, type RegisteredApp, tokensFor, type World } from '../support/world.ts';

const SCOPES = ['chats--all:rw', 'customers:own', 'customers:rw', 'customers.ban:rw', 'agents--all:rw'];

// The published package, unchanged: it speaks https alone, and version 3.4.
describe('@livechat/lc-sdk-js, over local https', () => {
  let world: World;
  let app: RegisteredApp;
  let ann: Person;
  let bob: Person;
  let annsTools: InstanceType<typeof Agent.Web>;
  let bobsTools: InstanceType<typeof Agent.Web>;
  let visitor: InstanceType<typeof Customer.Web>;
  let token: string;
  let customerId: string;
  before(async () => {
    world = await openWorld(engines.sqlite, ['--tls']);
    assert.ok(world.server.authorityFile);
    // What NODE_EXTRA_CA_CERTS does for a process from its start on.
    setDefaultCACertificates([
      ...getCACertificates('default'),
      readFileSync(world.server.authorityFile, 'utf8'),
    ]);
    const acme = await world.organization('Acme');
    ann = await world.person(acme);
    bob = await world.person(acme);
    app = await world.app(ann, acme, { scopes: SCOPES });
    // As the app would by register_property.
    await world.server.services.properties.register(
      {
        licenseId: acme.licenseId,
        clientId: app.clientId,
        accountId: ann.accountId,
        actor: { ip: '203.0.113.7', userAgent: 'test', requestId: 'test' },
      },
      { name: 'parcel', type: 'string', access: { chat: { agent: ['read', 'write'] } } },
    );
    const grant = (access_token: string) => () => ({
      accessToken: access_token,
      organizationID: acme.id,
      region: 'dal',
    });
    const options = { apiUrl: new URL(world.url).host };
    token = (await tokensFor(world, ann, app)).access_token;
    annsTools = new Agent.Web(app.clientId, grant(token), options);
    bobsTools = new Agent.Web(app.clientId, grant((await tokensFor(world, bob, app)).access_token), options);
    const customer = await world.call(
      '/v2/customer/token',
      { grant_type: 'agent_token', client_id: app.clientId, response_type: 'token' },
      `Bearer ${token}`,
    );
    assert.equal(customer.status, 200, JSON.stringify(customer.body));
    customerId = customer.body.entity_id;
    visitor = new Customer.Web(app.clientId, grant(customer.body.access_token), options);
  });
  after(() => world.close());

  it('holds a conversation from its start to the ban', async () => {
    await annsTools.setRoutingStatus('accepting_chats' as never);
    await bobsTools.setRoutingStatus('not_accepting_chats' as never);
    await visitor.updateCustomer({ name: 'Tom', email: 'tom@shop.test' });

    const started = await visitor.startChat({
      chat: { thread: { events: [{ type: 'message', text: 'My parcel is lost' }] } },
    } as never);
    const { chat_id, thread_id } = started;
    const [summary] = (await annsTools.listChats()).chats_summary;
    assert.equal(summary?.id, chat_id);
    assert.equal((await annsTools.getCustomer(customerId)).name, 'Tom');

    await annsTools.sendTypingIndicator(chat_id, true);
    await visitor.sendSneakPeek(chat_id, 'It is the bl');
    await annsTools.sendEvent(chat_id, { type: 'message', text: 'Which one?' } as never);
    const seen = await visitor.getChat(chat_id, thread_id);
    const last = seen.thread?.events?.at(-1) as { text?: string; created_at: string } | undefined;
    assert.equal(last?.text, 'Which one?');
    await visitor.markEventsAsSeen(chat_id, last.created_at);

    // The SDK's own upload sends no token; the request it would make, with one.
    const form = new FormData();
    form.append('file', new Blob(['parcel 4711\n'], { type: 'text/plain' }), 'parcel.txt');
    const uploaded = await fetch(`${world.url}/v3.4/agent/action/upload_file`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: form,
    });
    assert.equal(uploaded.status, 200);
    const { url } = (await uploaded.json()) as { url: string };
    await annsTools.sendEvent(chat_id, { type: 'file', url } as never);
    const file = await fetch(url);
    assert.equal(await file.text(), 'parcel 4711\n');

    await annsTools.tagThread(chat_id, thread_id, 'parcel');
    await annsTools.updateChatProperties(chat_id, { [app.clientId]: { parcel: '4711' } } as never);
    const kept = await annsTools.getChat(chat_id);
    assert.equal((kept.properties as Record<string, Record<string, unknown>>)[app.clientId]?.parcel, '4711');

    await bobsTools.setRoutingStatus('accepting_chats' as never);
    const targets = await annsTools.listAgentsForTransfer(chat_id);
    assert.ok(targets.some((agent: { agent_id: string }) => agent.agent_id === bob.email));
    await annsTools.transferChat(chat_id, { target: { type: 'agent', ids: [bob.email] } } as never);
    await bobsTools.sendEvent(chat_id, { type: 'message', text: 'Found: parcel 4711' } as never);
    await bobsTools.deactivateChat(chat_id);

    const found = await annsTools.listArchives({
      filters: { query: 'parcel 4711', tags: { values: ['parcel'] } },
    } as never);
    assert.deepEqual(
      found.chats.map((chat: { id: string }) => chat.id),
      [chat_id],
    );

    await bobsTools.banCustomer(customerId, 3);
    await assert.rejects(visitor.listChats(), (error: { type?: string }) => error.type === 'customer_banned');
  });

  it('is told of mistakes in the documented words', async () => {
    await assert.rejects(
      annsTools.getChat('AAAAAAAAAA'),
      (error: { type?: string }) => error.type === 'not_found',
    );
    await assert.rejects(
      annsTools.sendEvent('AAAAAAAAAA', { type: 'message', text: 5 } as never),
      (error: { type?: string }) => error.type === 'validation',
    );
  });
});
