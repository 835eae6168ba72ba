import { type Clock, type Micros, seconds } from '../../kernel/clock.ts';
import type { Keyring } from '../../kernel/keyring.ts';
import { unseal } from '../../kernel/sealing.ts';
import { OutgoingFailure, type OutgoingRequests } from '../outgoing.ts';
import type { Storage } from '../storage.ts';
import type { Delivery, Webhook } from './webhook.ts';
import type { Attempt } from './webhook_store.ts';

/** By which the secrets of webhooks are sealed. */
export const SECRETS = 'webhook secrets';

/** When something that failed is tried again: after so many seconds, the last time after half a day. */
const RETRIES = [10, 60, 300, 1_800, 7_200, 21_600, 43_200].map(seconds);
/** First attempt included; after the last one a person decides. */
export const MOST_ATTEMPTS = RETRIES.length + 1;

/** Longer than any attempt takes: what a server was sending when it died goes out after that. */
const CLAIMED_FOR = seconds(60);
/** Requests under way at a time, to one organization's apps and altogether: nobody's slow receiver holds up the others. */
const MOST_PER_ORGANIZATION = 4;
const MOST_ALTOGETHER = 32;
const ORGANIZATIONS = 100;
/** How long it is kept how deliveries went. */
const KEPT_FOR = seconds(7 * 86_400);
const PURGED_AT_ONCE = 500;

export interface WebhookSender {
  /** Begins to send what is due, as much as there is room for; waits for no answer. */
  work(): Promise<void>;
  /** When what was begun has ended. */
  settle(): Promise<void>;
  /** Something was queued. */
  wake(): void;
  /** Wakes lead to work from now on. */
  start(failed: (error: unknown) => void): void;
  stop(): void;
  purge(): Promise<number>;
}

export function webhookSender(deps: {
  storage: Storage;
  clock: Clock;
  keyring: Keyring;
  outgoing: OutgoingRequests;
}): WebhookSender {
  const { storage, clock, outgoing } = deps;
  const sealing = deps.keyring.derive(SECRETS);
  const underWay = new Map<number, number>();
  const running = new Set<Promise<void>>();
  let failed: ((error: unknown) => void) | undefined;
  let woken: NodeJS.Immediate | undefined;
  let working: Promise<void> | undefined;
  let more = false;

  async function send(delivery: Delivery, webhook: Webhook): Promise<void> {
    const attempt = await post(delivery, webhook);
    const now = clock.now();
    const wait = attempt.final ? undefined : RETRIES[delivery.attempts];
    await storage.write(({ webhooks }) =>
      attempt.error === null
        ? webhooks.delivered(delivery.key, attempt, now)
        : webhooks.undelivered(delivery.key, attempt, wait === undefined ? null : now + wait, now),
    );
  }

  async function post({ body }: Delivery, webhook: Webhook): Promise<Attempt & { final?: boolean }> {
    try {
      const { action, organization_id, ...rest } = JSON.parse(body) as Record<string, unknown>;
      const secret_key = unseal(sealing, webhook.secret);
      const whole = { webhook_id: webhook.id, secret_key, action, organization_id, ...rest };
      const status = await outgoing.post(webhook.url, JSON.stringify(whole));
      return { status, error: status >= 200 && status < 300 ? null : `answered ${status}` };
    } catch (error) {
      if (!(error instanceof OutgoingFailure))
        return { status: null, error: 'could not be sent', final: true };
      // Into a private network nothing is sent, however often it is tried.
      return { status: null, error: error.message, final: error.reason === 'refused' };
    }
  }

  function begin(delivery: Delivery, webhook: Webhook): void {
    const { licenseId } = delivery;
    underWay.set(licenseId, (underWay.get(licenseId) ?? 0) + 1);
    const run: Promise<void> = send(delivery, webhook)
      .catch((error) => failed?.(error))
      .finally(() => {
        const left = (underWay.get(licenseId) ?? 1) - 1;
        if (left === 0) underWay.delete(licenseId);
        else underWay.set(licenseId, left);
        running.delete(run);
        wake();
      });
    running.add(run);
  }

  async function round(): Promise<void> {
    const now = clock.now();
    for (const licenseId of await storage.read.webhooks.organizationsDue(now, ORGANIZATIONS)) {
      const room = Math.min(
        MOST_PER_ORGANIZATION - (underWay.get(licenseId) ?? 0),
        MOST_ALTOGETHER - running.size,
      );
      if (room <= 0) continue;
      for (const { delivery, webhook } of await storage.read.webhooks.due(licenseId, now, room)) {
        const { key, nextAttemptAt } = delivery;
        const until: Micros = Math.max(now, nextAttemptAt) + CLAIMED_FOR;
        // Others may be sending, too: whoever claims it first sends it.
        if (await storage.write(({ webhooks }) => webhooks.claim(key, nextAttemptAt, until)))
          begin(delivery, webhook);
      }
    }
  }

  /** One round after the other; what is asked for meanwhile is one round more. */
  function work(): Promise<void> {
    more = true;
    working ??= (async () => {
      while (more) {
        more = false;
        await round();
      }
    })().finally(() => {
      working = undefined;
    });
    return working;
  }

  function wake(): void {
    if (!failed || woken) return;
    woken = setImmediate(() => {
      woken = undefined;
      work().catch((error) => failed?.(error));
    });
  }

  return {
    work,
    wake,
    async settle() {
      await working;
      while (running.size > 0) await Promise.all(running);
    },
    start(tell) {
      failed = tell;
    },
    stop() {
      failed = undefined;
      if (woken) clearImmediate(woken);
      woken = undefined;
    },
    purge: () =>
      storage.write(({ webhooks }) => webhooks.purgeDeliveries(clock.now() - KEPT_FOR, PURGED_AT_ONCE)),
  };
}
