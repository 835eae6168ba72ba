import Type from 'typebox';
import { formatTimestamp } from '../../kernel/timestamp.ts';
import { consoleMethod } from '../registry/method.ts';
import { continueList, writeListPageId } from './list_page_id.ts';

const DELIVERIES_PER_PAGE = 25;

const state = Type.Enum(['queued', 'delivered', 'failed']);

export const listWebhookDeliveries = consoleMethod({
  name: 'list_webhook_deliveries',
  summary: 'List what went, or is to go, to webhooks of apps, the newest first',
  description: 'What was delivered or given up is kept for seven days.',
  access: 'developer',
  personalAccessToken: [],
  http: { method: 'GET', path: '/console/api/organization/webhook_deliveries' },
  input: Type.Object(
    {
      state: Type.Optional(state),
      page_id: Type.Optional(Type.String({ description: '`next_page_id` of the page before.' })),
    },
    { additionalProperties: false },
  ),
  output: Type.Object({
    counts: Type.Object({
      queued: Type.Integer(),
      delivered: Type.Integer(),
      failed: Type.Integer(),
    }),
    deliveries: Type.Array(
      Type.Object({
        id: Type.String(),
        webhook_id: Type.String(),
        client_id: Type.String(),
        action: Type.String(),
        state,
        attempts: Type.Integer(),
        created_at: Type.String(),
        next_attempt_at: Type.Optional(Type.String({ description: 'While it is to be sent.' })),
        reason: Type.Optional(Type.String({ description: 'Why the last attempt failed.' })),
      }),
    ),
    next_page_id: Type.Optional(Type.String()),
  }),
  handler: async ({ services, caller, input }) => {
    const { licenseId } = caller.organization;
    const filters = { state: input.state };
    const before = continueList(input.page_id, filters);
    const [counts, { deliveries, next }] = await Promise.all([
      services.webhooks.counts(licenseId),
      services.webhooks.deliveries(licenseId, { ...filters, before, limit: DELIVERIES_PER_PAGE }),
    ]);
    return {
      counts,
      deliveries: deliveries.map((one) => ({
        id: String(one.key),
        webhook_id: one.webhookId,
        client_id: one.clientId,
        action: one.action,
        state: one.state,
        attempts: one.attempts,
        created_at: formatTimestamp(one.createdAt),
        ...(one.state === 'queued' ? { next_attempt_at: formatTimestamp(one.nextAttemptAt) } : {}),
        ...(one.lastError === null ? {} : { reason: one.lastError }),
      })),
      ...(next === undefined ? {} : { next_page_id: writeListPageId(next, filters) }),
    };
  },
});
