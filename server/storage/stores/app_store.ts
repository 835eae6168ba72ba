import type { AppStore } from '../../domain/apps/app_store.ts';
import type { AppDetails } from '../../domain/apps/records.ts';
import type { Session } from '../engine/database.ts';
import { postgresDialect } from '../engine/dialect.ts';
import { statement } from '../engine/statement.ts';
import type { AppTables } from '../tables/apps.ts';
import {
  type ClientOfAppRow,
  fromClient,
  toApp,
  toClient,
  toClientOfApp,
  toInstallation,
  toSecret,
} from './app_rows.ts';
import { contains } from './text_search.ts';

// The row that `touchApp` changes first of all, and no other: who locks the client's beside it would wait for a
// deletion that waits for that.
const heldApp = statement<{ clientId: string }, { id: string }>((db, p) =>
  db
    .selectFrom('apps')
    .select('id')
    .where('id', '=', (eb) => eb.selectFrom('clients').select('app_id').where('client_id', '=', p.clientId))
    .modifyEnd(postgresDialect.forShare),
);

const clientThere = statement<{ clientId: string }, { client_id: string }>((db, p) =>
  db.selectFrom('clients').select('client_id').where('client_id', '=', p.clientId),
);

const clientRow = statement<{ clientId: string }, ClientOfAppRow>((db, p) =>
  db
    .selectFrom('clients')
    .innerJoin('apps', 'apps.id', 'clients.app_id')
    .innerJoin('organizations', 'organizations.license_id', 'clients.license_id')
    .leftJoin('app_icons', 'app_icons.app_id', 'clients.app_id')
    .leftJoin('client_registrations', 'client_registrations.client_id', 'clients.client_id')
    .selectAll('clients')
    .select([
      'apps.app_key as app_key',
      'apps.name as app_name',
      'apps.product as app_product',
      'apps.short_description as app_short_description',
      'apps.visibility as app_visibility',
      'apps.version as app_version',
      'apps.created_by as app_created_by',
      'apps.created_at as app_created_at',
      'apps.updated_at as app_updated_at',
      'organizations.id as organization_id',
      'organizations.name as organization_name',
      'organizations.force_strict as force_strict',
      'app_icons.digest as icon_digest',
      'client_registrations.created_at as registered_at',
      'client_registrations.verified_at as verified_at',
    ])
    .where('clients.client_id', '=', p.clientId),
);

const liveSecretRows = statement<{ clientId: string }, AppTables['client_secrets']>((db, p) =>
  db
    .selectFrom('client_secrets')
    .selectAll()
    .where('client_id', '=', p.clientId)
    .where('retired_at', 'is', null)
    .orderBy('secret_key'),
);

/** Apps, clients and their secrets, on one read or one unit of work. */
export function createAppStore(session: Session): AppStore {
  async function details(
    rows: AppTables['apps'][],
    licenseId: number,
  ): Promise<Omit<AppDetails, 'secrets'>[]> {
    if (rows.length === 0) return [];
    const ids = rows.map((row) => row.id);
    const clients = await session.query((db) =>
      db.selectFrom('clients').selectAll().where('app_id', 'in', ids),
    );
    const clientIds = clients.map((client) => client.client_id);
    const registrations =
      clientIds.length === 0
        ? []
        : await session.query((db) =>
            db
              .selectFrom('client_registrations')
              .select(['client_id', 'verified_at'])
              .where('client_id', 'in', clientIds),
          );
    const installations = await session.query((db) =>
      db
        .selectFrom('installations')
        .selectAll()
        .where('app_id', 'in', ids)
        .where('license_id', '=', licenseId),
    );
    const icons = await session.query((db) =>
      db.selectFrom('app_icons').select(['app_id', 'digest']).where('app_id', 'in', ids),
    );
    return rows.map((row) => {
      const client = clients.find((candidate) => candidate.app_id === row.id);
      const registered = registrations.find((candidate) => candidate.client_id === client?.client_id);
      const installation = installations.find((candidate) => candidate.app_id === row.id);
      return {
        app: toApp(row),
        client: client && toClient(client),
        installation: installation && toInstallation(installation),
        iconDigest: icons.find((icon) => icon.app_id === row.id)?.digest,
        registration: registered && { verified: registered.verified_at !== null },
      };
    });
  }

  return {
    async addApp(app) {
      await session.execute((db) =>
        db.insertInto('apps').values({
          app_key: app.key,
          id: app.id,
          license_id: app.licenseId,
          name: app.name,
          name_key: app.name.toLowerCase(),
          product: app.product,
          short_description: app.shortDescription,
          visibility: app.visibility,
          version: app.version,
          created_by: app.createdBy,
          created_at: app.createdAt,
          updated_at: app.updatedAt,
        }),
      );
    },
    async apps(licenseId, { search, before, limit }) {
      const rows = await session.query((db) => {
        const base = db.selectFrom('apps').selectAll().where('license_id', '=', licenseId);
        const page = before === undefined ? base : base.where('app_key', '<', before);
        return page
          .where(contains(['name_key'], search))
          .orderBy('app_key', 'desc')
          .limit(limit);
      });
      return details(rows, licenseId);
    },
    async countApps(licenseId, search) {
      const [row] = await session.query((db) =>
        db
          .selectFrom('apps')
          .select((eb) => eb.fn.countAll().as('count'))
          .where('license_id', '=', licenseId)
          .where(contains(['name_key'], search)),
      );
      return Number(row?.count ?? 0);
    },
    async app(licenseId, appId) {
      const rows = await session.query((db) =>
        db.selectFrom('apps').selectAll().where('license_id', '=', licenseId).where('id', '=', appId),
      );
      const [found] = await details(rows, licenseId);
      if (!found) return undefined;
      const clientId = found.client?.clientId;
      const secrets =
        clientId === undefined
          ? []
          : await session.query((db) =>
              db
                .selectFrom('client_secrets')
                .selectAll()
                .where('client_id', '=', clientId)
                .orderBy('secret_key'),
            );
      return { ...found, secrets: secrets.map(toSecret) };
    },
    async updateApp(licenseId, appId, { version, name, shortDescription, now }) {
      const changed = await session.execute((db) =>
        db
          .updateTable('apps')
          .set({
            name,
            name_key: name.toLowerCase(),
            short_description: shortDescription,
            version: version + 1,
            updated_at: now,
          })
          .where('license_id', '=', licenseId)
          .where('id', '=', appId)
          .where('version', '=', version),
      );
      return changed === 1;
    },
    async touchApp(licenseId, appId, version, now) {
      const changed = await session.execute((db) => {
        const update = db
          .updateTable('apps')
          .set((eb) => ({ version: eb('version', '+', 1), updated_at: now }))
          .where('license_id', '=', licenseId)
          .where('id', '=', appId);
        return version === undefined ? update : update.where('version', '=', version);
      });
      return changed === 1;
    },
    async deleteApp(licenseId, appId) {
      const deleted = await session.execute((db) =>
        db.deleteFrom('apps').where('license_id', '=', licenseId).where('id', '=', appId),
      );
      if (deleted === 0) return false;
      await deleteClient(session, licenseId, appId);
      await session.execute((db) => db.deleteFrom('app_icons').where('app_id', '=', appId));
      await session.execute((db) => db.deleteFrom('installations').where('app_id', '=', appId));
      await session.execute((db) => db.deleteFrom('app_reviews').where('app_id', '=', appId));
      return true;
    },

    async setIcon(licenseId, appId, icon) {
      await session.execute((db) =>
        db.deleteFrom('app_icons').where('app_id', '=', appId).where('license_id', '=', licenseId),
      );
      if (!icon) return;
      await session.execute((db) =>
        db.insertInto('app_icons').values({
          app_id: appId,
          license_id: licenseId,
          media_type: icon.mediaType,
          bytes: icon.bytes,
          digest: icon.digest,
        }),
      );
    },
    async icon(appId) {
      const [row] = await session.query((db) =>
        db.selectFrom('app_icons').selectAll().where('app_id', '=', appId),
      );
      return row && { mediaType: row.media_type, bytes: row.bytes, digest: row.digest };
    },

    async addClient(client) {
      const added = await session.execute((db) =>
        db
          .insertInto('clients')
          .values(fromClient(client))
          .onConflict((conflict) => conflict.doNothing()),
      );
      return added === 1;
    },
    async updateClient(client) {
      const { client_id: clientId, created_at: _, ...changed } = fromClient(client);
      await session.execute((db) =>
        db
          .updateTable('clients')
          .set(changed)
          .where('client_id', '=', clientId)
          .where('license_id', '=', client.licenseId),
      );
    },
    deleteClient: (licenseId, appId) => deleteClient(session, licenseId, appId),
    async client(clientId) {
      const row = await session.first(clientRow, { clientId });
      return row && toClientOfApp(row);
    },
    async holdClient(clientId) {
      if (session.dialect.name === 'postgres') await session.first(heldApp, { clientId });
      // Asked apart: only a new statement sees what was deleted while the lock was waited for.
      return (await session.first(clientThere, { clientId })) !== undefined;
    },

    async addSecret(secret) {
      await session.execute((db) =>
        db.insertInto('client_secrets').values({
          secret_key: secret.key,
          client_id: secret.clientId,
          secret_hash: secret.secretHash,
          hint: secret.hint,
          created_at: secret.createdAt,
          last_used_at: secret.lastUsedAt,
          last_used_from: secret.lastUsedFrom,
          last_used_by: secret.lastUsedBy,
          retired_at: secret.retiredAt,
        }),
      );
    },
    liveSecrets: async (clientId) => (await session.all(liveSecretRows, { clientId })).map(toSecret),
    async retireSecret(clientId, key, now) {
      const retired = await session.execute((db) =>
        db
          .updateTable('client_secrets')
          .set({ retired_at: now })
          .where('secret_key', '=', key)
          .where('client_id', '=', clientId)
          .where('retired_at', 'is', null),
      );
      return retired === 1;
    },
    async markSecretUsed(key, now, by) {
      const used = await session.execute((db) =>
        db
          .updateTable('client_secrets')
          .set({
            last_used_at: now,
            ...(by ? { last_used_from: by.ip, last_used_by: by.userAgent } : {}),
          })
          .where('secret_key', '=', key)
          .where('retired_at', 'is', null),
      );
      return used === 1;
    },

    async install(installation) {
      const added = await session.execute((db) =>
        db
          .insertInto('installations')
          .values({
            app_id: installation.appId,
            license_id: installation.licenseId,
            installed_by: installation.installedBy,
            installed_at: installation.installedAt,
          })
          .onConflict((conflict) => conflict.doNothing()),
      );
      return added === 1;
    },
    async uninstall(licenseId, appId) {
      const removed = await session.execute((db) =>
        db.deleteFrom('installations').where('app_id', '=', appId).where('license_id', '=', licenseId),
      );
      return removed === 1;
    },
    async installations(appId) {
      const rows = await session.query((db) =>
        db.selectFrom('installations').selectAll().where('app_id', '=', appId).orderBy('license_id'),
      );
      return rows.map(toInstallation);
    },
  };
}

async function deleteClient(session: Session, licenseId: number, appId: string): Promise<void> {
  const clients = await session.query((db) =>
    db
      .selectFrom('clients')
      .select('client_id')
      .where('app_id', '=', appId)
      .where('license_id', '=', licenseId),
  );
  for (const { client_id: clientId } of clients) {
    await session.execute((db) => db.deleteFrom('client_secrets').where('client_id', '=', clientId));
    await session.execute((db) => db.deleteFrom('client_registrations').where('client_id', '=', clientId));
    await session.execute((db) => db.deleteFrom('clients').where('client_id', '=', clientId));
  }
}
