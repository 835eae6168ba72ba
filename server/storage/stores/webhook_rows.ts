import type { AdditionalData } from '../../domain/webhooks/actions.ts';
import type { Webhook, WebhookFilters } from '../../domain/webhooks/webhook.ts';
import type { WebhookTables } from '../tables/webhooks.ts';

export function toWebhook(row: WebhookTables['webhooks']): Webhook {
  return {
    key: row.webhook_key,
    id: row.id,
    licenseId: row.license_id,
    clientId: row.client_id,
    type: row.type as Webhook['type'],
    action: row.action as Webhook['action'],
    url: row.url,
    description: row.description,
    secret: row.secret,
    additionalData: JSON.parse(row.additional_data) as AdditionalData[],
    filters: JSON.parse(row.filters) as WebhookFilters,
    createdAt: row.created_at,
  };
}
