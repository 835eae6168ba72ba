import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Chat, type ListState, listStates, type Thread } from './chat.ts';
import { type ChatStorage, type ChatStore, IdTakenError } from './chat_store.ts';
import type { Customer } from './customer.ts';
import { customerRecord } from './customers.ts';
import { listingOf, listKey, unlisted } from './listing.ts';
import { appendEvent, beginThread, closeThread, type OpenChat } from './thread_rules.ts';

const ORGANIZATION = 1001;
const OTHER = 1002;
const T = 1_780_000_000_000_000;
const EVERY_STATE: ListState[] = [listStates.active, listStates.inactive, listStates.withoutThreads];

interface Opened {
  storage: ChatStorage;
  close(): Promise<void>;
}

/** What every engine's chat store must do; `open` gives an empty storage. */
export function chatStoreConformance(name: string, open: () => Promise<Opened>): void {
  describe(`chat store on ${name}`, () => {
    let opened: Opened;
    let ids = 0;
    before(async () => {
      opened = await open();
    });
    after(() => opened.close());

    const read = (licenseId = ORGANIZATION) => opened.storage.read.chats(licenseId);
    const write = <T>(unit: (store: ChatStore) => Promise<T>, licenseId = ORGANIZATION) =>
      opened.storage.write((stores) => unit(stores.chats(licenseId)));
    const newId = () => (36 ** 9 * 11 + ids++ * 7).toString(36).toUpperCase();

    function customer(values: Partial<Customer> = {}): Customer {
      ids += 1;
      const id = `00000000-0000-4000-8000-${String(ids).padStart(12, '0')}`;
      return { ...customerRecord({ name: `Customer ${ids}` }, { id, key: 5_000_000 + ids }, T), ...values };
    }

    function chat(values: Partial<Chat> = {}): Chat {
      const made: Chat = {
        id: newId(),
        customId: null,
        createdAt: T,
        customerId: null,
        continuous: false,
        access: [0],
        properties: {},
        users: [],
        followers: [],
        lastThreadId: null,
        lastThreadCreatedAt: null,
        active: false,
        threadsCount: 0,
        lastEvents: {},
        agentLastEventAt: null,
        customerLastEventAt: null,
        listing: unlisted,
        ...values,
      };
      return { ...made, listing: listingOf(made, undefined) };
    }

    function started(values: Partial<Chat> = {}, at = T): OpenChat {
      return beginThread(chat(values), {
        id: newId(),
        now: at,
        active: true,
        access: values.access ?? [0],
        properties: {},
        users: [{ id: 'ann@acme.test', type: 'agent' }],
        visit: { ip: '203.0.113.7', userAgent: 'test' },
      });
    }

    function said(open: OpenChat, text: string, customId: string | null = null): OpenChat {
      const author = open.chat.users[0] ?? null;
      const draft = {
        type: 'message',
        visibility: 'all',
        properties: {},
        customId,
        content: { text },
      } as const;
      return appendEvent(open, draft, author, T + 10);
    }

    async function store(open: OpenChat, licenseId = ORGANIZATION): Promise<OpenChat> {
      await write(async (chats) => {
        await chats.insertChat(open.chat);
        await chats.insertThread(open.thread);
        await chats.insertEvents(open.added);
      }, licenseId);
      return { ...open, added: [] };
    }

    describe('customers', () => {
      it('gives back what was put in, and what was saved later', async () => {
        const made = customer({
          email: 'tom@example.com',
          sessionFields: [{ plan: 'gold' }],
          lastVisit: { startedAt: T, endedAt: null, ip: '203.0.113.7', userAgent: 'x', referrer: null },
        });
        await write((chats) => chats.insertCustomer(made));
        assert.deepEqual(await read().customer(made.id), made);
        const renamed = { ...made, name: 'Tom', statistics: { ...made.statistics, visits: 3 } };
        await write((chats) => chats.saveCustomer(renamed));
        assert.deepEqual(await read().customer(made.id), renamed);
        assert.deepEqual(await write((chats) => chats.lockCustomer(made.id)), renamed);
      });

      it('belong to one organization', async () => {
        const made = customer();
        await write((chats) => chats.insertCustomer(made));
        assert.equal(await read(OTHER).customer(made.id), undefined);
        await write((chats) => chats.saveCustomer({ ...made, name: 'Stolen' }), OTHER);
        assert.equal((await read().customer(made.id))?.name, made.name);
      });

      it('cannot have an id twice', async () => {
        const made = customer();
        await write((chats) => chats.insertCustomer(made));
        const again = { ...made, key: made.key + 1_000_000 };
        await assert.rejects(
          write((chats) => chats.insertCustomer(again)),
          IdTakenError,
        );
      });
    });

    describe('chats', () => {
      it('come back with their last thread and their customer', async () => {
        const made = customer();
        await write((chats) => chats.insertCustomer(made));
        const open = await store(
          said(
            started({
              customerId: made.id,
              properties: { app: { text: 'ü "quoted"', number: 1.5, truth: false } },
              followers: ['bob@acme.test'],
              access: [1, 2],
            }),
            'Hello 😁',
          ),
        );
        const found = await read().chat(open.chat.id);
        assert.deepEqual(found, { chat: open.chat, lastThread: open.thread, customer: made });
        assert.deepEqual(await write((chats) => chats.lockChat(open.chat.id)), open.chat);
      });

      it('come back in the order that was asked for', async () => {
        const made = [await store(started()), await store(started()), await store(started())];
        const order = [2, 0, 1].map((index) => made[index]?.chat.id ?? '');
        const found = await read().chats([order[0] ?? '', 'ZZZZZZZZZZ', order[1] ?? '', order[2] ?? '']);
        assert.deepEqual(
          found.map(({ chat: { id } }) => id),
          order,
        );
      });

      it('are not found under ids that cannot be ids', async () => {
        for (const id of ['', 'x', 'abcdefghij', '0123456789', 'ABCDEFGHIJK', "A' OR 1=1--", 'ÄBCDEFGHIJ']) {
          assert.equal(await read().chat(id), undefined);
          assert.equal(await read().thread(id), undefined);
        }
      });

      it('are out of reach for another organization', async () => {
        const open = await store(said(started({ customId: 'ours' }), 'secret'));
        const foreign = read(OTHER);
        assert.equal(await foreign.chat(open.chat.id), undefined);
        assert.equal(await foreign.thread(open.thread.id), undefined);
        assert.equal(await foreign.chatByCustomId('ours'), undefined);
        assert.deepEqual(await foreign.chats([open.chat.id]), []);
        assert.deepEqual((await foreign.events([open.thread.id])).get(open.thread.id), []);
        assert.deepEqual(await foreign.threads(open.chat.id, everything), []);
        assert.equal((await foreign.listKeys([open.chat.id])).size, 0);
        await write(async (chats) => {
          assert.equal(await chats.lockChat(open.chat.id), undefined);
          await chats.saveThread({ ...open.thread, tags: ['stolen'] });
        }, OTHER);
        assert.deepEqual((await read().thread(open.thread.id))?.tags, []);
      });

      it('cannot have an id, or the id of an import, twice', async () => {
        const open = await store(started({ customId: 'import 1' }));
        assert.equal((await read().chatByCustomId('import 1'))?.id, open.chat.id);
        await assert.rejects(store(started({ id: open.chat.id })), IdTakenError);
        await assert.rejects(store(started({ customId: 'import 1' })), IdTakenError);
      });

      it('cannot have two active threads', async () => {
        const open = await store(started());
        const second: Thread = { ...open.thread, id: newId() };
        await assert.rejects(
          write((chats) => chats.insertThread(second)),
          IdTakenError,
        );
      });
    });

    const everything = {
      order: 'asc',
      after: undefined,
      from: undefined,
      to: undefined,
      limit: 100,
    } as const;

    describe('threads and events', () => {
      it('come in both orders, after a place, between times', async () => {
        let open = await store(started({}, T));
        const threads = [open.thread];
        for (const step of [1, 2, 3]) {
          const closed = closeThread(open, T + step);
          const next = beginThread(closed.chat, {
            id: newId(),
            now: T + step * 1000,
            active: true,
            access: [0],
            properties: {},
            users: [],
            visit: null,
          });
          await write(async (chats) => {
            await chats.saveThread({ ...closed.thread, nextThreadId: next.thread.id });
            await chats.insertThread(next.thread);
            await chats.saveChat(next.chat, open.chat);
          });
          open = next;
          threads.push(next.thread);
        }
        const chatId = open.chat.id;
        const idsOf = async (range: Partial<Parameters<ChatStore['threads']>[1]>) =>
          (await read().threads(chatId, { ...everything, ...range })).map(({ id }) =>
            threads.findIndex((thread) => thread.id === id),
          );
        assert.deepEqual(await idsOf({}), [0, 1, 2, 3]);
        assert.deepEqual(await idsOf({ order: 'desc', limit: 2 }), [3, 2]);
        const place = { at: T + 1000, id: threads[1]?.id ?? '' };
        assert.deepEqual(await idsOf({ after: place }), [2, 3]);
        assert.deepEqual(await idsOf({ after: place, order: 'desc' }), [0]);
        assert.deepEqual(await idsOf({ from: T + 1000, to: T + 2000 }), [1, 2]);
        assert.equal(await read().countThreads(chatId, { from: T + 1, to: undefined, limit: 100 }), 3);
        assert.equal(await read().countThreads(chatId, { from: undefined, to: undefined, limit: 2 }), 2);
        assert.equal((await read().thread(threads[0]?.id ?? ''))?.nextThreadId, threads[1]?.id);
        assert.equal((await read().thread(threads[0]?.id ?? ''))?.active, false);
      });

      it('give back one event, and what changed of it, to its organization alone', async () => {
        const { thread, added } = said(said(started(), 'one'), 'two');
        const [first, second] = added;
        assert.ok(first && second);
        await store({ chat: chat({ id: thread.chatId }), thread, added });
        assert.deepEqual(await read().event(thread.id, 2), second);
        assert.equal(await read().event(thread.id, 3), undefined);
        assert.equal(await read().event('no id', 1), undefined);
        assert.equal(await read(OTHER).event(thread.id, 1), undefined);
        const changed = {
          ...first,
          content: { text: 'changed' },
          properties: { test: { int_property: 1 } },
          deletedAt: T + 99,
        };
        await write((chats) => chats.saveEvent(changed), OTHER);
        assert.deepEqual(await read().event(thread.id, 1), first);
        await write((chats) => chats.saveEvent(changed));
        assert.deepEqual(await read().event(thread.id, 1), changed);
        assert.deepEqual(await read().event(thread.id, 2), second);
        await write((chats) => chats.saveEvent({ ...changed, properties: {}, deletedAt: null }));
        assert.deepEqual((await read().event(thread.id, 1))?.properties, {});
      });

      it('keep events in order, thread by thread', async () => {
        let first = started();
        for (let n = 1; n <= 12; n++) first = said(first, `${n}`);
        const second = said(started(), 'other');
        const all = [...first.added];
        await store(first);
        await store(second);
        const found = await read().events([second.thread.id, first.thread.id]);
        assert.deepEqual(found.get(first.thread.id), all);
        assert.equal(found.get(second.thread.id)?.length, 1);
      });

      it('find what an author sent under a custom id, the latest first', async () => {
        let open = said(said(started(), 'one', 'mine'), 'two', 'mine');
        open = said(open, 'three');
        await store(open);
        const inThread = await read().eventsByCustomId('ann@acme.test', 'mine', open.thread.id);
        assert.deepEqual(
          inThread.map(({ content }) => content.text),
          ['two', 'one'],
        );
        assert.equal((await read().eventsByCustomId('ann@acme.test', 'mine', undefined)).length, 2);
        assert.equal((await read().eventsByCustomId('bob@acme.test', 'mine', undefined)).length, 0);
        assert.equal((await read(OTHER).eventsByCustomId('ann@acme.test', 'mine', undefined)).length, 0);
      });

      it('cannot have a number twice', async () => {
        const open = said(started(), 'one');
        await store(open);
        await assert.rejects(
          write((chats) => chats.insertEvents(open.added)),
          IdTakenError,
        );
      });
    });

    describe('lists', () => {
      const LISTS = 2001;
      const lists = () => read(LISTS);
      const made: OpenChat[] = [];
      before(async () => {
        // Chat n: group n % 3, listed at T + n; every fourth is closed; group 7 besides for the even ones.
        for (let n = 0; n < 40; n++) {
          let open = started({ access: n % 2 === 0 ? [n % 3, 7] : [n % 3] }, T + n);
          if (n % 4 === 0) open = closeThread(open, T + n);
          made.push(await store(open, LISTS));
        }
      });

      const listed = async (
        keys: string[],
        states: ListState[] = EVERY_STATE,
        range: Partial<Parameters<ChatStore['list']>[2]> = {},
      ) => {
        const entries = await lists().list(keys, states, {
          order: 'asc',
          after: undefined,
          limit: 100,
          ...range,
        });
        return entries.map(({ id }) => made.findIndex(({ chat: { id: own } }) => own === id));
      };
      const where = (test: (n: number) => boolean) => made.map((_, n) => n).filter(test);

      it('hold a chat in each of its lists, in the order of time', async () => {
        assert.deepEqual(
          await listed([listKey.all]),
          where(() => true),
        );
        assert.deepEqual(
          await listed([listKey.group(1)]),
          where((n) => n % 3 === 1),
        );
        assert.deepEqual(await listed([listKey.agent('ann@acme.test')], undefined, { limit: 3 }), [0, 1, 2]);
        assert.deepEqual(await listed([listKey.group(99)]), []);
      });

      it('are told apart by state', async () => {
        assert.deepEqual(
          await listed([listKey.all], [listStates.inactive]),
          where((n) => n % 4 === 0),
        );
        assert.deepEqual(
          await listed([listKey.all], [listStates.active], { order: 'desc' }),
          where((n) => n % 4 !== 0).reverse(),
        );
      });

      it('are merged with each chat once', async () => {
        const both = where((n) => n % 3 === 0 || n % 2 === 0);
        assert.deepEqual(await listed([listKey.group(0), listKey.group(7)]), both);
        const many = [0, 7, ...Array.from({ length: 60 }, (_, n) => 100 + n)].map(listKey.group);
        assert.deepEqual(await listed(many), both);
        assert.deepEqual(
          await listed(many, undefined, { order: 'desc', limit: 5 }),
          both.reverse().slice(0, 5),
        );
      });

      it('go on after a place, in both orders', async () => {
        const place = { at: T + 20, id: made[20]?.chat.id ?? '' };
        assert.deepEqual(
          await listed([listKey.all], undefined, { after: place }),
          where((n) => n > 20),
        );
        assert.deepEqual(
          await listed([listKey.all], undefined, { after: place, order: 'desc', limit: 4 }),
          [19, 18, 17, 16],
        );
        const many = [7, ...Array.from({ length: 60 }, (_, n) => 100 + n)].map(listKey.group);
        assert.deepEqual(
          await listed(many, undefined, { after: place }),
          where((n) => n > 20 && n % 2 === 0),
        );
      });

      it('know their sizes, and count what is not kept up to a bound', async () => {
        const agents = listKey.agent('ann@acme.test');
        const sizes = await lists().sizes([listKey.all, listKey.group(7), agents], EVERY_STATE, 1000);
        assert.deepEqual([...sizes].sort(), [
          [listKey.all, 40],
          [listKey.group(7), 20],
          [agents, 40],
        ]);
        const open = await lists().sizes([listKey.all], [listStates.active], 1000);
        assert.equal(open.get(listKey.all), 30);
      });

      it('follow a chat that changes', async () => {
        const license = 2002;
        const open = await store(started({ access: [1], properties: { app: { level: 1 } } }), license);
        const closed = closeThread(open, T + 5);
        const moved = {
          ...closed.chat,
          access: [2],
          properties: { app: { level: 2 } },
        };
        const saved = { ...moved, listing: listingOf(moved, closed.thread) };
        await write(async (chats) => {
          await chats.saveThread(closed.thread);
          await chats.saveChat(saved, open.chat);
        }, license);
        const held = read(license);
        const at = (key: string, states: ListState[] = EVERY_STATE) =>
          held.list([key], states, { order: 'asc', after: undefined, limit: 9 });
        const sizes = await held.sizes(
          [listKey.all, listKey.group(1), listKey.group(2), listKey.propertyValue('app', 'level', 2)],
          EVERY_STATE,
          9,
        );
        assert.equal((await at(listKey.all, [listStates.active])).length, 0);
        assert.equal((await at(listKey.all, [listStates.inactive])).length, 1);
        assert.equal((await at(listKey.group(1))).length, 0);
        assert.equal((await at(listKey.group(2))).length, 1);
        assert.equal((await at(listKey.propertyValue('app', 'level', 1))).length, 0);
        assert.equal((await at(listKey.propertyValue('app', 'level', 2))).length, 1);
        assert.equal((await at(listKey.property('app', 'level'))).length, 1);
        assert.deepEqual([...sizes.values()], [1, 0, 1, 1]);
        assert.deepEqual([...((await held.listKeys([saved.id])).get(saved.id) ?? [])], saved.listing.keys);
      });

      it('belong to one organization', async () => {
        assert.deepEqual(
          await read(9999).list([listKey.all], EVERY_STATE, { order: 'asc', after: undefined, limit: 9 }),
          [],
        );
        assert.equal((await read(9999).sizes([listKey.all], EVERY_STATE, 9)).get(listKey.all) ?? 0, 0);
      });
    });

    describe('a unit of work', () => {
      it('leaves nothing behind when it fails', async () => {
        const open = started();
        await assert.rejects(
          write(async (chats) => {
            await chats.insertChat(open.chat);
            await chats.insertThread(open.thread);
            throw new Error('no');
          }),
          /no/,
        );
        assert.equal(await read().chat(open.chat.id), undefined);
      });

      it('that changes a chat waits for the one before it', async () => {
        const open = await store(started());
        await Promise.all(
          Array.from({ length: 20 }, () =>
            write(async (chats) => {
              const held = await chats.lockChat(open.chat.id);
              if (!held) throw new Error('lost');
              await chats.saveChat({ ...held, threadsCount: held.threadsCount + 1 }, held);
            }),
          ),
        );
        assert.equal((await read().chat(open.chat.id))?.chat.threadsCount, open.chat.threadsCount + 20);
      });
    });
  });
}
