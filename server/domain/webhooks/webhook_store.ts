import type { Micros } from '../../kernel/clock.ts';
import type { Delivery, DeliveryState, Webhook } from './webhook.ts';

/** How an attempt went. */
export interface Attempt {
  /** Null where no answer came. */
  status: number | null;
  error: string | null;
}

export interface AppWithWebhooks {
  app: { id: string; name: string; clientId: string };
  on: boolean;
  webhooks: Webhook[];
}

/** Storage port of webhooks and of what is on its way to them. */
export interface WebhookStore {
  /** Holds the webhooks of an app until the unit of work ends, so that they are counted one after the other. */
  lockWebhooks(licenseId: number, clientId: string): Promise<void>;
  addWebhook(webhook: Webhook): Promise<void>;
  /** The oldest first. */
  webhooksOf(licenseId: number, clientId: string): Promise<Webhook[]>;
  /** What was on its way to it goes with it. @returns false when the app has none of this id */
  removeWebhook(licenseId: number, clientId: string, id: string): Promise<boolean>;
  /** All of an app that goes. */
  removeWebhooksOf(clientId: string): Promise<void>;
  /** Those of apps that an organization has installed, and has not switched off. */
  activeWebhooks(licenseId: number): Promise<Webhook[]>;

  /** All of apps that an organization has installed, whether on or off, by the app's name. */
  installedApps(licenseId: number): Promise<AppWithWebhooks[]>;

  /** @returns false when they are already */
  switchOff(licenseId: number, clientId: string, now: Micros): Promise<boolean>;
  switchOn(licenseId: number, clientId: string): Promise<boolean>;
  isSwitchedOff(licenseId: number, clientId: string): Promise<boolean>;
  /** Is the client the organization's own, or of an app that it has installed? */
  knowsClient(licenseId: number, clientId: string): Promise<boolean>;

  queue(deliveries: readonly Delivery[]): Promise<void>;
  /** An organization takes nothing more of an app: what is on its way to chat and bot webhooks of it is dropped. */
  dropQueued(licenseId: number, clientId: string): Promise<void>;
  /** Organizations with something due, whose turn has been waited for longest first. */
  organizationsDue(now: Micros, limit: number): Promise<number[]>;
  /** Of one organization, the oldest first, each with its webhook. */
  due(licenseId: number, now: Micros, limit: number): Promise<{ delivery: Delivery; webhook: Webhook }[]>;
  /** @returns true for exactly one caller; nobody else tries until then */
  claim(key: number, seenDueAt: Micros, until: Micros): Promise<boolean>;
  delivered(key: number, attempt: Attempt, now: Micros): Promise<void>;
  /** @param again when it is tried again; null where it is given up */
  undelivered(key: number, attempt: Attempt, again: Micros | null, now: Micros): Promise<void>;

  /** The newest first, strictly before a key. */
  deliveries(
    licenseId: number,
    page: { state?: DeliveryState | undefined; before?: number | undefined; limit: number },
  ): Promise<Delivery[]>;
  countDeliveries(licenseId: number): Promise<Record<DeliveryState, number>>;
  /** One that was given up. @returns false when there is none */
  sendAgain(licenseId: number, key: number, now: Micros): Promise<boolean>;
  /** Deletes what was done before. @returns how many */
  purgeDeliveries(before: Micros, limit: number): Promise<number>;
}
