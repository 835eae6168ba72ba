// Hours of traffic in minutes: the same load again and again, while the server's clock is moved on. Memory has to stay
// flat, and the database must keep what is alive and what people said, and nothing else.
// node tools/run.mjs node bench/hours_of_traffic.ts [--hours 12] [--requests 24000]
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parseArgs } from 'node:util';
import { machine } from './harness/machine.ts';
import { startLoad, startTarget } from './harness/processes.ts';

const { values: options } = parseArgs({
  options: { hours: { type: 'string', default: '12' }, requests: { type: 'string', default: '24000' } },
});
const hours = Number(options.hours);
/** Each hour's load, as shares of `--requests`: what apps do, and mostly read. */
const SHARES = { exchange: 1, refresh: 2, introspect: 3, list_chats: 3, send_event: 3 };
const parts = Object.values(SHARES).reduce((sum, share) => sum + share, 0);
const TABLES = ['authorization_codes', 'access_tokens', 'refresh_tokens', 'events'];

const folder = mkdtempSync(join(process.env.BENCH_FOLDER ?? tmpdir(), 'gatehouse-hours-'));
const file = join(folder, 'gatehouse.db');
const target = await startTarget('gatehouse.ts', [`sqlite:${file}`]);
const load = startLoad();

/** Of the database and its log together. */
function megabytes(): number {
  const bytes = readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  return Math.round(bytes / 1_048_576);
}

function rows(): number[] {
  const database = new DatabaseSync(file, { readOnly: true });
  const counted = TABLES.map(
    (table) => database.prepare(`select count(*) as n from ${table}`).get()?.n as number,
  );
  database.close();
  return counted;
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const facts = machine();
say(
  `${facts.processor}, ${facts.cores} cores, load ${facts.loadBefore}, Node ${facts.node}, ${facts.commit}\n`,
);
say(`| Hour | Requests | Failed | Memory MB | Database MB | ${TABLES.join(' | ')} |`);
say(`| ${['---', ...Array(4 + TABLES.length).fill('---:')].join(' | ')} |`);
let sent = 0;
async function tell(time: number | string, failed: number): Promise<void> {
  const { rssMegabytes } = await target.usage();
  say(`| ${[time, sent, failed, rssMegabytes, megabytes(), ...rows()].join(' | ')} |`);
}

for (let hour = 1; hour <= hours; hour++) {
  let failed = 0;
  for (const [scenario, share] of Object.entries(SHARES)) {
    const amount = Math.round((Number(options.requests) * share) / parts);
    const workload = await target.prepare(scenario, amount);
    const result = await load.run({ url: target.url, workload, connections: 16, amount });
    sent += result.requests;
    failed += result.failed;
  }
  await target.prepare('age', 3600);
  await tell(hour, failed);
}
// A refresh token dies after 30 days without use, and what is dead is kept for 30 more, so that its owner can be told
// what became of it.
await target.prepare('age', 62 * 24 * 3600);
await tell('62 days later', 0);
await target.stop();
load.stop();
rmSync(folder, { recursive: true, force: true });
