import { closeSync, fdatasync, openSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';

/** Puts what was committed on disk. Replaced in tests. */
export type SyncFile = (descriptor: number, done: (error: Error | null) => void) => void;

export interface Durability {
  /**
   * Calls back once all that is committed by now is on disk; with the error when that failed. Calls that
   * come while the disk is busy share the next round.
   */
  settle(answers: readonly Answer[]): void;
  /** Resolves when nothing waits for the disk. */
  idle(): Promise<void>;
  close(): void;
}

export interface Answer {
  give(): void;
  fail(error: Error): void;
}

/**
 * Makes commits durable without holding up the event loop. SQLite's own way (`synchronous = FULL`) is an
 * fsync of the write-ahead log inside of COMMIT, during which the process can do nothing else. Here COMMIT
 * only writes the log (`synchronous = NORMAL`), and the same fsync is done beside it, by a thread of Node's
 * pool, before anybody is answered; the next batch is worked on meanwhile.
 *
 * SQLite still orders the log and the database file by itself where that matters: before a checkpoint, and
 * when the log begins anew (https://sqlite.org/pragma.html#pragma_synchronous).
 */
export function sqliteDurability(
  connection: DatabaseSync,
  file: string,
  sync: SyncFile = fdatasync,
): Durability {
  let descriptor: number | undefined;
  let waiting: Answer[] = [];
  let busy = false;
  let onIdle: (() => void)[] = [];

  /** The log is there from the first commit on; that one was made durable by SQLite itself. */
  function openLog(): void {
    // For writing, since Windows flushes no file that is open for reading alone.
    descriptor = openSync(`${file}-wal`, 'r+');
    connection.exec('PRAGMA synchronous = NORMAL');
  }

  function round(): void {
    if (busy || waiting.length === 0 || descriptor === undefined) return;
    busy = true;
    const answers = waiting;
    waiting = [];
    sync(descriptor, (error) => {
      busy = false;
      for (const answer of answers) error ? answer.fail(error) : answer.give();
      round();
      if (!busy) for (const resolve of onIdle.splice(0)) resolve();
    });
  }

  return {
    settle(answers) {
      if (descriptor === undefined) {
        openLog();
        for (const answer of answers) answer.give();
        return;
      }
      waiting.push(...answers);
      round();
    },
    idle: () => (busy ? new Promise<void>((resolve) => onIdle.push(resolve)) : Promise.resolve()),
    close() {
      if (descriptor !== undefined) closeSync(descriptor);
      descriptor = undefined;
      onIdle = [];
    },
  };
}
