import type { Clock, Micros } from '../../kernel/clock.ts';
import type { Webhook } from './webhook.ts';

/** The webhooks that are on in each organization, remembered: every change of a chat asks. */
export interface WebhookDirectory {
  /** From memory; undefined where it is not known. */
  known(licenseId: number): readonly Webhook[] | undefined;
  active(licenseId: number): Promise<readonly Webhook[]>;
  forget(licenseId: number): void;
  forgetAll(): void;
}

const CAPACITY = 10_000;
const NONE: readonly Webhook[] = [];

export function webhookDirectory(options: {
  read(licenseId: number): Promise<Webhook[]>;
  clock: Clock;
  maxAge(): Micros;
}): WebhookDirectory {
  const { read, clock, maxAge } = options;
  const memory = new Map<number, { readAt: Micros; webhooks: readonly Webhook[] }>();
  // What was read before something was forgotten is not remembered after it.
  let epoch = 0;

  function known(licenseId: number): readonly Webhook[] | undefined {
    const found = memory.get(licenseId);
    if (!found) return undefined;
    const bound = maxAge();
    return bound === Number.POSITIVE_INFINITY || clock.now() - found.readAt <= bound
      ? found.webhooks
      : undefined;
  }

  return {
    known,
    async active(licenseId) {
      const remembered = known(licenseId);
      if (remembered) return remembered;
      const before = epoch;
      const readAt = clock.now();
      const found = await read(licenseId);
      const webhooks = found.length === 0 ? NONE : found;
      if (before === epoch) {
        if (memory.size >= CAPACITY) memory.clear();
        memory.set(licenseId, { readAt, webhooks });
      }
      return webhooks;
    },
    forget(licenseId) {
      epoch += 1;
      memory.delete(licenseId);
    },
    forgetAll() {
      epoch += 1;
      memory.clear();
    },
  };
}
