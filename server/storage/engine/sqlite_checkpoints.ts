import type { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';

/** Pages that the log may hold before the writing connection itself moves them, which stops it meanwhile. */
const PAGES_ALONE = 2_000;
/** The same while a thread does it: only so that the log stays bounded when that falls behind. */
const PAGES_WITH_THREAD = 32_000;
/** Units of work in a window that make a thread worth its memory. */
const BUSY_UNITS = 1_000;
const WINDOW_MILLISECONDS = 2_000;
/** Units between two checkpoints of the thread. */
const UNITS_BETWEEN = 400;
const IDLE_MILLISECONDS = 60_000;

/**
 * What the thread runs: it has nothing but a connection of its own. A passive checkpoint waits for nobody and
 * holds nobody up (https://sqlite.org/c3ref/wal_checkpoint_v2.html); one that fails is tried again later.
 */
const THREAD = `
const { parentPort, workerData } = require('node:worker_threads');
const { DatabaseSync } = require('node:sqlite');
const connection = new DatabaseSync(workerData.file, { timeout: 0 });
connection.exec('PRAGMA synchronous = NORMAL');
parentPort.on('message', (order) => {
  if (order === 'close') {
    connection.close();
    parentPort.close();
    return;
  }
  try {
    connection.exec('PRAGMA wal_checkpoint(PASSIVE)');
  } catch {}
  parentPort.postMessage('done');
});
`;

export interface Checkpoints {
  /** Tells that so many units were committed. */
  committed(units: number): void;
  close(): Promise<void>;
}

/**
 * Moves what the write-ahead log holds into the database file. Under little load the writing connection does it
 * now and then; under much, a thread does, so that the server's own never stops for it. The thread comes with
 * the load and goes with it.
 */
export function sqliteCheckpoints(writer: DatabaseSync, file: string): Checkpoints {
  let thread: { worker: Worker; idle: boolean; lastUsed: number; ended: Promise<unknown> } | undefined;
  let windowBegan = performance.now();
  let unitsInWindow = 0;
  let unitsSince = 0;
  let timer: NodeJS.Timeout | undefined;

  writer.exec(`PRAGMA wal_autocheckpoint = ${PAGES_ALONE}`);

  function begin(): void {
    const worker = new Worker(THREAD, { eval: true, workerData: { file }, env: {}, execArgv: [] });
    worker.unref();
    const ended = new Promise((resolve) => worker.once('exit', resolve));
    const started = { worker, idle: true, lastUsed: performance.now(), ended };
    worker.on('message', () => {
      started.idle = true;
    });
    // Without it the writing connection does its work again.
    worker.once('error', () => void end());
    thread = started;
    writer.exec(`PRAGMA wal_autocheckpoint = ${PAGES_WITH_THREAD}`);
    timer = setInterval(() => {
      if (performance.now() - started.lastUsed > IDLE_MILLISECONDS) void end();
    }, IDLE_MILLISECONDS).unref();
  }

  async function end(): Promise<void> {
    const ending = thread;
    if (!ending) return;
    thread = undefined;
    clearInterval(timer);
    // From here on it is waited for, so that the process does not end in the middle.
    ending.worker.ref();
    ending.worker.postMessage('close');
    if (writer.isOpen) writer.exec(`PRAGMA wal_autocheckpoint = ${PAGES_ALONE}`);
    await ending.ended;
  }

  return {
    committed(units) {
      const now = performance.now();
      if (now - windowBegan > WINDOW_MILLISECONDS) {
        windowBegan = now;
        unitsInWindow = 0;
      }
      unitsInWindow += units;
      unitsSince += units;
      if (!thread && unitsInWindow >= BUSY_UNITS) begin();
      if (!thread?.idle || unitsSince < UNITS_BETWEEN) return;
      unitsSince = 0;
      thread.idle = false;
      thread.lastUsed = now;
      thread.worker.postMessage('checkpoint');
    },
    close: end,
  };
}
