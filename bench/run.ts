// Measures Gatehouse against bare servers and a peer, interleaved in one run, and says which goals are met.
// npm run bench [-- --repetitions 5 --only exchange --without-million --profile <folder> --save]
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { machine } from './harness/machine.ts';
import { startLoad, startTarget, type Target } from './harness/processes.ts';
import { MEASURES, type Measure, measureKey, TARGETS, type TargetName } from './measures.ts';
import { saveReport } from './report/save.ts';
import { type Sample, summarize } from './report/summary.ts';
import { textReport } from './report/text.ts';

const CONNECTIONS = 32;
const WARM_UP = 0.5;
const MILLION = 1_000_000;

const { values: options } = parseArgs({
  options: {
    repetitions: { type: 'string', default: '5' },
    only: { type: 'string' },
    'without-million': { type: 'boolean', default: false },
    save: { type: 'boolean', default: false },
    profile: { type: 'string' },
    database: { type: 'string' },
  },
});
const repetitions = Number(options.repetitions);
const wanted = MEASURES.filter(
  (measure) =>
    !(options['without-million'] && measure.target === 'gatehouse_million') &&
    (options.only === undefined || measureKey(measure).includes(options.only)),
);
const facts = machine();
const folder = mkdtempSync(join(tmpdir(), 'gatehouse-bench-run-'));
const targets = new Map<TargetName, Target>();
const say = (text: string): void => void process.stderr.write(`${text}\n`);

/** Gatehouse begins, so that the bare server can send the very bytes that it answered. */
async function startTargets(): Promise<void> {
  const names = new Set(wanted.map(({ target }) => target));
  const arguments_: Partial<Record<TargetName, string[]>> = {};
  if (options.database !== undefined) arguments_.gatehouse = [options.database];
  if (names.has('gatehouse') || wanted.some(({ scenario }) => scenario === 'list_chats')) {
    const gatehouse = await startTarget(TARGETS.gatehouse.script, arguments_.gatehouse);
    targets.set('gatehouse', gatehouse);
    arguments_.bare_fastify = [await keepAnswer(gatehouse)];
  }
  for (const name of names)
    if (!targets.has(name)) targets.set(name, await startTarget(TARGETS[name].script, arguments_[name]));
  if (names.has('gatehouse_million')) {
    say('Filling a database with a million live tokens …');
    await targets.get('gatehouse_million')?.prepare('fill_tokens', MILLION);
  }
}

async function keepAnswer(gatehouse: Target): Promise<string> {
  const { method, path, headers, bodies } = await gatehouse.prepare('list_chats', 1);
  const answer = await fetch(gatehouse.url + path, { method, headers, body: bodies[0] ?? '' });
  if (!answer.ok) throw new Error(`List Chats answered ${answer.status}: ${await answer.text()}`);
  const file = join(folder, 'list_chats.json');
  writeFileSync(file, Buffer.from(await answer.arrayBuffer()));
  return file;
}

const load = startLoad();

const samples = new Map<string, Sample[]>();

async function measure(one: Measure, amount: number): Promise<Sample> {
  const target = targets.get(one.target);
  if (!target) throw new Error(`${one.target} is not there`);
  const workload = await target.prepare(one.scenario, amount);
  await target.usage(options.profile === undefined ? undefined : join(options.profile, measureKey(one)));
  const result = await load.run({ url: target.url, workload, connections: CONNECTIONS, amount });
  const usage = await target.usage();
  if (result.failed > 0)
    throw new Error(
      `${measureKey(one)}: ${result.failed} of ${amount} requests failed; nothing was measured`,
    );
  return { ...result, ...usage, rate: result.requests / result.seconds };
}

try {
  await startTargets();
  for (const one of wanted) await measure(one, Math.ceil(one.amount * WARM_UP));
  for (let repetition = 1; repetition <= repetitions; repetition++) {
    say(`Repetition ${repetition} of ${repetitions} …`);
    for (const one of wanted) {
      const key = measureKey(one);
      samples.set(key, [...(samples.get(key) ?? []), await measure(one, one.amount)]);
    }
  }
  const summary = summarize(facts, wanted, samples, CONNECTIONS);
  process.stdout.write(`${textReport(summary)}\n`);
  if (options.save) for (const file of saveReport(summary)) say(`Wrote ${file}`);
} finally {
  for (const target of targets.values()) await target.stop();
  load.stop();
  rmSync(folder, { recursive: true, force: true });
}
