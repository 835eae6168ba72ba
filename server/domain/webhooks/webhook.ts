import type { Micros } from '../../kernel/clock.ts';
import type { AdditionalData, WebhookAction } from './actions.ts';

/** What app webhooks tell of: that the app came to an organization, or left it. */
export const appWebhookActions = ['application_installed', 'application_uninstalled'] as const;
export type AppWebhookAction = (typeof appWebhookActions)[number];

/**
 * `license`: for every organization that has the app. `bot`: for those in which a bot of the app is at work.
 * `app`: of the app itself.
 */
export type WebhookType = 'bot' | 'license' | 'app';

/** Docs: configuration-api#register-webhook, `filters`. */
export interface WebhookFilters {
  author_type?: 'customer' | 'agent' | undefined;
  only_my_chats?: boolean | undefined;
  chat_presence?:
    | {
        user_ids?: IdFilter | undefined;
        my_bots?: boolean | undefined;
      }
    | undefined;
  agent_ids?: IdFilter | undefined;
  source_type?: ('my_client' | 'other_clients' | 'system')[] | undefined;
}

export interface IdFilter {
  values?: string[] | undefined;
  exclude_values?: string[] | undefined;
}

export interface Webhook {
  key: number;
  id: string;
  /** Of the organization that owns the app. */
  licenseId: number;
  clientId: string;
  type: WebhookType;
  action: WebhookAction | AppWebhookAction;
  url: string;
  description: string;
  /** Sealed. */
  secret: string;
  additionalData: AdditionalData[];
  filters: WebhookFilters;
  createdAt: Micros;
}

export type DeliveryState = 'queued' | 'delivered' | 'failed';

/** Something that happened, on its way to a webhook. */
export interface Delivery {
  key: number;
  /** Of the organization in which it happened. */
  licenseId: number;
  webhookId: string;
  clientId: string;
  action: string;
  /** JSON: the body, but for the secret. */
  body: string;
  state: DeliveryState;
  attempts: number;
  nextAttemptAt: Micros;
  createdAt: Micros;
  doneAt: Micros | null;
  lastStatus: number | null;
  lastError: string | null;
}
