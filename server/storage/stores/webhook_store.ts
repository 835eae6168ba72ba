import type { AppWithWebhooks, WebhookStore } from '../../domain/webhooks/webhook_store.ts';
import type { Session } from '../engine/database.ts';
import { deliveryVerbs } from './webhook_deliveries.ts';
import { toWebhook } from './webhook_rows.ts';

/** Webhooks and their deliveries, on one read or one unit of work. */
export function createWebhookStore(session: Session): WebhookStore {
  return {
    ...deliveryVerbs(session),
    async lockWebhooks(licenseId, clientId) {
      // The client's own row: a change that changes nothing holds it on either engine.
      await session.execute((db) =>
        db
          .updateTable('clients')
          .set((eb) => ({ created_at: eb.ref('created_at') }))
          .where('client_id', '=', clientId)
          .where('license_id', '=', licenseId),
      );
    },
    async addWebhook(webhook) {
      await session.execute((db) =>
        db.insertInto('webhooks').values({
          webhook_key: webhook.key,
          id: webhook.id,
          license_id: webhook.licenseId,
          client_id: webhook.clientId,
          type: webhook.type,
          action: webhook.action,
          url: webhook.url,
          description: webhook.description,
          secret: webhook.secret,
          additional_data: JSON.stringify(webhook.additionalData),
          filters: JSON.stringify(webhook.filters),
          created_at: webhook.createdAt,
        }),
      );
    },
    async webhooksOf(licenseId, clientId) {
      const rows = await session.query((db) =>
        db
          .selectFrom('webhooks')
          .selectAll()
          .where('client_id', '=', clientId)
          .where('license_id', '=', licenseId)
          .orderBy('webhook_key'),
      );
      return rows.map(toWebhook);
    },
    async removeWebhook(licenseId, clientId, id) {
      const removed = await session.execute((db) =>
        db
          .deleteFrom('webhooks')
          .where('id', '=', id)
          .where('client_id', '=', clientId)
          .where('license_id', '=', licenseId),
      );
      if (removed !== 1) return false;
      await session.execute((db) =>
        db.deleteFrom('webhook_deliveries').where('webhook_id', '=', id).where('done_at', 'is', null),
      );
      return true;
    },
    async removeWebhooksOf(clientId) {
      await session.execute((db) =>
        db
          .deleteFrom('webhook_deliveries')
          .where('done_at', 'is', null)
          .where('webhook_id', 'in', (eb) =>
            eb.selectFrom('webhooks').select('id').where('client_id', '=', clientId),
          ),
      );
      await session.execute((db) => db.deleteFrom('webhooks').where('client_id', '=', clientId));
      await session.execute((db) => db.deleteFrom('webhook_switches').where('client_id', '=', clientId));
    },
    async activeWebhooks(licenseId) {
      const rows = await session.query((db) =>
        db
          .selectFrom('webhooks')
          .innerJoin('clients', 'clients.client_id', 'webhooks.client_id')
          .innerJoin('installations', 'installations.app_id', 'clients.app_id')
          .selectAll('webhooks')
          .where('installations.license_id', '=', licenseId)
          .where('webhooks.type', '!=', 'app')
          .where(({ not, exists, selectFrom }) =>
            not(
              exists(
                selectFrom('webhook_switches')
                  .select('webhook_switches.client_id')
                  .where('webhook_switches.license_id', '=', licenseId)
                  .whereRef('webhook_switches.client_id', '=', 'webhooks.client_id'),
              ),
            ),
          )
          .orderBy('webhooks.webhook_key'),
      );
      return rows.map(toWebhook);
    },
    async installedApps(licenseId) {
      const rows = await session.query((db) =>
        db
          .selectFrom('installations')
          .innerJoin('apps', 'apps.id', 'installations.app_id')
          .innerJoin('clients', 'clients.app_id', 'apps.id')
          .innerJoin('webhooks', 'webhooks.client_id', 'clients.client_id')
          .leftJoin('webhook_switches', (join) =>
            join
              .onRef('webhook_switches.client_id', '=', 'clients.client_id')
              .on('webhook_switches.license_id', '=', licenseId),
          )
          .selectAll('webhooks')
          .select(['apps.id as app_id', 'apps.name as app_name', 'webhook_switches.disabled_at'])
          .where('installations.license_id', '=', licenseId)
          .where('webhooks.type', '!=', 'app')
          .orderBy('apps.name_key')
          .orderBy('webhooks.webhook_key'),
      );
      const apps = new Map<string, AppWithWebhooks>();
      for (const row of rows) {
        const known = apps.get(row.app_id) ?? {
          app: { id: row.app_id, name: row.app_name, clientId: row.client_id },
          on: row.disabled_at === null,
          webhooks: [],
        };
        known.webhooks.push(toWebhook(row));
        apps.set(row.app_id, known);
      }
      return [...apps.values()];
    },
    async switchOff(licenseId, clientId, now) {
      const added = await session.execute((db) =>
        db
          .insertInto('webhook_switches')
          .values({ license_id: licenseId, client_id: clientId, disabled_at: now })
          .onConflict((conflict) => conflict.doNothing()),
      );
      return added === 1;
    },
    async switchOn(licenseId, clientId) {
      const removed = await session.execute((db) =>
        db
          .deleteFrom('webhook_switches')
          .where('license_id', '=', licenseId)
          .where('client_id', '=', clientId),
      );
      return removed === 1;
    },
    async isSwitchedOff(licenseId, clientId) {
      const [row] = await session.query((db) =>
        db
          .selectFrom('webhook_switches')
          .select('client_id')
          .where('license_id', '=', licenseId)
          .where('client_id', '=', clientId),
      );
      return row !== undefined;
    },
    async knowsClient(licenseId, clientId) {
      const [row] = await session.query((db) =>
        db
          .selectFrom('clients')
          .leftJoin('installations', (join) =>
            join
              .onRef('installations.app_id', '=', 'clients.app_id')
              .on('installations.license_id', '=', licenseId),
          )
          .select('clients.client_id')
          .where('clients.client_id', '=', clientId)
          .where((eb) =>
            eb.or([eb('clients.license_id', '=', licenseId), eb('installations.app_id', 'is not', null)]),
          ),
      );
      return row !== undefined;
    },
  };
}
