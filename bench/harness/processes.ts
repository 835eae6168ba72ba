import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { LoadOrder, LoadResult, TargetAnswer, TargetOrder, TargetUsage, Workload } from './protocol.ts';

/** Server and load on cores of their own, where the system can pin and has two. */
export const PINNED = spawnSync('taskset', ['-c', '1', 'true']).status === 0;
const SERVER_CORE = '0';
export const LOAD_CORE = '1';

function start(script: string, core: string, args: readonly string[] = []): ChildProcess {
  const command = [process.execPath, '--disable-warning=ExperimentalWarning', script, ...args];
  const [program = process.execPath, ...rest] = PINNED ? ['taskset', '-c', core, ...command] : command;
  const child = spawn(program, rest, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  process.once('exit', () => child.kill('SIGKILL'));
  return child;
}

function message<T>(child: ChildProcess, wanted: (value: T) => boolean): Promise<T> {
  return new Promise((resolve, reject) => {
    const listen = (value: unknown): void => {
      if (!wanted(value as T)) return;
      child.off('message', listen);
      child.off('exit', gone);
      resolve(value as T);
    };
    const gone = (code: number | null): void =>
      reject(new Error(`a process of the benchmark ended: ${code}`));
    child.on('message', listen);
    child.once('exit', gone);
  });
}

/** A server under measurement, in a process of its own. */
export interface Target {
  url: string;
  prepare(scenario: string, count: number): Promise<Workload>;
  /**
   * Since the last time it was asked.
   * @param profile begins a CPU profile that the next call writes to this file
   */
  usage(profile?: string): Promise<TargetUsage>;
  stop(): Promise<void>;
}

export async function startTarget(name: string, args: readonly string[] = []): Promise<Target> {
  const script = fileURLToPath(new URL(`../targets/${name}`, import.meta.url));
  const child = start(script, SERVER_CORE, args);
  const { url } = await message<{ url?: string }>(child, (value) => value.url !== undefined);
  let orders = 0;

  async function order<A extends TargetAnswer>(text: Omit<TargetOrder, 'id'>): Promise<A> {
    const id = ++orders;
    child.send({ ...text, id });
    const answer = await message<TargetAnswer>(child, (value) => value.id === id);
    if ('error' in answer) throw new Error(`${name}: ${answer.error}`);
    return answer as A;
  }

  return {
    url: url ?? '',
    prepare: async (scenario, count) => {
      const text = { kind: 'prepare', scenario, count } as Omit<TargetOrder, 'id'>;
      return (await order<{ id: number; workload: Workload }>(text)).workload;
    },
    usage: async (profile) =>
      (await order<{ id: number; usage: TargetUsage }>({ kind: 'usage', profile } as Omit<TargetOrder, 'id'>))
        .usage,
    stop: async () => void (await order<{ id: number; stopped: true }>({ kind: 'stop' })),
  };
}

/** The process that sends the load. One is kept for a whole run, so that all targets meet the same. */
export interface LoadProcess {
  run(order: LoadOrder): Promise<LoadResult>;
  stop(): void;
}

export function startLoad(): LoadProcess {
  const child = start(fileURLToPath(new URL('load.ts', import.meta.url)), LOAD_CORE);
  return {
    async run(order) {
      child.send(order);
      return message<LoadResult>(child, (value) => value.requests !== undefined);
    },
    stop: () => child.disconnect(),
  };
}
