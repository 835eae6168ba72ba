import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { eachEngine } from '../../../test/support/databases.ts';
import type { CustomerActor } from '../../domain/chats/actors.ts';
import type { AgentProfile } from '../../domain/chats/people.ts';
import { CHAT_LIMIT } from '../../domain/chats/routing/desks.ts';
import { minutes } from '../../kernel/clock.ts';
import { type ErrorCode, isGatehouseError } from '../../kernel/errors.ts';
import {
  agent,
  type ChatTestbed,
  message,
  newCustomer,
  openChats,
  team,
} from './chat_testbed.conformance.ts';

const ANN = 'ann@acme.test';
const BOB = 'bob@acme.test';
const SUE = 'sue@acme.test';
const outside = { ignore_requester_presence: true };

async function refused(code: ErrorCode, run: Promise<unknown>): Promise<void> {
  await assert.rejects(run, (error) => {
    assert.ok(isGatehouseError(error), String(error));
    assert.equal(error.code, code, error.message);
    return true;
  });
}

eachEngine((engine) => {
  let bed: ChatTestbed;
  let suspended = new Set<string>();
  let agents: readonly AgentProfile[] = team;
  function setSuspended(...ids: string[]): void {
    suspended = new Set(ids);
    agents = team.map((one) => ({ ...one, suspended: suspended.has(one.id) }));
  }

  const timeouts = { idle: 10, archive: 15, archiveContinuous: 10, transfer: 5 };
  const open = () => openChats(engine, { agentsOf: () => agents, timeouts });
  before(async () => {
    bed = await open();
  });
  after(() => bed.close());

  // An organization of its own for each test: its agents begin with nothing to do.
  let licenseId = 6_000;
  beforeEach(() => {
    licenseId += 1;
    setSuspended(SUE);
  });

  const actor = (name: 'ann' | 'bob', reach: 'all' | 'access' = 'all') => agent(name, reach, licenseId);
  const routing = () => bed.chats.routing;
  const view = (chatId: string) => bed.chats.getChat(actor('ann'), { chat_id: chatId });

  async function arrive(groupId = 1): Promise<CustomerActor & { chatId: string }> {
    const customer = await newCustomer(bed.chats, 'Tom', licenseId);
    const { chatId } = await bed.chats.startChat(customer, {
      chat: { access: { group_ids: [groupId] }, thread: { events: [message('Hello')] } },
    });
    return { ...customer, chatId };
  }

  async function presentIn(chatId: string): Promise<string[]> {
    const { chat } = await view(chatId);
    return chat.users.filter(({ type, present }) => type === 'agent' && present).map(({ id }) => id);
  }

  async function lastWords(chatId: string): Promise<unknown[]> {
    const events = (await view(chatId)).shown?.events ?? [];
    return events
      .filter(({ authorId }) => authorId === null)
      .map((event) => event.content.system_message_type);
  }

  describe('a transfer', () => {
    it('gives a chat to a group, whose agents see it instead of the others', async () => {
      const { chatId } = await arrive(1);
      assert.deepEqual(await presentIn(chatId), [ANN]);
      await routing().transfer(actor('ann'), { id: chatId, target: { type: 'group', ids: [2] } });
      assert.deepEqual(await presentIn(chatId), [BOB]);
      const { chat, shown } = await view(chatId);
      assert.deepEqual([chat.access, shown?.thread.access], [[2], [2]]);
      assert.deepEqual(await lastWords(chatId), ['routing.assigned', 'chat_transferred', 'routing.assigned']);
      assert.equal(typeof shown?.thread.properties.routing?.last_transfer_timestamp, 'number');
      await refused('missing_access', bed.chats.getChat(actor('ann', 'access'), { chat_id: chatId }));
    });

    it('gives a chat to an agent, or to somebody else of its groups', async () => {
      const { chatId } = await arrive(1);
      await routing().transfer(actor('ann'), { id: chatId, target: { type: 'agent', ids: [BOB] } });
      assert.deepEqual(await presentIn(chatId), [BOB]);
      await routing().transfer(actor('bob'), { id: chatId });
      assert.deepEqual(await presentIn(chatId), [ANN]);
    });

    it('is refused, and changes nothing, where it cannot be', async () => {
      const { chatId } = await arrive(2);
      const to = (type: 'group' | 'agent', ...ids: (string | number)[]) =>
        routing().transfer(actor('bob'), { id: chatId, target: { type, ids } });
      await refused('validation', to('group', 99));
      await refused('validation', to('group', 'x'));
      await refused('validation', to('agent', 'nobody@acme.test'));
      await refused('validation', to('agent', SUE));
      await refused('validation', to('agent', ANN));
      await refused('validation', to('agent', BOB));
      await refused('agent_offline', to('group', 3));
      await refused('agent_offline', routing().transfer(actor('bob'), { id: chatId }));
      await refused('authorization', routing().transfer(actor('ann'), { id: chatId }));
      await refused('missing_access', routing().transfer(actor('ann', 'access'), { id: chatId, ...outside }));
      await refused('not_found', routing().transfer(actor('ann'), { id: 'AAAAAAAAAA' }));
      assert.deepEqual(await presentIn(chatId), [BOB]);
      await bed.chats.deactivateChat(actor('bob'), { id: chatId });
      await refused('chat_inactive', routing().transfer(actor('bob'), { id: chatId }));
    });

    it('waits for a busy agent where that was asked for, and goes to nobody else', async () => {
      const busy: string[] = [];
      for (let n = 0; n < CHAT_LIMIT; n++) busy.push((await arrive(2)).chatId);
      const { chatId } = await arrive(1);
      const request = { id: chatId, target: { type: 'agent' as const, ids: [BOB] } };
      await refused('limit_reached', routing().transfer(actor('ann'), request));
      await routing().transfer(actor('ann'), { ...request, ignore_agents_availability: true });
      assert.deepEqual(await presentIn(chatId), []);
      assert.equal((await view(chatId)).shown?.queue?.position, 1);
      await bed.chats.deactivateChat(actor('bob'), { id: busy[0] ?? '' });
      assert.deepEqual(await presentIn(chatId), [BOB]);
    });

    it('gives the place that comes free to who waits', async () => {
      const chats: string[] = [];
      for (let n = 0; n < CHAT_LIMIT; n++) chats.push((await arrive(2)).chatId);
      const waiting = await arrive(2);
      await routing().transfer(actor('bob'), { id: chats[0] ?? '', target: { type: 'group', ids: [1] } });
      assert.deepEqual(await presentIn(chats[0] ?? ''), [ANN]);
      assert.deepEqual(await presentIn(waiting.chatId), [BOB]);
    });

    it('leaves a chat with one agent, however many hand it over at once', async () => {
      const { chatId } = await arrive(1);
      const both = [ANN, BOB].map((id) =>
        routing().transfer(actor('ann'), { id: chatId, target: { type: 'agent', ids: [id] }, ...outside }),
      );
      await Promise.allSettled([
        ...both,
        ...both.map(() => routing().transfer(actor('bob'), { id: chatId })),
      ]);
      assert.equal((await presentIn(chatId)).length, 1);
    });

    it('can go to who is listed, the least busy first', async () => {
      const first = await arrive(1);
      await arrive(2);
      await arrive(2);
      const list = () => routing().agentsForTransfer(actor('ann'), first.chatId);
      assert.deepEqual(await list(), [{ agentId: BOB, chats: 2 }]);
      const stopping = { status: 'not_accepting_chats' as const, agent_id: BOB };
      const setter = {
        licenseId,
        agentId: BOB,
        clientId: null,
        people: 'my' as const,
        bots: 'none' as const,
      };
      await routing().setStatus(setter, stopping);
      assert.equal((await list()).length, 1);
      await refused('agent_offline', routing().transfer(actor('ann'), { id: first.chatId }));
      await routing().transfer(actor('ann'), { id: first.chatId, target: { type: 'agent', ids: [BOB] } });
      assert.deepEqual(await presentIn(first.chatId), [BOB]);
    });
  });

  describe('users of a chat', () => {
    const add = (chatId: string, who: 'ann' | 'bob', visibility: 'all' | 'agents' = 'all') =>
      routing().addUser(actor(who), {
        chat_id: chatId,
        user_id: actor(who).agentId,
        user_type: 'agent',
        visibility,
        ...outside,
      });

    it('look on without the customer seeing them, and count for nothing', async () => {
      const tom = await arrive(1);
      await add(tom.chatId, 'bob', 'agents');
      const seen = await bed.chats.getChat(tom, { chat_id: tom.chatId });
      const added = seen.shown?.events.at(-1);
      assert.deepEqual([added?.content.system_message_type, added?.visibility], ['agent_joined', 'agents']);
      assert.equal(seen.chat.users.find(({ id }) => id === BOB)?.visibility, 'agents');
      assert.deepEqual(
        (await routing().agentsForTransfer(actor('ann'), tom.chatId)).map(({ chats }) => chats),
        [0],
      );
      await add(tom.chatId, 'bob', 'agents');
      assert.equal((await view(tom.chatId)).shown?.events.length, seen.shown?.events.length);
      await routing().removeUser(actor('bob'), { chat_id: tom.chatId, user_id: BOB });
      assert.deepEqual(await presentIn(tom.chatId), [ANN]);
      assert.equal((await view(tom.chatId)).shown?.events.at(-1)?.visibility, 'agents');
    });

    it('take a chat that waits, which then waits no more', async () => {
      for (let n = 0; n < CHAT_LIMIT; n++) await arrive(2);
      const { chatId } = await arrive(2);
      await Promise.all([add(chatId, 'ann'), add(chatId, 'bob')]);
      assert.deepEqual((await presentIn(chatId)).sort(), [ANN, BOB]);
      const { shown, chat } = await view(chatId);
      assert.equal(shown?.queue, undefined);
      assert.equal(chat.properties.routing?.unassigned, undefined);
      const words = await lastWords(chatId);
      assert.deepEqual(words, ['routing.assigned', 'agent_joined']);
    });

    it('leave a chat to others, or to wait', async () => {
      const { chatId } = await arrive(1);
      await routing().removeUser(actor('ann'), { chat_id: chatId, user_id: ANN });
      assert.deepEqual(await presentIn(chatId), [BOB]);
      assert.deepEqual((await lastWords(chatId)).slice(1), ['agent_left', 'routing.assigned_other']);
      const alone = await arrive(2);
      await routing().removeUser(actor('ann'), { chat_id: alone.chatId, user_id: BOB, ...outside });
      assert.deepEqual(await presentIn(alone.chatId), []);
      assert.deepEqual((await lastWords(alone.chatId)).slice(1), [
        'agent_removed',
        'routing.unassigned_other',
      ]);
      assert.equal((await view(alone.chatId)).shown?.queue?.position, 1);
    });

    it('are checked', async () => {
      const tom = await arrive(2);
      const other = await newCustomer(bed.chats, 'Eve', licenseId);
      const put = (user_id: string, user_type: 'agent' | 'customer', visibility: 'all' | 'agents' = 'all') =>
        routing().addUser(actor('bob'), { chat_id: tom.chatId, user_id, user_type, visibility });
      await refused('validation', put('nobody@acme.test', 'agent'));
      await refused('validation', put(SUE, 'agent'));
      await refused('validation', put(ANN, 'agent'));
      await refused('validation', put(other.customerId, 'customer'));
      const take = (user_id: string) => routing().removeUser(actor('bob'), { chat_id: tom.chatId, user_id });
      await refused('validation', take(tom.customerId));
      await refused('not_found', take(ANN));
      await refused(
        'authorization',
        routing().removeUser(actor('ann'), { chat_id: tom.chatId, user_id: BOB }),
      );
      assert.deepEqual(await presentIn(tom.chatId), [BOB]);
    });

    it('let a customer into a chat among agents, once', async () => {
      const eve = await newCustomer(bed.chats, 'Eve', licenseId);
      const { chatId } = await bed.chats.startChat(actor('ann'), {});
      const put = (visibility: 'all' | 'agents') =>
        routing().addUser(actor('ann'), {
          chat_id: chatId,
          user_id: eve.customerId,
          user_type: 'customer',
          visibility,
        });
      await refused('validation', put('agents'));
      await put('all');
      await put('all');
      assert.equal((await bed.chats.getChat(eve, { chat_id: chatId })).chat.customerId, eve.customerId);
      assert.deepEqual(await lastWords(chatId), ['customer_added']);
    });

    it('follow chats that they are not in', async () => {
      const tom = await arrive(1);
      const follows = async () => (await view(tom.chatId)).chat.followers;
      await routing().follow(actor('ann'), tom.chatId);
      await routing().follow(actor('bob'), tom.chatId);
      await routing().follow(actor('bob'), tom.chatId);
      assert.deepEqual(await follows(), [BOB]);
      await routing().unfollow(actor('ann'), tom.chatId);
      assert.deepEqual(await follows(), [BOB]);
      await routing().unfollow(actor('bob'), tom.chatId);
      await routing().unfollow(actor('bob'), tom.chatId);
      assert.deepEqual(await follows(), []);
      await routing().follow(actor('bob'), tom.chatId);
      await bed.chats.deactivateChat(tom, { id: tom.chatId });
      assert.deepEqual(await follows(), [BOB]);
      await bed.chats.resumeChat(tom, { chat: { id: tom.chatId, access: { group_ids: [1] } } });
      assert.deepEqual(await follows(), []);
    });
  });

  describe('the background', () => {
    // It looks at the chats of all organizations: with those from above it would have much to do.
    before(async () => {
      await bed.close();
      bed = await open();
    });

    const later = async (count: number) => {
      bed.clock.advance(minutes(count));
      await routing().tend();
    };

    it('hands over the chats of agents who went', async () => {
      const { chatId } = await arrive(1);
      const alone = await arrive(2);
      setSuspended(SUE, ANN);
      await later(1);
      assert.deepEqual(await presentIn(chatId), [BOB]);
      assert.equal((await lastWords(chatId)).at(-1), 'routing.assigned_other');
      setSuspended(SUE, ANN, BOB);
      await later(10);
      assert.deepEqual(await presentIn(alone.chatId), []);
      assert.equal((await lastWords(alone.chatId)).at(-1), 'routing.unassigned_other');
      assert.notEqual((await view(alone.chatId)).shown?.queue, undefined);
    });

    it('serves the queue when somebody comes back', async () => {
      setSuspended(SUE, BOB);
      const { chatId } = await arrive(2);
      assert.equal((await view(chatId)).shown?.queue?.position, 1);
      setSuspended(SUE);
      await later(1);
      assert.deepEqual(await presentIn(chatId), [BOB]);
    });

    it('marks chats in which nobody writes, and closes them', async () => {
      const tom = await arrive(1);
      await bed.chats.sendEvent(actor('ann'), { chat_id: tom.chatId, event: message('Hi') });
      const isIdle = async () => (await view(tom.chatId)).shown?.thread.properties.routing?.idle;
      await later(1);
      assert.equal(await isIdle(), undefined);
      await later(9);
      assert.equal(await isIdle(), true);
      await bed.chats.sendEvent(tom, { chat_id: tom.chatId, event: message('Still here') });
      assert.equal(await isIdle(), undefined);
      await bed.chats.sendEvent(actor('ann'), { chat_id: tom.chatId, event: message('Good') });
      await later(5);
      await later(10);
      assert.equal((await view(tom.chatId)).chat.active, false);
      assert.equal((await lastWords(tom.chatId)).at(-1), 'routing.archived_inactive');
    });

    it('gives a chat that nobody answers to somebody else', async () => {
      const { chatId } = await arrive(1);
      await later(1);
      assert.deepEqual(await presentIn(chatId), [ANN]);
      await later(4);
      assert.deepEqual(await presentIn(chatId), [BOB]);
      assert.equal((await lastWords(chatId)).at(-1), 'routing.assigned_inactive');
    });

    it('closes a chat for which nobody is there, and none for which somebody may come', async () => {
      setSuspended(SUE, BOB);
      const lost = await arrive(2);
      await later(1);
      await later(14);
      assert.equal((await view(lost.chatId)).chat.active, false);
      assert.equal((await lastWords(lost.chatId)).at(-1), 'routing.archived_offline');
    });
  });
});
