import type { SignInStore } from '../../domain/sign_in_rules/sign_in_store.ts';
import type { Session } from '../engine/database.ts';
import { domainQueries } from './sign_in_domains.ts';
import { samlRequestQueries } from './sign_in_saml_requests.ts';

/** How the people of organizations sign in, on one read or one unit of work. */
export function createSignInStore(session: Session): SignInStore {
  return { ...domainQueries(session), ...ruleQueries(session), ...samlRequestQueries(session) };
}

function ruleQueries(
  session: Session,
): Pick<
  SignInStore,
  | 'addSaml'
  | 'saml'
  | 'updateSaml'
  | 'removeSaml'
  | 'enforceLoginMethod'
  | 'releaseLoginMethod'
  | 'loginMethods'
  | 'requiredSignIn'
> {
  return {
    async addSaml(configuration) {
      const added = await session.execute((db) =>
        db
          .insertInto('saml_configurations')
          .values({
            license_id: configuration.licenseId,
            entrypoint: configuration.entrypoint,
            certificate: configuration.certificate,
            idp_entity_id: configuration.idpEntityId,
            sp_entity_id: configuration.spEntityId,
            active: configuration.active ? 1 : 0,
            provisioning: configuration.provisioning,
            revision: configuration.revision,
            created_at: configuration.createdAt,
            updated_at: configuration.updatedAt,
          })
          .onConflict((conflict) => conflict.column('license_id').doNothing()),
      );
      return added === 1;
    },
    async saml(licenseId) {
      const [row] = await session.query((db) =>
        db.selectFrom('saml_configurations').selectAll().where('license_id', '=', licenseId),
      );
      return (
        row && {
          licenseId: row.license_id,
          entrypoint: row.entrypoint,
          certificate: row.certificate,
          idpEntityId: row.idp_entity_id,
          spEntityId: row.sp_entity_id,
          active: row.active === 1,
          provisioning: row.provisioning,
          revision: row.revision,
          createdAt: row.created_at,
          updatedAt: row.updated_at,
        }
      );
    },
    async updateSaml(configuration, from) {
      const changed = await session.execute((db) =>
        db
          .updateTable('saml_configurations')
          .set({
            entrypoint: configuration.entrypoint,
            certificate: configuration.certificate,
            idp_entity_id: configuration.idpEntityId,
            sp_entity_id: configuration.spEntityId,
            active: configuration.active ? 1 : 0,
            provisioning: configuration.provisioning,
            revision: configuration.revision,
            updated_at: configuration.updatedAt,
          })
          .where('license_id', '=', configuration.licenseId)
          .where('revision', '=', from),
      );
      return changed === 1;
    },
    async removeSaml(licenseId) {
      const removed = await session.execute((db) =>
        db.deleteFrom('saml_configurations').where('license_id', '=', licenseId),
      );
      return removed === 1;
    },

    async enforceLoginMethod({ licenseId, method, enforcedBy, enforcedAt }) {
      const added = await session.execute((db) =>
        db
          .insertInto('enforced_login_methods')
          .values({
            license_id: licenseId,
            login_method: method,
            enforced_by: enforcedBy,
            enforced_at: enforcedAt,
          })
          .onConflict((conflict) => conflict.columns(['license_id', 'login_method']).doNothing()),
      );
      return added === 1;
    },
    async releaseLoginMethod(licenseId, method) {
      const removed = await session.execute((db) =>
        db
          .deleteFrom('enforced_login_methods')
          .where('license_id', '=', licenseId)
          .where('login_method', '=', method),
      );
      return removed === 1;
    },
    async loginMethods(licenseId) {
      const rows = await session.query((db) =>
        db
          .selectFrom('enforced_login_methods')
          .selectAll()
          .where('license_id', '=', licenseId)
          .orderBy('login_method'),
      );
      return rows.map((row) => ({
        licenseId: row.license_id,
        method: row.login_method,
        enforcedBy: row.enforced_by,
        enforcedAt: row.enforced_at,
      }));
    },
    async requiredSignIn(accountId, domain) {
      const [row] = await session.query((db) =>
        db
          .selectFrom('memberships')
          .innerJoin('enforced_login_methods', 'enforced_login_methods.license_id', 'memberships.license_id')
          .innerJoin('organization_domains', 'organization_domains.license_id', 'memberships.license_id')
          .innerJoin('organizations', 'organizations.license_id', 'memberships.license_id')
          .select(['organizations.license_id', 'organizations.id', 'organizations.name'])
          .where('memberships.account_id', '=', accountId)
          .where('memberships.account_role', '!=', 'owner')
          .where('memberships.suspended_at', 'is', null)
          .where('organization_domains.domain', '=', domain)
          .where('organization_domains.verified_at', 'is not', null)
          .orderBy('organizations.license_id')
          .limit(1),
      );
      return row && { licenseId: row.license_id, organizationId: row.id, organization: row.name };
    },
  };
}
