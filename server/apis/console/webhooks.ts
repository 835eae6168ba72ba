import { listOrganizationWebhooks } from './list_organization_webhooks.ts';
import { listWebhookDeliveries } from './list_webhook_deliveries.ts';
import { sendWebhookAgain } from './send_webhook_again.ts';

export const webhookConsoleMethods = [
  listOrganizationWebhooks,
  listWebhookDeliveries,
  sendWebhookAgain,
] as const;
