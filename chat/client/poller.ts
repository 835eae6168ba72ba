import { ChatApiError } from './chat_api_error.ts';
import { nextPoll } from './poll_plan.ts';

export interface Poller {
  start(): void;
  stop(): void;
  /** Something happened: ask at once, and often for a while. */
  hurry(): void;
  /** A key was pressed, say: ask often for a while. */
  stir(): void;
}

/**
 * Asks again and again, one question at a time.
 * @param ask one question; says whether it found something new
 * @param failed hears of each question that was in vain
 */
export function poller(ask: () => Promise<boolean>, failed: (error: unknown) => void): Poller {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asking = false;
  let again = false;
  let running = false;
  let failures = 0;
  let retryAfter = 0;
  let happenedAt = Date.now();

  function plan(): void {
    clearTimeout(timer);
    if (!running) return;
    const quietFor = Date.now() - happenedAt;
    const wait = nextPoll({ visible: !document.hidden, failures, retryAfter, quietFor }, Math.random());
    timer = setTimeout(() => void run(), wait);
  }

  async function run(): Promise<void> {
    if (asking) {
      again = true;
      return;
    }
    clearTimeout(timer);
    asking = true;
    try {
      if (await ask()) happenedAt = Date.now();
      failures = 0;
      retryAfter = 0;
    } catch (error) {
      failures += 1;
      retryAfter = error instanceof ChatApiError ? error.retryAfter : 0;
      failed(error);
    }
    asking = false;
    const now = again && failures === 0;
    again = false;
    if (now && running) void run();
    else plan();
  }

  function seen(): void {
    if (document.hidden) plan();
    else if (failures === 0) void run();
  }

  return {
    start() {
      running = true;
      document.addEventListener('visibilitychange', seen);
      void run();
    },
    stop() {
      running = false;
      document.removeEventListener('visibilitychange', seen);
      clearTimeout(timer);
    },
    hurry() {
      happenedAt = Date.now();
      if (running && retryAfter === 0) void run();
    },
    stir() {
      const wasQuiet = Date.now() - happenedAt > 30_000;
      happenedAt = Date.now();
      if (wasQuiet && running && failures === 0 && !asking) plan();
    },
  };
}
