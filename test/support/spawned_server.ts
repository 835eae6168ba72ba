import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The server as a process of its own, so that it can be killed and started again on the same data. */
export interface SpawnedServer {
  url: string;
  process: ChildProcess;
  /** What it wrote for people (standard error) so far. */
  output(): string;
  /** What it logged (standard output) so far. */
  log(): string;
  /** SIGKILL: nothing is flushed, nothing is said. */
  kill(): Promise<void>;
  /** SIGTERM. @returns the exit code */
  stop(): Promise<number | null>;
}

export interface SpawnOptions {
  /** A folder of the test's own; it outlives the process. */
  dataDir: string;
  /** More flags, such as `--demo`. */
  flags?: readonly string[];
  /** Another server than that of the sources, such as `['node', 'dist/server/main.js']`. */
  command?: readonly string[];
  env?: Record<string, string>;
  /** Beyond the usual: for a seed with many passwords to hash. */
  morePatienceMilliseconds?: number;
}

const MAIN = fileURLToPath(new URL('../../server/app/main.ts', import.meta.url));
const START_LIMIT_MILLISECONDS = 30_000;

/**
 * Starts a server on a port that the system chooses, and waits until it answers.
 * @throws Error with what it wrote when it ends instead
 */
export async function spawnServer(options: SpawnOptions): Promise<SpawnedServer> {
  const [program = process.execPath, ...before] = options.command ?? [
    process.execPath,
    '--disable-warning=ExperimentalWarning',
    // The walk is also run against the built server.
    process.env.TEST_SERVER_MAIN ?? MAIN,
  ];
  const flags = [
    '--port',
    '0',
    '--data-dir',
    options.dataDir,
    '--log-level',
    'info',
    ...(options.flags ?? []),
  ];
  const { TEST_POSTGRES_URL: _unused, NODE_TEST_CONTEXT: _context, ...inherited } = process.env;
  const child = spawn(program, [...before, ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: join(fileURLToPath(new URL('../..', import.meta.url))),
    env: { ...inherited, ...options.env },
  });
  let output = '';
  let log = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    log += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  // Whatever becomes of the test, no server stays behind.
  const killWithTest = () => child.kill('SIGKILL');
  process.once('exit', killWithTest);
  const exited = once(child, 'exit').then(([code]) => {
    process.off('exit', killWithTest);
    return code as number | null;
  });

  const url = await new Promise<string>((resolve, reject) => {
    const tooLong = setTimeout(
      () => {
        child.kill('SIGKILL');
        reject(new Error(`the server did not start in time. It wrote:\n${output}${log}`));
      },
      START_LIMIT_MILLISECONDS + (options.morePatienceMilliseconds ?? 0),
    );
    const look = () => {
      const [found] = /http:\/\/(localhost|127\.0\.0\.1):\d+/.exec(output) ?? [];
      if (!found) return;
      clearTimeout(tooLong);
      resolve(found);
    };
    child.stderr.on('data', look);
    void exited.then((code) => {
      clearTimeout(tooLong);
      reject(new Error(`the server ended with code ${code}. It wrote:\n${output}${log}`));
    });
  });

  return {
    url,
    process: child,
    output: () => output,
    log: () => log,
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    stop() {
      child.kill('SIGTERM');
      return exited;
    },
  };
}
