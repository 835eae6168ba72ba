import type { Clock, Micros } from '../kernel/clock.ts';

/** Something of each organization that is asked for with every call and changes rarely. */
export interface RememberedByOrganization<T> {
  get(licenseId: number): Promise<T>;
  /** The next question is answered from the database. */
  forget(licenseId: number): void;
  forgetAll(): void;
}

const CAPACITY = 1_000;

/** @param options.maxAge microseconds that an answer is believed; asked each time */
export function rememberByOrganization<T>(
  read: (licenseId: number) => Promise<T>,
  options: { clock: Clock; maxAge(): Micros },
): RememberedByOrganization<T> {
  const { clock, maxAge } = options;
  // The promise is kept, not its answer: what is forgotten while it is under way is not remembered after all.
  const remembered = new Map<number, Promise<{ readAt: Micros; value: T }>>();
  return {
    async get(licenseId) {
      const known = await remembered.get(licenseId)?.catch(() => undefined);
      if (known && clock.now() - known.readAt <= maxAge()) return known.value;
      if (remembered.size >= CAPACITY) remembered.clear();
      const readAt = clock.now();
      const reading = read(licenseId).then((value) => ({ readAt, value }));
      remembered.set(licenseId, reading);
      return (await reading).value;
    },
    forget: (licenseId) => void remembered.delete(licenseId),
    forgetAll: () => remembered.clear(),
  };
}
