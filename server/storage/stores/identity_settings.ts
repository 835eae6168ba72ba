import type { IdentityStore } from '../../domain/identity/identity_store.ts';
import type { Session } from '../engine/database.ts';

type SettingsQueries = Pick<IdentityStore, 'organizationSettings' | 'updateOrganizationSettings'>;

export function settingsQueries(session: Session): SettingsQueries {
  return {
    async organizationSettings(licenseId) {
      const [row] = await session.query((db) =>
        db
          .selectFrom('organizations')
          .select(['settings_version', 'force_strict'])
          .where('license_id', '=', licenseId),
      );
      return row && { version: row.settings_version, forceStrict: row.force_strict === 1 };
    },
    async updateOrganizationSettings(licenseId, { version, forceStrict }) {
      const changed = await session.execute((db) =>
        db
          .updateTable('organizations')
          .set({ settings_version: version + 1, force_strict: forceStrict ? 1 : 0 })
          .where('license_id', '=', licenseId)
          .where('settings_version', '=', version),
      );
      return changed === 1;
    },
  };
}
