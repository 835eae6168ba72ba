import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { AddressRefused } from '../server/domain/identity/mail_outbox.ts';
import { type ChatWorld, good, openChatWorld, refused } from './support/chat_world.ts';
import { consoleOwner, type SignedIn } from './support/endpoints/people.ts';
import { type Answer, PASSWORD, tokensFor } from './support/world.ts';

const SCOPES = [
  'chats--all:rw',
  'customers:own',
  'customers.ban:rw',
  'groups--all:rw',
  'agents--all:rw',
  'organization--my:rw',
];
type Call = (method: string, body?: unknown) => Promise<Answer>;

describe('an organization as a customer of the product', () => {
  let chats: ChatWorld;
  let call: Call;
  let session: SignedIn;
  before(async () => {
    chats = await openChatWorld(
      undefined,
      ['--plan', 'agents=3,groups=3,groups_per_agent=2,banned=1'],
      SCOPES,
    );
    const { world, owner } = chats;
    const bearer = `Bearer ${(await tokensFor(world, owner, chats.app)).access_token}`;
    call = (method, body = {}) => world.call(`/v3.6/configuration/action/${method}`, body, bearer);
    session = await consoleOwner(world, chats.organization);
  });
  after(() => chats.close());

  it('has as many groups as its plan allows, and an agent is in as many', async () => {
    good(await call('create_group', { name: 'Sales', agent_priorities: { [chats.owner.email]: 'normal' } }));
    const third = { name: 'Service', agent_priorities: { [chats.owner.email]: 'normal' } };
    refused(await call('create_group', third), 409, 'limit_reached', /allows 2 groups for each agent/);
    good(await call('create_group', { ...third, agent_priorities: {} }));
    refused(
      await call('create_group', { name: 'Spares', agent_priorities: {} }),
      409,
      'limit_reached',
      /allows 3 groups/,
    );
    assert.equal(good(await call('list_groups')).length, 3);
  });

  it('has as many agents as its plan allows, whoever accepts an invitation', async () => {
    const { identity, people } = chats.world.server.services;
    const actor = { ip: '203.0.113.7', userAgent: 'test', requestId: 'test' };
    const join = async (email: string) => {
      await session.call('POST', '/console/api/invitations', {
        emails: [email],
        role: 'member',
        chat_role: 'normal',
      });
      const mail = (await identity.outbox.latest(5)).find(({ recipient }) => recipient === email);
      const token = /token=([^\s"]+)/.exec(mail?.text ?? '')?.[1] ?? '';
      return people.answers.signUp(token, { name: 'Ann', password: PASSWORD }, actor);
    };
    await join('third@example.test');
    await assert.rejects(join('fourth@example.test'), /allows 3 agents/);
    assert.equal(good(await call('list_agents')).length, 3);
  });

  it('bans as many customers as its plan allows', async () => {
    const [tom, kim] = [await chats.customer(), await chats.customer()];
    const ban = (id: string) => chats.agent('ban_customer', { id, ban: { days: 1 } });
    good(await ban(tom.id));
    refused(await ban(kim.id), 409, 'limit_reached', /allows 1 banned/);
    good(await ban(tom.id));
  });

  it('is told what it has beyond another plan', async () => {
    const { licenseId } = chats.organization;
    const starter = await chats.world.server.services.license.excess(licenseId, 'starter');
    assert.deepEqual(
      starter.toSorted((a, b) => a.resource.localeCompare(b.resource)),
      [
        { resource: 'groups', over: 2 },
        { resource: 'groups_per_agent', over: 1, id: chats.owner.email },
      ],
    );
    assert.deepEqual(
      await session.call('POST', '/console/api/configuration/check_product_limits_for_plan', {
        plan: 'enterprise',
      }),
      [],
    );
  });

  it('sees by which ways its customers came, and when the first did', async () => {
    assert.deepEqual(good(await call('list_channels')), []);
    const kim = await chats.customer();
    good(await kim.call('start_chat'));
    const [first, ...others] = good(await call('list_channels'));
    assert.deepEqual(others, []);
    assert.equal(first.channel_type, 'integration');
    assert.equal(first.channel_subtype, chats.app.clientId);
    good(await (await chats.customer()).call('start_chat'));
    assert.deepEqual(good(await call('list_channels')), [first]);
  });

  it('came by signing up, or in no way that is known', async () => {
    assert.deepEqual(good(await call('get_product_source')), {
      source_id: '',
      source_type: '',
      source_url: '',
    });
    const { services, composition } = chats.world.server;
    await services.identity.signUp(
      { name: 'Nora', email: 'nora@new.test', company: 'New Ltd', password: PASSWORD },
      { ip: '203.0.113.9', userAgent: 'test', requestId: 'test' },
    );
    const { licenseId } = chats.organization;
    assert.deepEqual(await composition.storage.read.license.productSource(licenseId + 1), {
      id: 'sign_up',
      type: 'accounts',
      url: '',
    });
  });

  it('tells of its company what it likes, part by part', async () => {
    const { license } = chats.world.server.services;
    const { licenseId } = chats.organization;
    good(await call('update_company_details', { company: 'Acme', city: 'Köln', nip: '123' }));
    good(await call('update_company_details', { city: '', country: 'DE', enrich: true }));
    assert.deepEqual(await license.companyDetails(licenseId), { company: 'Acme', nip: '123', country: 'DE' });
    refused(await call('update_company_details', { city: 'x'.repeat(256) }), 400, 'validation', /city/);
    refused(await call('update_company_details', { city: 'a\u0000' }), 400, 'validation', /city/);
  });

  it('gets no mail at an address that refuses it, until that is reactivated', async () => {
    const { outbox } = chats.world.server.services.identity;
    const { storage } = chats.world.server.composition;
    const { clock } = chats.world.server;
    const { email } = chats.owner;
    const content = { subject: 'News', text: 'Hello', html: '<p>Hello</p>' };
    const sent: string[] = [];
    let refuses = true;
    const deliver = async () => {
      clock.advance?.(700_000_000);
      await outbox.deliver({
        async send({ recipient }) {
          if (recipient !== email) return;
          sent.push(recipient);
          if (refuses) throw new AddressRefused('no such mailbox');
        },
      });
    };
    await storage.write((stores) => outbox.add(stores, email, content));
    await deliver();
    await deliver();
    assert.equal(sent.length, 1, 'it was tried once');
    refuses = false;
    refused(await call('reactivate_email', { agent_id: 'nobody@example.test' }), 404, 'not_found');
    good(await call('reactivate_email', { agent_id: email.toUpperCase() }));
    await deliver();
    assert.equal(sent.length, 2);
    await deliver();
    assert.equal(sent.length, 2);
  });
});
