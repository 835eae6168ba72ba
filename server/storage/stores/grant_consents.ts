import type { GrantStore } from '../../domain/grants/grant_store.ts';
import { seconds } from '../../kernel/clock.ts';
import type { AccountRole, ChatRole } from '../../wire/scope_catalogue.ts';
import type { Session } from '../engine/database.ts';
import { statement } from '../engine/statement.ts';
import type { GrantTables } from '../tables/grants.ts';
import { toGrant } from './grant_rows.ts';

type ConsentQueries = Pick<
  GrantStore,
  | 'addAuthorizationRequest'
  | 'authorizationRequest'
  | 'takeAuthorizationRequest'
  | 'grant'
  | 'putGrant'
  | 'markGrantUsed'
  | 'grantsOf'
  | 'holders'
>;

const grantRow = statement<{ licenseId: number; accountId: string; clientId: string }, GrantTables['grants']>(
  (db, p) =>
    db
      .selectFrom('grants')
      .selectAll()
      .where('license_id', '=', p.licenseId)
      .where('account_id', '=', p.accountId)
      .where('client_id', '=', p.clientId),
);

/** Authorization requests that wait, and what people allowed. */
/** "Last used" is written at most this often. */
const USE_EVERY = seconds(60);

const markUsed = statement<{ key: number; now: number; before: number }, unknown>((db, p) =>
  db
    .updateTable('grants')
    .set({ last_used_at: p.now })
    .where('grant_key', '=', p.key)
    .where((eb) => eb.or([eb('last_used_at', 'is', null), eb('last_used_at', '<', p.before)])),
);

export function consentQueries(session: Session): ConsentQueries {
  return {
    async addAuthorizationRequest(request) {
      await session.execute((db) =>
        db.insertInto('authorization_requests').values({
          request_key: request.key,
          secret_hash: request.secretHash,
          browser_hash: request.browserHash,
          parameters: request.parameters,
          created_at: request.createdAt,
          expires_at: request.expiresAt,
        }),
      );
    },
    async authorizationRequest(key) {
      const [row] = await session.query((db) =>
        db.selectFrom('authorization_requests').selectAll().where('request_key', '=', key),
      );
      return (
        row && {
          key: row.request_key,
          secretHash: row.secret_hash,
          browserHash: row.browser_hash,
          parameters: row.parameters,
          createdAt: row.created_at,
          expiresAt: row.expires_at,
        }
      );
    },
    async takeAuthorizationRequest(key) {
      const taken = await session.execute((db) =>
        db.deleteFrom('authorization_requests').where('request_key', '=', key),
      );
      return taken === 1;
    },
    async grant(licenseId, accountId, clientId) {
      const row = await session.first(grantRow, { licenseId, accountId, clientId });
      return row && toGrant(row);
    },
    async putGrant(grant) {
      const [row] = await session.query((db) =>
        db
          .insertInto('grants')
          .values({
            grant_key: grant.key,
            id: grant.id,
            license_id: grant.licenseId,
            account_id: grant.accountId,
            client_id: grant.clientId,
            scopes: grant.scopes,
            created_at: grant.createdAt,
            updated_at: grant.updatedAt,
            last_used_at: null,
          })
          .onConflict((conflict) =>
            conflict
              .columns(['license_id', 'account_id', 'client_id'])
              .doUpdateSet({ scopes: grant.scopes, updated_at: grant.updatedAt }),
          )
          .returningAll(),
      );
      if (!row) throw new Error('an upsert returned no row');
      return toGrant(row);
    },
    async markGrantUsed(key, now) {
      await session.run(markUsed, { key, now, before: now - USE_EVERY });
    },
    async holders(clientId) {
      const rows = await session.query((db) =>
        db
          .selectFrom('grants')
          .innerJoin('memberships', (join) =>
            join
              .onRef('memberships.license_id', '=', 'grants.license_id')
              .onRef('memberships.account_id', '=', 'grants.account_id'),
          )
          .select((eb) => [
            'grants.license_id',
            'grants.scopes',
            'memberships.account_role',
            'memberships.chat_role',
            eb.fn.countAll<number | string>().as('people'),
          ])
          .where('grants.client_id', '=', clientId)
          .groupBy([
            'grants.license_id',
            'grants.scopes',
            'memberships.account_role',
            'memberships.chat_role',
          ]),
      );
      return rows.map((row) => ({
        licenseId: row.license_id,
        scopes: row.scopes,
        accountRole: row.account_role as AccountRole,
        chatRole: row.chat_role as ChatRole,
        // PostgreSQL's count is a bigint, which may come as text.
        people: Number(row.people),
      }));
    },
    async grantsOf(accountId) {
      const rows = await session.query((db) =>
        db
          .selectFrom('grants')
          .innerJoin('clients', 'clients.client_id', 'grants.client_id')
          .innerJoin('apps', 'apps.id', 'clients.app_id')
          .innerJoin('organizations', 'organizations.license_id', 'grants.license_id')
          .selectAll('grants')
          .select(['apps.id as app_id', 'apps.name as app_name', 'organizations.name as organization_name'])
          .where('grants.account_id', '=', accountId)
          .orderBy('grants.updated_at', 'desc'),
      );
      return rows.map((row) => ({
        grant: toGrant(row),
        appId: row.app_id,
        appName: row.app_name,
        organizationName: row.organization_name,
      }));
    },
  };
}
