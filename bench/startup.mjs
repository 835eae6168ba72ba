// Time from start to the first answer, and memory at rest, of the built server: `npm run build`, then
// `node tools/run.mjs node bench/startup.mjs`. The first line is on an empty folder, the others on existing data.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const ROUNDS = 5;
const SETTLE_MILLISECONDS = 1500;
const folder = mkdtempSync(join(tmpdir(), 'gatehouse-startup-'));
const port = await freePort();

for (let round = 1; round <= ROUNDS; round++) {
  const flags = ['--port', String(port), '--data-dir', folder, '--log-level', 'silent'];
  const started = performance.now();
  const server = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', 'dist/server/main.js', ...flags],
    {
      stdio: 'ignore',
      env: { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compile-cache') },
    },
  );
  while (!(await answers())) await wait(5);
  const milliseconds = Math.round(performance.now() - started);
  await wait(SETTLE_MILLISECONDS);
  const status = process.platform === 'linux' ? readFileSync(`/proc/${server.pid}/status`, 'utf8') : '';
  const kilobytes = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN);
  server.kill('SIGTERM');
  const [code] = await once(server, 'exit');
  process.stdout.write(
    `${milliseconds} ms to the first answer, ${Math.round(kilobytes / 1024)} MB at rest, exit ${code}\n`,
  );
}
rmSync(folder, { recursive: true, force: true });

async function answers() {
  try {
    return (await fetch(`http://127.0.0.1:${port}/healthz`)).ok;
  } catch {
    return false;
  }
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port: free } = probe.address();
  probe.close();
  return free;
}
