import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { eachEngine } from '../../../test/support/databases.ts';
import type { AgentActor } from '../../domain/chats/actors.ts';
import type { PastChat } from '../../domain/chats/import_chat.ts';
import type { ChatPage, ListChatsInput } from '../../domain/chats/list_chats.ts';
import type { ChatFilters } from '../../domain/chats/listing_plan.ts';
import { isGatehouseError } from '../../kernel/errors.ts';
import {
  agent,
  type ChatTestbed,
  LICENSE,
  newCustomer,
  OTHER_LICENSE,
  openChats,
} from './chat_testbed.conformance.ts';

const T = 1_770_000_000_000_000;
const COUNT = 240;

/** What is known of the nth chat, to check the lists against. */
interface Known {
  name: string;
  groups: number[];
  agents: string[];
  active: boolean;
  threads: number;
  level: number | undefined;
  tone: string | undefined;
}

const known: Known[] = Array.from({ length: COUNT }, (_, n) => ({
  name: `chat ${n}`,
  groups: n % 7 === 0 ? [1, 2] : [n % 4],
  agents: n % 5 === 0 ? ['ann@acme.test'] : n % 5 === 1 ? ['bob@acme.test'] : [],
  active: n % 11 === 0,
  threads: n % 20 === 19 ? 0 : 1,
  level: n % 3 === 0 ? n % 6 : undefined,
  tone: n % 2 === 0 ? ['kind', 'cool', 'loud'][n % 3] : undefined,
}));

function past(chat: Known, n: number): PastChat {
  // Two chats share each instant, so that the second half of the order is needed, too.
  const at = T + Math.floor(n / 2) * 1_000_000;
  const test = {
    ...(chat.level === undefined ? {} : { int_property: chat.level }),
    ...(chat.tone === undefined ? {} : { string_property: chat.tone }),
  };
  return {
    licenseId: LICENSE,
    customId: chat.name,
    createdAt: at,
    access: chat.groups,
    properties: { test },
    threads:
      chat.threads === 0
        ? []
        : [
            {
              createdAt: at,
              ...(chat.active ? {} : { closedAt: at + 1000 }),
              agentIds: chat.agents,
              tags: ['imported'],
              events: [
                { at, author: 'system', content: { system_message_type: 'app.import' }, text: chat.name },
              ],
            },
          ],
  };
}

function expected(actor: AgentActor, filters: ChatFilters): Set<string> {
  const visible = new Set([0, ...actor.groupIds]);
  const found = known.filter((chat) => {
    const own = chat.threads > 0 && chat.agents.includes(actor.agentId);
    if (actor.reach === 'my' && !own) return false;
    if (actor.reach === 'access' && !own && !chat.groups.some((id) => visible.has(id))) return false;
    if (filters.group_ids?.length && !filters.group_ids.some((id) => chat.groups.includes(id))) return false;
    const active = chat.active && chat.threads > 0;
    if (typeof filters.active === 'boolean' && filters.active !== active) return false;
    if (filters.include_chats_without_threads === false && chat.threads === 0) return false;
    return Object.entries(filters.properties?.test ?? {}).every(([name, filter]) => {
      const value = name === 'int_property' ? chat.level : chat.tone;
      if (filter.exists !== undefined) return (value !== undefined) === filter.exists;
      if (filter.values) return value !== undefined && filter.values.includes(value);
      return value === undefined || !filter.exclude_values?.includes(value);
    });
  });
  return new Set(found.map(({ name }) => name));
}

eachEngine((engine) => {
  describe('List Chats', () => {
    let bed: ChatTestbed;
    before(async () => {
      bed = await openChats(engine);
      for (const [n, chat] of known.entries()) await bed.chats.importChat(past(chat, n));
    });
    after(() => bed.close());

    const names = (page: ChatPage) => page.chats.map(({ chat }) => chat.customId ?? '');

    /** Walks to the end and back to the start; gives what was seen each way. */
    async function walk(actor: AgentActor, input: ListChatsInput) {
      const pages: ChatPage[] = [await bed.chats.listChatsOfAgent(actor, input)];
      for (let last = pages[0]; last?.nextPageId; last = pages.at(-1)) {
        pages.push(await bed.chats.listChatsOfAgent(actor, { page_id: last.nextPageId }));
        assert.ok(pages.length < 400);
      }
      const back: string[][] = [];
      for (let id = pages.at(-1)?.previousPageId; id !== undefined; ) {
        const page = await bed.chats.listChatsOfAgent(actor, { page_id: id });
        back.unshift(names(page));
        id = page.previousPageId;
        assert.ok(back.length < 400);
      }
      return {
        pages,
        seen: pages.flatMap(names),
        back: [...back.flat(), ...names(pages.at(-1) as ChatPage)],
      };
    }

    const filters: ChatFilters[] = [
      {},
      { active: true },
      { active: false },
      { active: null, include_chats_without_threads: false },
      { active: false, include_chats_without_threads: false },
      { group_ids: [1] },
      { group_ids: [2, 3] },
      { group_ids: [1, 2], active: true },
      { group_ids: [99] },
      { group_ids: Array.from({ length: 200 }, (_, n) => n) },
      { properties: { test: { int_property: { exists: true } } } },
      { properties: { test: { int_property: { exists: false } } } },
      { properties: { test: { int_property: { values: [0, 3] } } } },
      { properties: { test: { int_property: { values: ['3'] } } } },
      { properties: { test: { int_property: { exclude_values: [3] } } } },
      { properties: { test: { string_property: { values: ['kind'] }, int_property: { exists: true } } } },
      {
        properties: {
          test: { string_property: { values: ['kind', 'loud'] }, int_property: { exclude_values: [0] } },
        },
        group_ids: [0, 2],
      },
    ];
    for (const reach of ['all', 'access', 'my'] as const)
      for (const [index, filter] of filters.entries())
        it(`shows ${reach} what ${JSON.stringify(filter).slice(0, 90)} means, once, both ways`, async () => {
          const actor = agent(index % 2 === 0 ? 'ann' : 'bob', reach);
          const all = expected(actor, filter);
          for (const sort_order of ['asc', 'desc'] as const) {
            const { pages, seen, back } = await walk(actor, { filters: filter, sort_order, limit: 31 });
            assert.deepEqual(new Set(seen), all);
            assert.equal(seen.length, all.size);
            assert.deepEqual(back, seen);
            const times = pages.flatMap(({ chats }) => chats.map(({ chat }) => chat.listing.listedAt));
            const sorted = [...times].sort((a, b) => (sort_order === 'asc' ? a - b : b - a));
            assert.deepEqual(times, sorted);
            assert.equal(pages[0]?.previousPageId, undefined);
            const one = await bed.chats.listChatsOfAgent(actor, { filters: filter, limit: 100 });
            if (!one.nextPageId) assert.equal(one.found, all.size);
          }
        });

    it('counts lists without scanning them', async () => {
      const { found } = await bed.chats.listChatsOfAgent(agent(), { limit: 1 });
      assert.equal(found, COUNT);
      const open = await bed.chats.listChatsOfAgent(agent(), { limit: 1, filters: { active: true } });
      assert.equal(open.found, expected(agent(), { active: true }).size);
    });

    it('pages of ten chats unless asked otherwise', async () => {
      assert.equal((await bed.chats.listChatsOfAgent(agent(), {})).chats.length, 10);
    });

    it('takes a page_id alone, from this organization, whole', async () => {
      const { nextPageId = '' } = await bed.chats.listChatsOfAgent(agent(), {});
      const customer = await newCustomer(bed.chats);
      const wrong: [string, () => Promise<unknown>][] = [
        ['filters', () => bed.chats.listChatsOfAgent(agent(), { page_id: nextPageId, filters: {} })],
        ['limit', () => bed.chats.listChatsOfAgent(agent(), { page_id: nextPageId, limit: 10 })],
        [
          'sort_order',
          () => bed.chats.listChatsOfAgent(agent(), { page_id: nextPageId, sort_order: 'desc' }),
        ],
        [
          'page_id',
          () => bed.chats.listChatsOfAgent(agent('ann', 'all', OTHER_LICENSE), { page_id: nextPageId }),
        ],
        ['page_id', () => bed.chats.listChatsOfCustomer(customer, { page_id: nextPageId })],
        ['page_id', () => bed.chats.listChatsOfAgent(agent(), { page_id: `${nextPageId}A` })],
      ];
      for (const [field, run] of wrong)
        await assert.rejects(
          run(),
          (error) =>
            isGatehouseError(error) && error.code === 'validation' && error.fields[0]?.field === field,
        );
    });

    it('narrows a page_id to what its user may see', async () => {
      const { nextPageId = '' } = await bed.chats.listChatsOfAgent(agent(), { limit: 5 });
      const page = await bed.chats.listChatsOfAgent(agent('ann', 'my'), { page_id: nextPageId });
      assert.ok(page.chats.every(({ lastThread }) => lastThread?.userIds.includes('ann@acme.test')));
    });

    it('goes on where it was while chats come and go in front', async () => {
      const first = await bed.chats.listChatsOfAgent(agent(), { limit: 5 });
      await bed.chats.startChat(await newCustomer(bed.chats), {});
      const second = await bed.chats.listChatsOfAgent(agent(), { page_id: first.nextPageId });
      const overlap = names(second).filter((name) => names(first).includes(name));
      assert.deepEqual(overlap, []);
      const back = await bed.chats.listChatsOfAgent(agent(), { page_id: second.previousPageId });
      assert.deepEqual(names(back), names(first));
      assert.ok(back.previousPageId);
    });
  });

  describe('List Threads', () => {
    let bed: ChatTestbed;
    let chatId: string;
    before(async () => {
      bed = await openChats(engine);
      const imported = await bed.chats.importChat({
        licenseId: LICENSE,
        customId: 'long story',
        customer: { id: '11111111-1111-4111-8111-111111111111', name: 'Tom' },
        threads: Array.from({ length: 12 }, (_, n) => ({
          createdAt: T + n * 1_000_000,
          closedAt: T + n * 1_000_000 + 500_000,
          events: Array.from({ length: 4 }, (_, m) => ({
            at: T + n * 1_000_000 + m,
            author: 'customer' as const,
            text: `${n}.${m}`,
          })),
        })),
      });
      chatId = imported.chatId;
    });
    after(() => bed.close());

    const list = (input: Partial<Parameters<ChatTestbed['chats']['listThreads']>[1]>) =>
      bed.chats.listThreads(agent(), { chat_id: chatId, ...input });

    it('pages through a chat in both directions', async () => {
      const first = await list({});
      assert.deepEqual([first.threads.length, first.found, first.previousPageId], [3, 12, undefined]);
      assert.equal(first.threads[0]?.events[3]?.content.text, '11.3');
      const second = await list({ page_id: first.nextPageId });
      assert.equal(second.threads[0]?.events[0]?.content.text, '8.0');
      const back = await list({ page_id: second.previousPageId });
      assert.deepEqual(
        back.threads.map(({ thread }) => thread.id),
        first.threads.map(({ thread }) => thread.id),
      );
      const oldest = await list({ sort_order: 'asc', limit: 1 });
      assert.equal(oldest.threads[0]?.events[0]?.content.text, '0.0');
    });

    it('finds threads between times', async () => {
      const between = await list({
        filters: { from: '2026-02-02T02:40:02Z', to: '2026-02-02T02:40:05.000000Z' },
        limit: 2,
      });
      assert.equal(T, Date.UTC(2026, 1, 2, 2, 40) * 1000);
      assert.deepEqual([between.threads.length, between.found], [2, 4]);
      assert.equal((await list({ page_id: between.nextPageId })).threads.length, 2);
    });

    it('takes as many of the newest threads as hold so many events', async () => {
      const page = await list({ min_events_count: 9 });
      assert.equal(page.threads.length, 3);
      assert.equal((await list({ page_id: page.nextPageId })).threads[0]?.events[0]?.content.text, '8.0');
      assert.equal((await list({ min_events_count: 100 })).threads.length, 12);
    });

    it('refuses what goes not together, and times that are none', async () => {
      const { nextPageId = '' } = await list({});
      const other = await bed.chats.importChat({ licenseId: LICENSE, customId: 'other', threads: [] });
      const wrong: [string, Parameters<typeof list>[0]][] = [
        ['limit', { min_events_count: 5, limit: 3 }],
        ['filters', { min_events_count: 5, filters: {} }],
        ['sort_order', { min_events_count: 5, sort_order: 'asc' }],
        ['min_events_count', { page_id: nextPageId, min_events_count: 5 }],
        ['filters.from', { filters: { from: 'yesterday' } }],
        ['filters.from', { filters: { from: '2026-02-02T00:00:00Z', to: '2026-02-01T00:00:00Z' } }],
        ['page_id', { page_id: nextPageId, chat_id: other.chatId }],
      ];
      for (const [field, input] of wrong)
        await assert.rejects(
          list(input),
          (error) => isGatehouseError(error) && error.fields[0]?.field === field,
        );
    });
  });

  describe('an import', () => {
    let bed: ChatTestbed;
    before(async () => {
      bed = await openChats(engine);
    });
    after(() => bed.close());

    const story: PastChat = {
      licenseId: LICENSE,
      customId: 'demo 1',
      customer: { id: '22222222-2222-4222-8222-222222222222', name: 'Tina', email: 'tina@example.com' },
      access: [1],
      followers: ['bob@acme.test'],
      threads: [
        {
          createdAt: T,
          closedAt: T + 9_000_000,
          closedBy: { agentId: 'ann@acme.test', name: 'Ann' },
          tags: ['billing'],
          events: [
            { at: T + 1, author: 'customer', text: 'Where is my invoice?' },
            { at: T + 2_000_000, author: { agentId: 'ann@acme.test' }, text: 'On its way.' },
            { at: T + 3_000_000, author: { agentId: 'ann@acme.test' }, text: 'Again!', visibility: 'agents' },
          ],
        },
        {
          createdAt: T + 99_000_000,
          events: [{ at: T + 99_000_001, author: 'customer', text: 'Hello again' }],
        },
      ],
    };

    it('writes the past as it was', async () => {
      const { chatId, created } = await bed.chats.importChat(story);
      assert.equal(created, true);
      const { threads, customer, chat } = await bed.chats.listThreads(agent(), {
        chat_id: chatId,
        sort_order: 'asc',
      });
      assert.deepEqual(
        threads.map(({ thread, events }) => [thread.createdAt, thread.active, thread.tags, events.length]),
        [
          [T, false, ['billing'], 4],
          [T + 99_000_000, true, [], 1],
        ],
      );
      assert.equal(threads[0]?.events[3]?.content.text, 'Ann closed the chat');
      assert.equal(threads[0]?.thread.nextThreadId, threads[1]?.thread.id);
      assert.deepEqual(
        [customer?.name, customer?.chatId, chat.followers],
        ['Tina', chatId, ['bob@acme.test']],
      );
    });

    it('once more changes nothing, and elsewhere gives the same ids', async () => {
      const { chatId } = await bed.chats.importChat(story);
      assert.deepEqual(await bed.chats.importChat(story), { chatId, created: false });
      const elsewhere = await openChats(engine);
      assert.equal((await elsewhere.chats.importChat(story)).chatId, chatId);
      await elsewhere.close();
    });

    it('of long ago has ids of the right shape', async () => {
      const { chatId } = await bed.chats.importChat({
        licenseId: LICENSE,
        customId: 'old',
        threads: [
          { createdAt: Date.UTC(2012, 1, 1) * 1000, closedAt: Date.UTC(2012, 1, 1) * 1000, events: [] },
        ],
      });
      assert.match(chatId, /^[A-Z1-9][A-Z0-9]{9}$/);
      assert.ok(await bed.chats.getChat(agent(), { chat_id: chatId }));
    });
  });
});
