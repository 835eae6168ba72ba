import { Agent, request } from 'node:http';
import type { Workload } from '../harness/protocol.ts';

/** What good requests felt. Times in milliseconds. */
export interface Felt {
  requests: number;
  failed: number;
  p50: number;
  p99: number;
}

/** Sends good requests at a steady rate, whatever becomes of the earlier ones, so that waiting shows. */
export interface Probe {
  /** @param seconds how long; what is on its way then is waited for */
  run(seconds: number): Promise<Felt>;
  close(): void;
}

const RATE = 100;
const CONNECTIONS = 64;
const PATIENCE_MILLISECONDS = 10_000;

export function openProbe(url: string, workloads: readonly Workload[]): Probe {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const sent = workloads.map(() => 0);

  /** @returns milliseconds, or undefined for what failed */
  function one(index: number): Promise<number | undefined> {
    const workload = workloads[index] as Workload;
    const turn = sent[index] ?? 0;
    sent[index] = turn + 1;
    const body = workload.bodies[turn % Math.max(1, workload.bodies.length)] ?? '';
    const begun = performance.now();
    return new Promise((resolve) => {
      const call = request(
        url + workload.path,
        {
          agent,
          method: workload.method,
          headers: { ...workload.headers, 'content-length': Buffer.byteLength(body) },
          timeout: PATIENCE_MILLISECONDS,
        },
        (response) => {
          response.resume();
          response.on('end', () =>
            resolve(response.statusCode === 200 ? performance.now() - begun : undefined),
          );
          response.on('error', () => resolve(undefined));
        },
      );
      call.on('timeout', () => call.destroy());
      call.on('error', () => resolve(undefined));
      call.end(body);
    });
  }

  return {
    async run(seconds) {
      const calls: Promise<number | undefined>[] = [];
      const begun = performance.now();
      const due = () => Math.min(seconds, (performance.now() - begun) / 1000) * RATE;
      while (calls.length < seconds * RATE) {
        while (calls.length < due()) calls.push(one(calls.length % workloads.length));
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      const times = await Promise.all(calls);
      const good = times.filter((time) => time !== undefined).sort((a, b) => a - b);
      const at = (share: number): number => good[Math.floor(good.length * share)] ?? Number.NaN;
      return { requests: times.length, failed: times.length - good.length, p50: at(0.5), p99: at(0.99) };
    },
    close: () => agent.destroy(),
  };
}
