import type { OrganizationDomain } from '../../domain/sign_in_rules/records.ts';
import type { SignInStore } from '../../domain/sign_in_rules/sign_in_store.ts';
import type { Session } from '../engine/database.ts';
import type { SignInTables } from '../tables/sign_in_rules.ts';

type DomainQueries = Pick<
  SignInStore,
  | 'addDomain'
  | 'domains'
  | 'domain'
  | 'removeDomain'
  | 'domainsDue'
  | 'claimDomainCheck'
  | 'holdDomain'
  | 'noteMissingRecord'
  | 'holderOf'
>;

/** Domains of organizations. Which of them holds one, the primary key of `held_domains` decides. */
export function domainQueries(session: Session): DomainQueries {
  const letGo = (id: string) =>
    session.execute((db) => db.deleteFrom('held_domains').where('domain_id', '=', id));

  return {
    async addDomain(domain) {
      const added = await session.execute((db) =>
        db
          .insertInto('organization_domains')
          .values(fromDomain(domain))
          .onConflict((conflict) => conflict.columns(['license_id', 'domain']).doNothing()),
      );
      return added === 1;
    },
    async domains(licenseId) {
      const rows = await session.query((db) =>
        db
          .selectFrom('organization_domains')
          .selectAll()
          .where('license_id', '=', licenseId)
          .orderBy('created_at')
          .orderBy('domain'),
      );
      return rows.map(toDomain);
    },
    async domain(licenseId, id) {
      const [row] = await session.query((db) =>
        db
          .selectFrom('organization_domains')
          .selectAll()
          .where('license_id', '=', licenseId)
          .where('id', '=', id),
      );
      return row && toDomain(row);
    },
    async removeDomain(licenseId, id) {
      const removed = await session.execute((db) =>
        db.deleteFrom('organization_domains').where('license_id', '=', licenseId).where('id', '=', id),
      );
      if (removed === 1) await letGo(id);
      return removed === 1;
    },
    async domainsDue(now, limit) {
      const rows = await session.query((db) =>
        db
          .selectFrom('organization_domains')
          .selectAll()
          .where('next_check_at', '<=', now)
          .orderBy('next_check_at')
          .limit(limit),
      );
      return rows.map(toDomain);
    },
    async claimDomainCheck(id, seen, until) {
      const claimed = await session.execute((db) =>
        db
          .updateTable('organization_domains')
          .set({ next_check_at: until })
          .where('id', '=', id)
          .where('next_check_at', '=', seen),
      );
      return claimed === 1;
    },
    async holdDomain(licenseId, id, now, nextCheckAt) {
      const [row] = await session.query((db) =>
        db
          .updateTable('organization_domains')
          .set({ checked_at: now, next_check_at: nextCheckAt })
          .where('license_id', '=', licenseId)
          .where('id', '=', id)
          .returning(['domain', 'verified_at', 'lapsed_at']),
      );
      if (!row) return false;
      await session.execute((db) =>
        db
          .insertInto('held_domains')
          .values({ domain: row.domain, license_id: licenseId, domain_id: id })
          .onConflict((conflict) => conflict.column('domain').doNothing()),
      );
      const [held] = await session.query((db) =>
        db.selectFrom('held_domains').select('domain_id').where('domain', '=', row.domain),
      );
      if (held?.domain_id !== id) return false;
      await session.execute((db) =>
        db
          .updateTable('organization_domains')
          .set({
            verified_at: row.lapsed_at === null && row.verified_at !== null ? row.verified_at : now,
            lapsed_at: null,
            failing_since: null,
            problem: null,
          })
          .where('id', '=', id),
      );
      return true;
    },
    async noteMissingRecord(licenseId, id, { problem, now, nextCheckAt, failingSince, lapsedAt }) {
      const noted = await session.execute((db) =>
        db
          .updateTable('organization_domains')
          .set({
            problem,
            checked_at: now,
            next_check_at: nextCheckAt,
            failing_since: failingSince,
            lapsed_at: lapsedAt,
          })
          .where('license_id', '=', licenseId)
          .where('id', '=', id),
      );
      if (noted === 1 && lapsedAt !== null) await letGo(id);
    },
    async holderOf(domain) {
      const [row] = await session.query((db) =>
        db
          .selectFrom('held_domains')
          .innerJoin('organizations', 'organizations.license_id', 'held_domains.license_id')
          .leftJoin('saml_configurations', 'saml_configurations.license_id', 'held_domains.license_id')
          .leftJoin('enforced_login_methods', (join) =>
            join
              .onRef('enforced_login_methods.license_id', '=', 'held_domains.license_id')
              .on('enforced_login_methods.login_method', '=', 'saml'),
          )
          .select([
            'organizations.license_id',
            'organizations.id',
            'organizations.name',
            'saml_configurations.active',
            'enforced_login_methods.enforced_at',
          ])
          .where('held_domains.domain', '=', domain),
      );
      return (
        row && {
          licenseId: row.license_id,
          organizationId: row.id,
          organization: row.name,
          samlActive: row.active === 1,
          samlEnforced: row.active === 1 && row.enforced_at !== null,
        }
      );
    },
  };
}

function fromDomain(domain: OrganizationDomain): SignInTables['organization_domains'] {
  return {
    license_id: domain.licenseId,
    domain: domain.domain,
    id: domain.id,
    token: domain.token,
    created_at: domain.createdAt,
    verified_at: domain.verifiedAt,
    lapsed_at: domain.lapsedAt,
    checked_at: domain.checkedAt,
    next_check_at: domain.nextCheckAt,
    problem: domain.problem,
    failing_since: domain.failingSince,
  };
}

function toDomain(row: SignInTables['organization_domains']): OrganizationDomain {
  return {
    id: row.id,
    licenseId: row.license_id,
    domain: row.domain,
    token: row.token,
    createdAt: row.created_at,
    verifiedAt: row.verified_at,
    lapsedAt: row.lapsed_at,
    checkedAt: row.checked_at,
    nextCheckAt: row.next_check_at,
    problem: row.problem,
    failingSince: row.failing_since,
  };
}
