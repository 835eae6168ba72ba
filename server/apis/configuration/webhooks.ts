import {
  disableLicenseWebhooks,
  enableLicenseWebhooks,
  getLicenseWebhooksState,
} from './license_webhooks.ts';
import { listWebhookNames } from './list_webhook_names.ts';
import { listWebhooks } from './list_webhooks.ts';
import { registerWebhook } from './register_webhook.ts';
import { unregisterWebhook } from './unregister_webhook.ts';

export const webhookMethods = [
  registerWebhook,
  listWebhooks,
  unregisterWebhook,
  listWebhookNames,
  enableLicenseWebhooks,
  disableLicenseWebhooks,
  getLicenseWebhooksState,
] as const;
