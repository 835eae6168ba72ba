// What good requests feel while others misbehave: one attack after the other on a server of its own.
// node bench/overload.ts [--seconds 20] [--only "wrong logins"]
// Run it on a machine that does nothing else: the goals are ratios, but of the 99th percentile.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { machine } from './harness/machine.ts';
import { LOAD_CORE, PINNED, startTarget, type Target } from './harness/processes.ts';
import { openProbe, type Probe } from './overload/probe.ts';

const ATTACKS = ['slow connections', 'header flood', 'body flood', 'hash-flood keys', 'wrong logins'];
const GOAL = { timesQuiet: 2, memoryMegabytes: 200, secondsToNormal: 5 };
const ATTACKER = fileURLToPath(new URL('./overload/attacker.ts', import.meta.url));
/** Kept up for so long before it is measured: two thousand connections are not there at once. */
const RAMP_SECONDS = 3;

const { values: options } = parseArgs({
  options: { seconds: { type: 'string', default: '20' }, only: { type: 'string' } },
});
const seconds = Number(options.seconds);

interface Row {
  attack: string;
  p99: number;
  failed: number;
  growth: number;
  normalAfter: number | undefined;
  answers: Record<string, number>;
}

function startAttack(name: string, url: string): ChildProcess {
  const command = [process.execPath, '--disable-warning=ExperimentalWarning', ATTACKER, name, url];
  // It shares a core with the good requests, and must not be what they wait for.
  const pinned = ['nice', '-n', '19', 'taskset', '-c', LOAD_CORE, ...command];
  const [program = process.execPath, ...rest] = PINNED ? pinned : command;
  return spawn(program, rest, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
}

async function endAttack(child: ChildProcess): Promise<Record<string, number>> {
  const told = once(child, 'message') as Promise<[{ answers: Record<string, number> }]>;
  child.send('stop');
  return (await told)[0].answers;
}

/** Seconds until a second's worth of good requests feels as it did before; undefined when it does not come. */
async function recovery(probe: Probe, bound: number): Promise<number | undefined> {
  const begun = performance.now();
  for (let second = 0; second < 15; second++) {
    const elapsed = (performance.now() - begun) / 1000;
    const felt = await probe.run(1);
    if (felt.failed === 0 && felt.p99 <= bound) return elapsed;
  }
  return undefined;
}

async function underAttack(attack: string, target: Target, probe: Probe, quiet: number): Promise<Row> {
  const before = (await target.usage()).rssMegabytes;
  const attacker = startAttack(attack, target.url);
  let peak = before;
  const watch = setInterval(
    () =>
      void target.usage().then(({ rssMegabytes }) => {
        peak = Math.max(peak, rssMegabytes);
      }),
    500,
  );
  await probe.run(RAMP_SECONDS);
  const felt = await probe.run(seconds);
  const answers = await endAttack(attacker);
  const normalAfter = await recovery(probe, quiet * GOAL.timesQuiet);
  clearInterval(watch);
  return { attack, p99: felt.p99, failed: felt.failed, growth: peak - before, normalAfter, answers };
}

const verdict = (met: boolean): string => (met ? 'met' : 'MISSED');

function print(quiet: number, rows: readonly Row[]): void {
  const facts = machine();
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  say(
    `${facts.processor}, ${facts.cores} cores, load ${facts.loadBefore}, Node ${facts.node}, ${facts.commit}`,
  );
  say(`quiet: p99 ${quiet.toFixed(1)} ms\n`);
  const { timesQuiet, memoryMegabytes, secondsToNormal } = GOAL;
  say(
    `| Attack | p99 (goal ≤ ${timesQuiet} × quiet) | Good ones that failed | Memory (goal < ${memoryMegabytes} MB) | Normal after (goal ≤ ${secondsToNormal} s) | What it was answered |`,
  );
  say('| --- | --- | --- | --- | --- | --- |');
  for (const { attack, p99, failed, growth, normalAfter, answers } of rows) {
    const ratio = p99 / quiet;
    const cells = [
      attack,
      `${p99.toFixed(1)} ms = ${ratio.toFixed(2)} ×, ${verdict(ratio <= timesQuiet)}`,
      String(failed),
      `+${growth} MB, ${verdict(growth < memoryMegabytes)}`,
      normalAfter === undefined
        ? 'never, MISSED'
        : `${normalAfter.toFixed(1)} s, ${verdict(normalAfter <= secondsToNormal)}`,
      Object.entries(answers)
        .map(([answer, count]) => `${answer}: ${count}`)
        .join(', '),
    ];
    say(`| ${cells.join(' | ')} |`);
  }
}

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-overload-'));
const target = await startTarget('gatehouse.ts', [
  `sqlite:${join(folder, 'overload.db')}`,
  '--trust-proxy',
  '127.0.0.1',
]);
const workloads = await Promise.all([
  target.prepare('introspect', 1_000),
  target.prepare('list_chats', 1),
  // What writes, too: a code works once, so that there must be enough for everything.
  target.prepare('exchange', Math.ceil((seconds + 20) * 40 * (ATTACKS.length + 2))),
]);
const probe = openProbe(target.url, workloads);
await probe.run(3);
const quiet = (await probe.run(seconds)).p99;
const rows: Row[] = [];
for (const attack of ATTACKS) {
  if (options.only !== undefined && !attack.includes(options.only)) continue;
  process.stderr.write(`${attack} …\n`);
  rows.push(await underAttack(attack, target, probe, quiet));
}
print(quiet, rows);
probe.close();
await target.stop();
rmSync(folder, { recursive: true, force: true });
process.exit(0);
