import { mkdirSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { dirname } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { TargetAnswer, TargetOrder, Workload } from './protocol.ts';

/** Makes the requests of a scenario; those of single-use things must be as many as will be sent. */
export type Preparation = (count: number) => Promise<Workload> | Workload;

/** Tells the harness where the target listens, and serves its orders until it says stop. */
export function serveTarget(
  url: string,
  scenarios: Record<string, Preparation>,
  close: () => Promise<void> | void,
): void {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  let cpu = process.cpuUsage();
  let since = performance.now();

  const answer = (message: TargetAnswer): void => void process.send?.(message);

  async function obey(order: TargetOrder): Promise<void> {
    if (order.kind === 'prepare') {
      const prepare = scenarios[order.scenario];
      if (!prepare) throw new Error(`this target has no scenario ${order.scenario}`);
      answer({ id: order.id, workload: await prepare(order.count) });
    } else if (order.kind === 'usage') {
      await endProfile();
      const spent = process.cpuUsage(cpu);
      const elapsed = (performance.now() - since) * 1000;
      answer({
        id: order.id,
        usage: {
          cpu: (spent.user + spent.system) / elapsed,
          rssMegabytes: Math.round(process.memoryUsage.rss() / 1_048_576),
          stallP99: delay.percentile(99) / 1e6,
        },
      });
      if (order.profile !== undefined) await beginProfile(order.profile);
      delay.reset();
      cpu = process.cpuUsage();
      since = performance.now();
    } else {
      await close();
      answer({ id: order.id, stopped: true });
      process.disconnect?.();
    }
  }

  let profiler: { session: Session; file: string } | undefined;

  async function beginProfile(file: string): Promise<void> {
    const session = new Session();
    session.connect();
    await session.post('Profiler.enable');
    await session.post('Profiler.start');
    profiler = { session, file };
  }

  async function endProfile(): Promise<void> {
    if (!profiler) return;
    const { profile } = await profiler.session.post('Profiler.stop');
    mkdirSync(dirname(profiler.file), { recursive: true });
    writeFileSync(`${profiler.file}.cpuprofile`, JSON.stringify(profile));
    profiler.session.disconnect();
    profiler = undefined;
  }

  process.on('message', (order: TargetOrder) => {
    obey(order).catch((error: unknown) =>
      answer({
        id: order.id,
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      }),
    );
  });
  process.send?.({ url });
}
