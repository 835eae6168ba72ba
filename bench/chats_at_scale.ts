// What reading and writing chats costs as their number grows: List Chats with every filter, order and deep pages,
// Get Chat, Send Event and the search of the archives, through HTTP, one request after the other.
// node tools/run.mjs node bench/chats_at_scale.ts [--chats 1000,100000] [--database postgres://…] [--requests 300]
// A million: --chats 1000000 (filling takes its time). Every size begins with an empty database; with PostgreSQL
// name an empty one, or a schema of it, and one size.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig } from '../server/app/config.ts';
import { type RunningServer, startServer } from '../server/app/start.ts';
import { machine } from './harness/machine.ts';
import { median } from './harness/statistics.ts';
import { type BenchWorld, openBenchWorld } from './targets/gatehouse_world.ts';

const { values: options } = parseArgs({
  options: {
    chats: { type: 'string', default: '1000,100000' },
    database: { type: 'string' },
    requests: { type: 'string', default: '300' },
  },
});
const REQUESTS = Number(options.requests);
const BEGIN = Date.UTC(2025, 6, 1) * 1000;
const SECOND = 1_000_000;
const AT_ONCE = 64;
const say = (text: string): void => void process.stderr.write(`${text}\n`);

/** A few words of everyday, so that some are common, some are not, and each chat has one of its own. */
const COMMON = ['hello', 'order', 'please', 'delivery', 'thanks', 'invoice', 'refund', 'address'];

/** What the chats are told apart by: properties of the app that asks. */
async function registerProperties(server: RunningServer, { licenseId, clientId }: BenchWorld): Promise<void> {
  const owner = {
    ...{ licenseId, clientId, accountId: null },
    actor: { ip: '127.0.0.1', userAgent: 'bench', requestId: 'bench' },
  };
  const rights = { agent: ['read', 'write'] } as const;
  await server.services.properties.register(owner, { name: 'level', type: 'int', access: { chat: rights } });
  await server.services.properties.register(owner, { name: 'rare', type: 'bool', access: { chat: rights } });
}

async function fill(server: RunningServer, world: BenchWorld, count: number): Promise<void> {
  const { licenseId, clientId } = world;
  const agent = 'person0@bench.test';
  for (let from = 0; from < count; from += AT_ONCE) {
    await Promise.all(
      Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, offset) => {
        const n = from + offset;
        const at = BEGIN + n * SECOND;
        const words = `${COMMON[n % 8]} ${COMMON[(n >> 3) % 8]} parcel${n % 1000} case${n}`;
        return server.services.chats.importChat({
          licenseId,
          customId: `scale ${n}`,
          customer: { id: crypto.randomUUID(), name: `Customer ${n % 5000}`, email: `c${n}@bench.test` },
          access: [n % 4],
          properties: { [clientId]: { level: n % 10, ...(n % 500 === 0 ? { rare: true } : {}) } },
          threads: [
            {
              createdAt: at,
              ...(n % 50 === 0 ? {} : { closedAt: at + SECOND / 2 }),
              agentIds: [n % 3 === 0 ? agent : `person${1 + (n % 19)}@bench.test`],
              tags: n % 100 === 0 ? ['vip'] : [],
              properties: { rating: { score: n % 5 } },
              events: [
                { at: at + 1, author: 'customer' as const, text: `Good morning, ${words}` },
                { at: at + 2, author: { agentId: agent }, text: 'Let me have a look for you, one moment' },
              ],
            },
          ],
        });
      }),
    );
    if (from % 10_240 === 0 && from > 0) say(`  ${from} chats`);
  }
}

interface Load {
  title: string;
  method: string;
  body(n: number): unknown;
}

function archives(count: number): Load[] {
  const search = (title: string, filters: (n: number) => object, more: object = {}): Load => ({
    title: `Archives: ${title}`,
    method: 'list_archives',
    body: (n) => ({ filters: filters(n), ...more }),
  });
  const at = (n: number) => new Date((BEGIN + ((n * 7919) % count) * SECOND) / 1000).toISOString();
  return [
    search('no filter', () => ({})),
    search('oldest first', () => ({}), { sort_order: 'asc' }),
    search('a common word', (n) => ({ query: COMMON[n % 8] })),
    search('two common words', (n) => ({ query: `${COMMON[n % 8]} ${COMMON[(n + 3) % 8]}` })),
    search('a word in a thousandth', (n) => ({ query: `parcel${(n * 37) % 1000}` })),
    search('a word of one thread', (n) => ({ query: `case${(n * 7919) % count}` })),
    search('words that are never together', (n) => ({ query: `case${n % count} parcel${(n + 1) % 1000}` })),
    search('a rare tag', () => ({ tags: { values: ['vip'] } })),
    search('without a tag', () => ({ tags: { exclude_values: ['vip'] } })),
    search('an agent, a group, a word', (n) => ({
      ...{ query: COMMON[n % 8], group_ids: [n % 4] },
      agents: { values: [`person${n % 19}@bench.test`] },
    })),
    search('until some time', (n) => ({ to: at(n) })),
    search('a word until some time', (n) => ({ query: COMMON[n % 8], to: at(n) })),
    search('a customer', (n) => ({ customer_email: `c${(n * 7919) % count}@bench.test` })),
  ];
}

function lists({ clientId }: BenchWorld): Load[] {
  const filters: [string, object][] = [
    ['no filter', {}],
    ['active', { active: true }],
    ['inactive', { active: false }],
    ['with threads', { include_chats_without_threads: false }],
    ['a group', { group_ids: [1] }],
    ['three groups', { group_ids: [1, 2, 3] }],
    ['a property', { properties: { [clientId]: { rare: { exists: true } } } }],
    ['its value', { properties: { [clientId]: { level: { values: [3] } } } }],
    ['not its value', { properties: { [clientId]: { level: { exclude_values: [3] } } } }],
    ['a group and a value', { group_ids: [1], properties: { [clientId]: { level: { values: [5] } } } }],
  ];
  return filters.flatMap(([title, filter]) =>
    ['desc', 'asc'].map((order) => ({
      title: `List Chats: ${title}, ${order}`,
      method: 'list_chats',
      body: () => ({ filters: filter, sort_order: order }),
    })),
  );
}

async function measure(size: number): Promise<Record<string, { p50: number; p99: number }>> {
  const folder = mkdtempSync(join(process.env.BENCH_FOLDER ?? tmpdir(), 'gatehouse-scale-'));
  const flags = ['--port', '0', '--data-dir', folder, '--log-level', 'silent', '--rate-limits', '0'];
  if (options.database !== undefined) flags.push('--database-url', options.database);
  const server = await startServer(readConfig(flags, {}), { logger: false });
  try {
    const world = await openBenchWorld(server);
    const started = performance.now();
    await registerProperties(server, world);
    await fill(server, world, size);
    const filled = performance.now();
    while ((await server.services.archives.indexer.work()) > 0);
    const indexed = performance.now();
    say(
      `${size} chats: filled in ${Math.round((filled - started) / 1000)} s, indexed in ${Math.round((indexed - filled) / 1000)} s more`,
    );
    return await measureAll(server, world, size);
  } finally {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureAll(server: RunningServer, world: BenchWorld, size: number) {
  const token = await world.agentToken();
  const call = async (method: string, body: unknown) => {
    const response = await fetch(`${server.address}/v3.6/agent/action/${method}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const answer = (await response.json()) as Record<string, never>;
    if (!response.ok) throw new Error(`${method} answered ${response.status}: ${JSON.stringify(answer)}`);
    return answer;
  };
  const chats = await world.activeChats(1000);
  const deep: string[] = [];
  let page: { next_page_id?: string } = await call('list_chats', { limit: 100 });
  for (let n = 0; n < 100 && page.next_page_id; n++) {
    deep.push(page.next_page_id);
    page = await call('list_chats', { page_id: page.next_page_id });
  }
  const loads: Load[] = [
    ...lists(world),
    { title: 'List Chats: a deep page', method: 'list_chats', body: () => ({ page_id: deep.at(-1) }) },
    { title: 'Get Chat', method: 'get_chat', body: (n) => ({ chat_id: chats[n % chats.length] }) },
    {
      title: 'Send Event',
      method: 'send_event',
      body: (n) => ({
        chat_id: chats[n % chats.length],
        event: { type: 'message', text: 'Hello, how can I help?' },
      }),
    },
    ...archives(size),
  ];
  // What was just written is indexed before anything is searched, so that a search is measured and not that.
  const settle = async () => {
    while ((await server.services.archives.indexer.work()) > 0);
  };
  const results: Record<string, { p50: number; p99: number }> = {};
  for (const { title, method, body } of loads) {
    await settle();
    for (let n = 0; n < Math.min(30, REQUESTS); n++) await call(method, body(n));
    const times: number[] = [];
    for (let n = 0; n < REQUESTS; n++) {
      const start = performance.now();
      await call(method, body(n + 30));
      times.push(performance.now() - start);
    }
    times.sort((a, b) => a - b);
    results[title] = { p50: median(times), p99: times[Math.floor(times.length * 0.99)] ?? Number.NaN };
    say(
      `  ${title.padEnd(48)} p50 ${results[title].p50.toFixed(2)} ms  p99 ${results[title].p99.toFixed(2)} ms`,
    );
  }
  return results;
}

const sizes: Record<string, Awaited<ReturnType<typeof measure>>> = {};
for (const size of options.chats.split(',').map(Number)) sizes[size] = await measure(size);
const engine = options.database === undefined ? 'sqlite' : 'postgres';
process.stdout.write(
  `${JSON.stringify({ machine: machine(), engine, requests: REQUESTS, sizes }, null, 2)}\n`,
);
