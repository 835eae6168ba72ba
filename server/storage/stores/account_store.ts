import type { AccountStore } from '../../domain/accounts/account_store.ts';
import type { AccountFacts, Product } from '../../domain/accounts/records.ts';
import type { Session } from '../engine/database.ts';
import { organizationProfileQueries } from './account_organizations.ts';
import { pictureQueries, toAddress } from './account_pictures.ts';
import { sessionFamilyQueries } from './account_sessions.ts';

/** What the Global Accounts API sets, on one read or one unit of work. */
export function createAccountStore(session: Session): AccountStore {
  return {
    ...accountQueries(session),
    ...organizationProfileQueries(session),
    ...pictureQueries(session),
    ...sessionFamilyQueries(session),
  };
}

type AccountQueries = Pick<
  AccountStore,
  'facts' | 'factsOf' | 'updateAccount' | 'defaultLicenseId' | 'removeAccount'
>;

/** Tables in which an account is alone with what it has: gone with it. Audit log and chats keep what happened. */
const OF_ACCOUNTS = [
  'sessions',
  'one_time_tokens',
  'totp_factors',
  'recovery_codes',
  'passkeys',
  'passkey_challenges',
  'sign_in_attempts',
  'session_families',
  'member_pictures',
  'agent_settings',
] as const;

function accountQueries(session: Session): AccountQueries {
  async function read(licenseId: number, accountId?: string): Promise<Map<string, AccountFacts>> {
    const rows = await session.query((db) => {
      const found = db
        .selectFrom('memberships')
        .innerJoin('accounts', 'accounts.id', 'memberships.account_id')
        .leftJoin('organizations', 'organizations.license_id', 'accounts.default_license_id')
        .leftJoin('member_pictures', (join) =>
          join
            .onRef('member_pictures.license_id', '=', 'memberships.license_id')
            .onRef('member_pictures.account_id', '=', 'memberships.account_id'),
        )
        .leftJoin('totp_factors', 'totp_factors.account_id', 'memberships.account_id')
        .select([
          'accounts.id',
          'accounts.default_product',
          'accounts.updated_at',
          'accounts.first_session_at',
          'organizations.id as default_organization_id',
          'member_pictures.id as picture_id',
          'member_pictures.url as picture_url',
          'totp_factors.created_at as totp_since',
        ])
        .where('memberships.license_id', '=', licenseId);
      return accountId === undefined ? found : found.where('memberships.account_id', '=', accountId);
    });
    const passkeys = await session.query((db) => {
      const found = db
        .selectFrom('passkeys')
        .innerJoin('memberships', 'memberships.account_id', 'passkeys.account_id')
        .select('passkeys.account_id')
        .distinct()
        .where('memberships.license_id', '=', licenseId);
      return accountId === undefined ? found : found.where('passkeys.account_id', '=', accountId);
    });
    const withPasskey = new Set(passkeys.map((row) => row.account_id));
    return new Map(
      rows.map((row) => [
        row.id,
        {
          defaultProduct: (row.default_product ?? 'LiveChat') as Product,
          defaultOrganizationId: row.default_organization_id,
          updatedAt: row.updated_at,
          active: row.first_session_at !== null,
          mfa: row.totp_since !== null || withPasskey.has(row.id),
          picture: row.picture_id === null ? undefined : toAddress(row.picture_id, row.picture_url),
        },
      ]),
    );
  }

  return {
    facts: (licenseId) => read(licenseId),
    factsOf: async (licenseId, accountId) => (await read(licenseId, accountId)).get(accountId),
    async updateAccount(accountId, { defaultProduct, defaultLicenseId }, now) {
      await session.execute((db) =>
        db
          .updateTable('accounts')
          .set({
            updated_at: now,
            ...(defaultProduct === undefined ? {} : { default_product: defaultProduct }),
            ...(defaultLicenseId === undefined ? {} : { default_license_id: defaultLicenseId }),
          })
          .where('id', '=', accountId),
      );
    },
    async defaultLicenseId(accountId) {
      const [row] = await session.query((db) =>
        db.selectFrom('accounts').select('default_license_id').where('id', '=', accountId),
      );
      return row?.default_license_id ?? undefined;
    },
    async removeAccount(accountId) {
      const removed = await session.execute((db) =>
        db
          .deleteFrom('accounts')
          .where('id', '=', accountId)
          .where((eb) =>
            eb.not(
              eb.exists(
                eb.selectFrom('memberships').select('account_id').where('account_id', '=', accountId),
              ),
            ),
          ),
      );
      if (removed !== 1) return false;
      for (const table of OF_ACCOUNTS)
        await session.execute((db) =>
          // The tables differ in all but this column.
          db.deleteFrom(table as 'sessions').where('account_id', '=', accountId),
        );
      return true;
    },
  };
}
