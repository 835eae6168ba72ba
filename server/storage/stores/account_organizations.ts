import type { AccountStore } from '../../domain/accounts/account_store.ts';
import type { Company } from '../../domain/accounts/records.ts';
import type { Session } from '../engine/database.ts';

type ProfileQueries = Pick<AccountStore, 'profile' | 'putProfile' | 'renameOrganization'>;

export function organizationProfileQueries(session: Session): ProfileQueries {
  return {
    async profile(licenseId) {
      const [row] = await session.query((db) =>
        db.selectFrom('organization_profiles').selectAll().where('license_id', '=', licenseId),
      );
      return (
        row && {
          invitationMode: row.invitation_mode,
          domainWhitelist: row.domain_whitelist === 1,
          company: JSON.parse(row.company) as Company,
          updatedAt: row.updated_at,
        }
      );
    },
    async putProfile(licenseId, { invitationMode, domainWhitelist, company, updatedAt }) {
      const values = {
        invitation_mode: invitationMode,
        domain_whitelist: domainWhitelist ? (1 as const) : (0 as const),
        company: JSON.stringify(company),
        updated_at: updatedAt,
      };
      await session.execute((db) =>
        db
          .insertInto('organization_profiles')
          .values({ license_id: licenseId, ...values })
          .onConflict((conflict) => conflict.column('license_id').doUpdateSet(values)),
      );
    },
    async renameOrganization(licenseId, name) {
      await session.execute((db) =>
        db.updateTable('organizations').set({ name }).where('license_id', '=', licenseId),
      );
    },
  };
}
