import type { OfferedApp, PublishingStore } from '../../domain/apps/publishing_store.ts';
import { reviewStates } from '../../domain/apps/review_rules.ts';
import type { Session } from '../engine/database.ts';
import type { AppTables } from '../tables/apps.ts';
import { toApp, toClient } from './app_rows.ts';
import { contains } from './text_search.ts';

type OfferedRow = AppTables['apps'] & { organization_name: string };

/** What apps are to other organizations, on one read or one unit of work. */
export function createPublishingStore(session: Session): PublishingStore {
  /** Apps with the name of their organization. */
  const named = (rows: AppTables['apps'][]): Promise<OfferedRow[]> => withNames(session, rows);

  async function offers(rows: AppTables['apps'][], licenseId: number): Promise<OfferedApp[]> {
    if (rows.length === 0) return [];
    const ids = rows.map(({ id }) => id);
    const [own, clients, icons, installations] = [
      await named(rows),
      await session.query((db) => db.selectFrom('clients').selectAll().where('app_id', 'in', ids)),
      await session.query((db) =>
        db.selectFrom('app_icons').select(['app_id', 'digest']).where('app_id', 'in', ids),
      ),
      await session.query((db) =>
        db
          .selectFrom('installations')
          .selectAll()
          .where('app_id', 'in', ids)
          .where('license_id', '=', licenseId),
      ),
    ];
    return own.map((row) => {
      const client = clients.find(({ app_id }) => app_id === row.id);
      const installation = installations.find(({ app_id }) => app_id === row.id);
      return {
        app: toApp(row),
        client: client && toClient(client),
        organizationName: row.organization_name,
        iconDigest: icons.find(({ app_id }) => app_id === row.id)?.digest,
        installation: installation && {
          appId: installation.app_id,
          licenseId: installation.license_id,
          installedBy: installation.installed_by,
          installedAt: installation.installed_at,
        },
      };
    });
  }

  return {
    async review(licenseId, appId) {
      const [row] = await session.query((db) =>
        db
          .selectFrom('app_reviews')
          .selectAll()
          .where('app_id', '=', appId)
          .where('license_id', '=', licenseId),
      );
      return (
        row && { state: row.state, note: row.note, changedBy: row.changed_by, changedAt: row.changed_at }
      );
    },
    async moveReview(licenseId, appId, { from, to, note, changedBy, now }) {
      const next = { state: to, note, changed_by: changedBy, changed_at: now };
      const apps = await session.execute((db) =>
        db
          .updateTable('apps')
          .set({ visibility: to === 'published' ? 'public' : 'private' })
          .where('id', '=', appId)
          .where('license_id', '=', licenseId)
          // What is public is published, however it became so.
          .where('visibility', '=', from === 'published' ? 'public' : 'private'),
      );
      if (apps !== 1) return false;
      const written = await session.execute((db) =>
        db
          .insertInto('app_reviews')
          .values({ app_id: appId, license_id: licenseId, ...next })
          .onConflict((conflict) =>
            conflict
              .column('app_id')
              .doUpdateSet(next)
              .where('app_reviews.state', 'in', from === 'published' ? [...reviewStates] : [from]),
          ),
      );
      return written === 1;
    },
    async offered(licenseId, { search, before, limit }) {
      const rows = await session.query((db) => {
        const base = db.selectFrom('apps').selectAll().where('visibility', '=', 'public');
        const page = before === undefined ? base : base.where('app_key', '<', before);
        return page
          .where(contains(['name_key'], search))
          .orderBy('app_key', 'desc')
          .limit(limit);
      });
      return offers(rows, licenseId);
    },
    async offeredApp(licenseId, appId) {
      const rows = await session.query((db) => db.selectFrom('apps').selectAll().where('id', '=', appId));
      const [offer] = await offers(rows, licenseId);
      return offer && (offer.app.visibility === 'public' || offer.installation) ? offer : undefined;
    },
    async installed(licenseId) {
      const rows = await session.query((db) =>
        db
          .selectFrom('apps')
          .innerJoin('installations', 'installations.app_id', 'apps.id')
          .selectAll('apps')
          .where('installations.license_id', '=', licenseId)
          .orderBy('installations.installed_at', 'desc')
          .limit(500),
      );
      return offers(rows, licenseId);
    },
    async countInstallations(appId) {
      const [row] = await session.query((db) =>
        db
          .selectFrom('installations')
          .select((eb) => eb.fn.countAll().as('count'))
          .where('app_id', '=', appId),
      );
      return Number(row?.count ?? 0);
    },
  };
}

async function withNames(session: Session, rows: AppTables['apps'][]): Promise<OfferedRow[]> {
  const licenseIds = [...new Set(rows.map(({ license_id }) => license_id))];
  const organizations = await session.query((db) =>
    db.selectFrom('organizations').select(['license_id', 'name']).where('license_id', 'in', licenseIds),
  );
  const names = new Map(organizations.map(({ license_id, name }) => [license_id, name]));
  return rows.map((row) => ({ ...row, organization_name: names.get(row.license_id) ?? '' }));
}
