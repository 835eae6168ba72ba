import type { AccountStore } from '../../domain/accounts/account_store.ts';
import type { SessionFamily } from '../../domain/accounts/records.ts';
import type { Session } from '../engine/database.ts';
import type { AccountTables } from '../tables/accounts.ts';

type FamilyQueries = Pick<
  AccountStore,
  'addSessionFamily' | 'sessionFamily' | 'sessionFamilies' | 'forgetSessionFamilies' | 'purgeSessionFamilies'
>;

/** Which tokens came out of which browser session. */
export function sessionFamilyQueries(session: Session): FamilyQueries {
  return {
    async addSessionFamily(family) {
      await session.execute((db) =>
        db.insertInto('session_families').values({
          family_key: family.familyKey,
          session_key: family.sessionKey,
          license_id: family.licenseId,
          account_id: family.accountId,
          client_id: family.clientId,
          expires_at: family.expiresAt,
        }),
      );
    },
    async sessionFamily(familyKey) {
      const [row] = await session.query((db) =>
        db.selectFrom('session_families').selectAll().where('family_key', '=', familyKey),
      );
      return row && toFamily(row);
    },
    async sessionFamilies(accountId, sessionKey) {
      const rows = await session.query((db) => {
        const found = db
          .selectFrom('session_families')
          .selectAll()
          .where('account_id', '=', accountId)
          .orderBy('family_key');
        return sessionKey === undefined ? found : found.where('session_key', '=', sessionKey);
      });
      return rows.map(toFamily);
    },
    async forgetSessionFamilies(accountId, sessionKey) {
      await session.execute((db) => {
        const found = db.deleteFrom('session_families').where('account_id', '=', accountId);
        return sessionKey === undefined ? found : found.where('session_key', '=', sessionKey);
      });
    },
    purgeSessionFamilies: (expiredBefore, limit) =>
      session.execute((db) =>
        db
          .deleteFrom('session_families')
          .where('family_key', 'in', (eb) =>
            eb
              .selectFrom('session_families')
              .select('family_key')
              .where('expires_at', '<', expiredBefore)
              .orderBy('expires_at')
              .limit(limit),
          ),
      ),
  };
}

function toFamily(row: AccountTables['session_families']): SessionFamily {
  return {
    familyKey: row.family_key,
    sessionKey: row.session_key,
    licenseId: row.license_id,
    accountId: row.account_id,
    clientId: row.client_id,
    expiresAt: row.expires_at,
  };
}
