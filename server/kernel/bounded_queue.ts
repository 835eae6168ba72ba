import { GatehouseError } from './errors.ts';

/** Work that is heavy on purpose: some at once, some that wait, and no more. */
export interface BoundedQueue {
  /** @throws GatehouseError `service_unavailable` at once, when as many wait as may */
  run<T>(work: () => Promise<T>): Promise<T>;
  statistics(): { running: number; waiting: number };
}

/** Clients are asked to come back after this. */
const RETRY_SECONDS = 2;

/** @param busy what is said to those for whom there is no room */
export function boundedQueue(limits: { concurrent: number; waiting: number; busy: string }): BoundedQueue {
  let running = 0;
  const waiting: (() => void)[] = [];

  async function place(): Promise<void> {
    if (running < limits.concurrent) {
      running += 1;
      return;
    }
    if (waiting.length >= limits.waiting)
      throw new GatehouseError('service_unavailable', limits.busy, { retryAfterSeconds: RETRY_SECONDS });
    await new Promise<void>((resolve) => waiting.push(resolve));
  }

  /** A place goes from hand to hand, so that nobody who comes just then takes it as well. */
  function leave(): void {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }

  return {
    async run(work) {
      await place();
      try {
        return await work();
      } finally {
        leave();
      }
    },
    statistics: () => ({ running, waiting: waiting.length }),
  };
}
