import autocannon from 'autocannon';
import type { LoadOrder, LoadResult } from './protocol.ts';

/** Sends an order's requests and measures each answer on its own clock, finer than the tool's own histogram. */
function run({ url, workload, connections, amount }: LoadOrder): Promise<LoadResult> {
  const { method, path, headers, bodies, once } = workload;
  const times = new Float64Array(amount);
  let answered = 0;
  let failed = 0;
  let next = 0;
  let started = 0;
  let ended = 0;
  let cpu = process.cpuUsage();
  return new Promise((resolve, reject) => {
    const instance = autocannon(
      {
        url,
        connections: Math.min(connections, amount),
        amount,
        timeout: 30,
        requests: [
          {
            method,
            path,
            headers,
            setupRequest: (request) => {
              if (started === 0) {
                started = performance.now();
                cpu = process.cpuUsage();
              }
              if (bodies.length === 0) return request;
              const body = bodies[once ? Math.min(next, bodies.length - 1) : next % bodies.length];
              next += 1;
              return body === undefined ? request : { ...request, body };
            },
          },
        ],
      },
      (error) => {
        if (error) return reject(error);
        const sorted = times.subarray(0, answered).sort();
        const spent = process.cpuUsage(cpu);
        const milliseconds = ended - started;
        resolve({
          requests: answered,
          failed: failed + (amount - answered),
          seconds: milliseconds / 1000,
          p50: sorted[Math.floor(answered * 0.5)] ?? Number.NaN,
          p99: sorted[Math.floor(answered * 0.99)] ?? Number.NaN,
          loadCpu: (spent.user + spent.system) / 1000 / milliseconds,
        });
      },
    );
    instance.on('response', (_client, status, _bytes, milliseconds) => {
      if (status < 200 || status > 299) failed += 1;
      if (answered < amount) times[answered] = milliseconds;
      answered += 1;
      ended = performance.now();
    });
  });
}

process.on('message', (order: LoadOrder) => {
  run(order).then(
    (result) => process.send?.(result),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
      process.exit(1);
    },
  );
});
