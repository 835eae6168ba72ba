import type { Channel, LicenseStore } from '../../domain/license/license_store.ts';
import type { Session } from '../engine/database.ts';

/** What is known of organizations as customers of the product, on one read or one unit of work. */
export function createLicenseStore(session: Session): LicenseStore {
  return {
    async channels(licenseId) {
      const rows = await session.query((db) =>
        db
          .selectFrom('channels')
          .selectAll()
          .where('license_id', '=', licenseId)
          .orderBy('first_activity_at')
          .orderBy('channel_type')
          .orderBy('channel_subtype'),
      );
      return rows.map((row) => ({
        type: row.channel_type as Channel['type'],
        subtype: row.channel_subtype,
        firstActivityAt: row.first_activity_at,
      }));
    },
    async noteChannel(licenseId, { type, subtype, firstActivityAt }) {
      await session.execute((db) =>
        db
          .insertInto('channels')
          .values({
            license_id: licenseId,
            channel_type: type,
            channel_subtype: subtype,
            first_activity_at: firstActivityAt,
          })
          .onConflict((conflict) => conflict.doNothing()),
      );
    },
    async companyDetails(licenseId) {
      const [row] = await session.query((db) =>
        db.selectFrom('company_details').select('details').where('license_id', '=', licenseId),
      );
      return row ? (JSON.parse(row.details) as Record<string, string>) : {};
    },
    async saveCompanyDetails(licenseId, details, now) {
      const row = { details: JSON.stringify(details), updated_at: now };
      await session.execute((db) =>
        db
          .insertInto('company_details')
          .values({ license_id: licenseId, ...row })
          .onConflict((conflict) => conflict.column('license_id').doUpdateSet(row)),
      );
    },
    async productSource(licenseId) {
      const [row] = await session.query((db) =>
        db.selectFrom('product_sources').selectAll().where('license_id', '=', licenseId),
      );
      return row && { id: row.source_id, type: row.source_type, url: row.source_url };
    },
    async setProductSource(licenseId, { id, type, url }) {
      await session.execute((db) =>
        db
          .insertInto('product_sources')
          .values({ license_id: licenseId, source_id: id, source_type: type, source_url: url })
          .onConflict((conflict) => conflict.doNothing()),
      );
    },
    async hasBounced(email) {
      const rows = await session.query((db) =>
        db.selectFrom('bounced_emails').select('email').where('email', '=', email),
      );
      return rows.length > 0;
    },
    async noteBounce(email, now) {
      await session.execute((db) =>
        db
          .insertInto('bounced_emails')
          .values({ email, bounced_at: now })
          .onConflict((conflict) => conflict.doNothing()),
      );
    },
    async forgetBounce(email) {
      const removed = await session.execute((db) =>
        db.deleteFrom('bounced_emails').where('email', '=', email),
      );
      return removed === 1;
    },
  };
}
