import type { Delivery, DeliveryState } from '../../domain/webhooks/webhook.ts';
import type { WebhookStore } from '../../domain/webhooks/webhook_store.ts';
import type { Session } from '../engine/database.ts';
import type { WebhookTables } from '../tables/webhooks.ts';
import { toWebhook } from './webhook_rows.ts';

type DeliveryVerbs = Pick<
  WebhookStore,
  | 'queue'
  | 'dropQueued'
  | 'organizationsDue'
  | 'due'
  | 'claim'
  | 'delivered'
  | 'undelivered'
  | 'deliveries'
  | 'countDeliveries'
  | 'sendAgain'
  | 'purgeDeliveries'
>;

const LONGEST_ERROR = 300;

export function deliveryVerbs(session: Session): DeliveryVerbs {
  return {
    async queue(deliveries) {
      if (deliveries.length === 0) return;
      await session.execute((db) => db.insertInto('webhook_deliveries').values(deliveries.map(fromDelivery)));
    },
    async dropQueued(licenseId, clientId) {
      await session.execute((db) =>
        db
          .deleteFrom('webhook_deliveries')
          .where('license_id', '=', licenseId)
          .where('client_id', '=', clientId)
          .where('done_at', 'is', null)
          .where('webhook_id', 'in', (eb) =>
            eb
              .selectFrom('webhooks')
              .select('id')
              .where('client_id', '=', clientId)
              .where('type', '!=', 'app'),
          ),
      );
    },
    async organizationsDue(now, limit) {
      const rows = await session.query((db) =>
        db
          .selectFrom('webhook_deliveries')
          .select('license_id')
          .where('done_at', 'is', null)
          .where('next_attempt_at', '<=', now)
          .groupBy('license_id')
          .orderBy((eb) => eb.fn.min('next_attempt_at'))
          .limit(limit),
      );
      return rows.map((row) => row.license_id);
    },
    async due(licenseId, now, limit) {
      const rows = await session.query((db) =>
        db
          .selectFrom('webhook_deliveries')
          .selectAll()
          .where('license_id', '=', licenseId)
          .where('done_at', 'is', null)
          .where('next_attempt_at', '<=', now)
          .orderBy('next_attempt_at')
          .orderBy('delivery_key')
          .limit(limit),
      );
      if (rows.length === 0) return [];
      const hooks = await session.query((db) =>
        db
          .selectFrom('webhooks')
          .selectAll()
          .where('id', 'in', [...new Set(rows.map((row) => row.webhook_id))]),
      );
      const byId = new Map(hooks.map((row) => [row.id, toWebhook(row)]));
      return rows.flatMap((row) => {
        const webhook = byId.get(row.webhook_id);
        return webhook ? [{ delivery: toDelivery(row), webhook }] : [];
      });
    },
    async claim(key, seenDueAt, until) {
      const claimed = await session.execute((db) =>
        db
          .updateTable('webhook_deliveries')
          .set({ next_attempt_at: until })
          .where('delivery_key', '=', key)
          .where('done_at', 'is', null)
          .where('next_attempt_at', '=', seenDueAt),
      );
      return claimed === 1;
    },
    async delivered(key, { status }, now) {
      await session.execute((db) =>
        db
          .updateTable('webhook_deliveries')
          .set((eb) => ({
            state: 'delivered' as const,
            done_at: now,
            attempts: eb('attempts', '+', 1),
            last_status: status,
            last_error: null,
          }))
          .where('delivery_key', '=', key)
          .where('done_at', 'is', null),
      );
    },
    async undelivered(key, { status, error }, again, now) {
      await session.execute((db) =>
        db
          .updateTable('webhook_deliveries')
          .set((eb) => ({
            state: again === null ? ('failed' as const) : ('queued' as const),
            done_at: again === null ? now : null,
            next_attempt_at: again ?? now,
            attempts: eb('attempts', '+', 1),
            last_status: status,
            last_error: error?.slice(0, LONGEST_ERROR) ?? null,
          }))
          .where('delivery_key', '=', key)
          .where('done_at', 'is', null),
      );
    },
    async deliveries(licenseId, { state, before, limit }) {
      const rows = await session.query((db) => {
        let all = db.selectFrom('webhook_deliveries').selectAll().where('license_id', '=', licenseId);
        if (state !== undefined) all = all.where('state', '=', state);
        if (before !== undefined) all = all.where('delivery_key', '<', before);
        return all.orderBy('delivery_key', 'desc').limit(limit);
      });
      return rows.map(toDelivery);
    },
    async countDeliveries(licenseId) {
      const rows = await session.query((db) =>
        db
          .selectFrom('webhook_deliveries')
          .select((eb) => ['state', eb.fn.countAll().as('count')])
          .where('license_id', '=', licenseId)
          .groupBy('state'),
      );
      const counts: Record<DeliveryState, number> = { queued: 0, delivered: 0, failed: 0 };
      for (const { state, count } of rows) counts[state] = Number(count);
      return counts;
    },
    async sendAgain(licenseId, key, now) {
      const changed = await session.execute((db) =>
        db
          .updateTable('webhook_deliveries')
          .set({ state: 'queued', done_at: null, attempts: 0, next_attempt_at: now })
          .where('license_id', '=', licenseId)
          .where('delivery_key', '=', key)
          .where('state', '=', 'failed'),
      );
      return changed === 1;
    },
    purgeDeliveries: (before, limit) =>
      session.execute((db) =>
        db
          .deleteFrom('webhook_deliveries')
          .where('delivery_key', 'in', (eb) =>
            eb
              .selectFrom('webhook_deliveries')
              .select('delivery_key')
              .where('done_at', 'is not', null)
              .where('done_at', '<', before)
              .limit(limit),
          ),
      ),
  };
}

function fromDelivery(delivery: Delivery): WebhookTables['webhook_deliveries'] {
  return {
    delivery_key: delivery.key,
    license_id: delivery.licenseId,
    webhook_id: delivery.webhookId,
    client_id: delivery.clientId,
    action: delivery.action,
    body: delivery.body,
    state: delivery.state,
    attempts: delivery.attempts,
    next_attempt_at: delivery.nextAttemptAt,
    created_at: delivery.createdAt,
    done_at: delivery.doneAt,
    last_status: delivery.lastStatus,
    last_error: delivery.lastError,
  };
}

function toDelivery(row: WebhookTables['webhook_deliveries']): Delivery {
  return {
    key: row.delivery_key,
    licenseId: row.license_id,
    webhookId: row.webhook_id,
    clientId: row.client_id,
    action: row.action,
    body: row.body,
    state: row.state,
    attempts: row.attempts,
    nextAttemptAt: row.next_attempt_at,
    createdAt: row.created_at,
    doneAt: row.done_at,
    lastStatus: row.last_status,
    lastError: row.last_error,
  };
}
