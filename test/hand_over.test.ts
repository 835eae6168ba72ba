import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { eachEngine } from './support/databases.ts';
import { type Organization, openWorld, type Person, type World } from './support/world.ts';

eachEngine((engine) => {
  describe('the open chats of an agent', () => {
    let world: World;
    let acme: Organization;
    let owner: Person;
    let agent: Person;
    before(async () => {
      world = await openWorld(engine);
      acme = await world.organization();
      owner = await world.person(acme, { account: 'owner', chat: 'administrator', groups: [0] });
      agent = await world.person(acme, { groups: [0] });
    });
    after(() => world.close());

    async function startChat(): Promise<string> {
      const { chats } = world.server.services;
      const { id } = await chats.createCustomer({ licenseId: acme.licenseId });
      const customer = { licenseId: acme.licenseId, customerId: id, ip: null, userAgent: null };
      return (await chats.startChat({ kind: 'customer', ...customer }, {})).chatId;
    }

    async function agentOf(chatId: string): Promise<string | undefined> {
      const { storage } = world.server.composition;
      const found = await storage.read.chats(acme.licenseId).chat(chatId);
      return found?.chat.users.find(({ type, present }) => type === 'agent' && present)?.id;
    }

    it('are others’ once the agent is suspended', async () => {
      const { people, chats } = world.server.services;
      const started = [await startChat(), await startChat()];
      const taken = await Promise.all(started.map(agentOf));
      assert.deepEqual(taken.toSorted(), [agent.email, owner.email].toSorted());
      const theirs = started[taken.indexOf(agent.email)] ?? '';

      const actor = { ip: '203.0.113.7', userAgent: 'test', requestId: 'test' };
      const manager = { licenseId: acme.licenseId, accountId: owner.accountId, actor };
      const member = await world.server.composition.storage.read.identity.member(
        acme.licenseId,
        agent.accountId,
      );
      await people.changes.suspend(manager, agent.accountId, member?.membership.version ?? 0);
      await chats.routing.tend();
      assert.equal(await agentOf(theirs), owner.email);
    });
  });
});
