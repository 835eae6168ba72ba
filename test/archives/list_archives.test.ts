import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { PastChat } from '../../server/domain/chats/import_chat.ts';
import { formatTimestamp } from '../../server/kernel/timestamp.ts';
import { type Company, company } from '../files/support.ts';
import { eachEngine } from '../support/databases.ts';
import { openWorld, type World } from '../support/world.ts';

const T = 1_770_000_000_000_000;
const MINUTE = 60_000_000;
const COUNT = 24;
const WORDS = ['Crème brûlée', 'order 1234', 'refund AND "quotes"', '東京 station'];

eachEngine((engine) => {
  describe('list_archives', () => {
    let world: World;
    let acme: Company;
    let other: Company;

    before(async () => {
      world = await openWorld(engine);
      acme = await company(world, 'Acme', ['chats--all:rw', 'customers:own']);
      other = await company(world, 'Other', ['chats--all:rw', 'customers:own']);
      for (const one of [acme, other]) for (let n = 0; n < COUNT; n++) await add(one, n);
      await world.settle();
    });
    after(() => world.close());

    async function add(to: Company, n: number): Promise<void> {
      const at = T + n * MINUTE;
      const past: PastChat = {
        licenseId: to.organization.licenseId,
        customId: `past ${n}`,
        customer: {
          id: crypto.randomUUID(),
          name: n % 2 === 0 ? 'Zoë Quincy' : `Visitor ${n}`,
          email: `visitor${n}@example.test`,
        },
        access: [n % 3],
        threads: [
          {
            createdAt: at,
            closedAt: at + 1_000_000,
            agentIds: n % 4 === 3 ? [] : [to.owner.email],
            tags: n % 5 === 0 ? ['vip', 'sale'] : n % 5 === 1 ? ['vip'] : [],
            properties: n % 6 === 0 ? { rating: { score: n } } : {},
            events: [
              { at: at + 1, author: 'customer', text: `${WORDS[n % 4]} number${n}` },
              ...(n % 4 === 3
                ? []
                : [{ at: at + 2, author: { agentId: to.owner.email }, text: 'Certainly' }]),
            ],
          },
        ],
      };
      await world.server.services.chats.importChat(past);
    }

    const ask = async (input: Record<string, unknown>, who = acme) => {
      const answer = await who.agent.call('list_archives', input);
      assert.equal(answer.status, 200, JSON.stringify(answer.body));
      return answer.body as {
        chats: { thread: { id: string; created_at: string; events: { text: string }[] } }[];
        found_chats: number;
        next_page_id?: string;
        previous_page_id?: string;
      };
    };
    /** Which of the threads were found, by their number. */
    const numbers = (found: Awaited<ReturnType<typeof ask>>) =>
      found.chats.map(({ thread }) => Number(/number(\d+)/.exec(thread.events[0]?.text ?? '')?.[1]));
    const all = Array.from({ length: COUNT }, (_, n) => n);
    const newest = (meets: (n: number) => boolean) => all.filter(meets).reverse();

    const cases: [string, Record<string, unknown>, (n: number) => boolean][] = [
      ['nothing', {}, () => true],
      ['a word, whatever its case and accents', { query: 'CREME' }, (n) => n % 4 === 0],
      ['words that are both there', { query: 'order number1' }, (n) => n === 1],
      ['what looks like an operator', { query: '"refund" AND (quotes* OR' }, () => false],
      [
        'quotes and operators that are words of the text',
        { query: '"refund" AND quotes*' },
        (n) => n % 4 === 2,
      ],
      ['a name', { query: 'zoe' }, (n) => n % 2 === 0],
      ['an e-mail', { query: 'visitor7@example.test' }, (n) => n === 7],
      ['characters that are written without blanks', { query: '京' }, (n) => n % 4 === 3],
      ['punctuation alone', { query: '"*' }, () => false],
      [
        'a time',
        { from: formatTimestamp(T + 3 * MINUTE), to: formatTimestamp(T + 5 * MINUTE) },
        (n) => n >= 3 && n <= 5,
      ],
      ['groups', { group_ids: [1, 2] }, (n) => n % 3 !== 0],
      ['agents', { agents: { exists: false } }, (n) => n % 4 === 3],
      ['a tag', { tags: { values: ['vip', 'none'] } }, (n) => n % 5 <= 1],
      [
        'all of some tags',
        { tags: { values: ['vip', 'sale'], require_every_value: true } },
        (n) => n % 5 === 0,
      ],
      ['none of some tags', { tags: { exclude_values: ['sale'] } }, (n) => n % 5 !== 0],
      [
        'not all of some tags',
        { tags: { exclude_values: ['vip', 'sale'], require_every_value: true } },
        (n) => n % 5 !== 0,
      ],
      ['a property', { properties: { rating: { score: { exists: true } } } }, (n) => n % 6 === 0],
      ['its value', { properties: { rating: { score: { values: [6, 12] } } } }, (n) => n === 6 || n === 12],
      ['types of events', { event_types: { values: ['message'] } }, () => true],
      ['events of another type', { event_types: { values: ['file'] } }, () => false],
      ['an answer', { agent_response: { exists: true, first: true } }, (n) => n % 4 !== 3],
      ['no answer', { agent_response: { exists: false } }, (n) => n % 4 === 3],
      [
        'types of agents',
        { agent_types: { any_values: ['human'], exclude_values: ['chatbot'] } },
        (n) => n % 4 !== 3,
      ],
      ['goals', { goals: { exists: false } }, () => true],
      ['sales', { sales: { values: ['x'] } }, () => false],
      ['greetings', { greetings: { exists: true } }, () => false],
      ['forms', { forms: [{ type: 'pre_chat', exists: false }] }, () => true],
      ['countries', { customer_countries: { values: ['pl'] } }, () => false],
      ['a customer by e-mail', { customer_email: 'VISITOR9@example.test' }, (n) => n === 9],
      ['several at once', { query: 'number', tags: { exists: true }, group_ids: [0] }, () => false],
      [
        'words and filters',
        { query: 'brulee', tags: { exists: true }, group_ids: [0] },
        (n) => n % 12 === 0 && n % 5 <= 1,
      ],
    ];
    for (const [what, filters, meets] of cases)
      it(`finds by ${what}`, async () => {
        const found = await ask({ filters, limit: 100 });
        assert.deepEqual(numbers(found), newest(meets));
        assert.equal(found.found_chats, newest(meets).length);
      });

    it('pages in both directions and both orders', async () => {
      for (const order of ['asc', 'desc']) {
        const seen: number[] = [];
        let page = await ask({ filters: { query: 'zoe' }, sort_order: order, limit: 5 });
        const first = numbers(page);
        assert.equal(page.previous_page_id, undefined);
        for (;;) {
          seen.push(...numbers(page));
          if (!page.next_page_id) break;
          page = await ask({ page_id: page.next_page_id });
        }
        const expected = newest((n) => n % 2 === 0);
        assert.deepEqual(seen, order === 'desc' ? expected : expected.reverse());
        for (; page.previous_page_id; ) page = await ask({ page_id: page.previous_page_id });
        assert.deepEqual(numbers(page), first);
      }
    });

    it('marks what was asked for', async () => {
      const filters = { query: 'creme' };
      const [first] = (await ask({ filters, highlights: {}, limit: 1 })).chats;
      assert.equal(first?.thread.events[0]?.text, '<em>Crème</em> brûlée number20');
      const tags = { pre_tag: '[', post_tag: ']' };
      const [second] = (await ask({ filters, highlights: tags, limit: 1 })).chats;
      assert.equal(second?.thread.events[0]?.text, '[Crème] brûlée number20');
    });

    it('finds what was just said, and no more what was just deleted', async () => {
      const started = await acme.customer.call('start_chat', {
        chat: { thread: { events: [{ type: 'message', text: 'A xylophone, please' }] } },
      });
      assert.equal(started.status, 200, JSON.stringify(started.body));
      assert.equal((await ask({ filters: { query: 'xylophone' } })).found_chats, 1);
      const { chat_id: chat, thread_id: thread } = started.body;
      const shown = await acme.customer.call('get_chat', { chat_id: chat });
      const [event] = shown.body.thread.events;
      const gone = await acme.customer.call('delete_event', {
        chat_id: chat,
        thread_id: thread,
        event_id: event.id,
      });
      assert.equal(gone.status, 200, JSON.stringify(gone.body));
      assert.equal((await ask({ filters: { query: 'xylophone' } })).found_chats, 0);
      assert.equal((await ask({ filters: { thread_ids: [thread] } })).found_chats, 1);
    });

    it('shows nothing of another organization', async () => {
      const theirs = await ask({ limit: 1 }, other);
      const id = theirs.chats[0]?.thread.id ?? '';
      assert.equal((await ask({ filters: { thread_ids: [id] } })).chats.length, 0);
      assert.equal((await ask({ filters: { query: id } })).found_chats, 0);
    });

    const wrong: [string, Record<string, unknown>, string][] = [
      [
        'two conditions of one filter',
        { filters: { tags: { exists: true, values: ['a'] } } },
        'filters.tags',
      ],
      ['no condition', { filters: { agents: {} } }, 'filters.agents'],
      ['no time', { filters: { from: 'yesterday' } }, 'filters.from'],
      [
        'an end before the beginning',
        { filters: { from: '2026-02-01T00:00:00Z', to: '2026-01-01T00:00:00Z' } },
        'filters.from',
      ],
      ['thread ids along with others', { filters: { thread_ids: ['A'], query: 'x' } }, 'filters.query'],
      ['thread ids along with a limit', { filters: { thread_ids: ['A'] }, limit: 5 }, 'limit'],
      [
        'an agent type twice',
        { filters: { agent_types: { all_values: ['human'], any_values: ['human'] } } },
        'filters.agent_types',
      ],
      ['half of the tags', { highlights: { pre_tag: '<b>' } }, 'highlights'],
      ['a page and filters', { page_id: 'x', filters: {} }, 'filters'],
      ['a page of another server', { page_id: 'AAAA' }, 'page_id'],
    ];
    for (const [what, input, field] of wrong)
      it(`refuses ${what}`, async () => {
        const answer = await acme.agent.call('list_archives', input);
        assert.equal(answer.status, 400);
        assert.equal(answer.body.error.data.fields[0].field, field);
      });
  });
});
