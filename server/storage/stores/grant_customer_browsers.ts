import type { CustomerBrowser } from '../../domain/grants/customer_records.ts';
import type { CustomerGrantStore } from '../../domain/grants/customer_store.ts';
import type { Session } from '../engine/database.ts';
import { statement } from '../engine/statement.ts';
import type { CustomerIdentityTables } from '../tables/customer_identities.ts';

type BrowserRow = CustomerIdentityTables['customer_browsers'];
type BrowserQueries = Pick<
  CustomerGrantStore,
  | 'addCustomerBrowser'
  | 'customerBrowser'
  | 'rotateCustomerBrowser'
  | 'touchCustomerBrowser'
  | 'endCustomerBrowser'
  | 'customerOfBrowser'
  | 'customerInGroup'
  | 'customerBehindGroup'
>;

const insertBrowser = statement<BrowserRow, unknown>((db, p) =>
  db.insertInto('customer_browsers').values({
    browser_key: p.browser_key,
    id: p.id,
    secret_hash: p.secret_hash,
    previous_hash: p.previous_hash,
    rotated_at: p.rotated_at,
    confirmed_at: p.confirmed_at,
    created_at: p.created_at,
    expires_at: p.expires_at,
  }),
);

const browserRow = statement<{ key: number }, BrowserRow>((db, p) =>
  db.selectFrom('customer_browsers').selectAll().where('browser_key', '=', p.key),
);

const rotate = statement<
  { key: number; presented: Uint8Array; successor: Uint8Array; expiresAt: number; now: number },
  unknown
>((db, p) =>
  db
    .updateTable('customer_browsers')
    .set({
      secret_hash: p.successor,
      previous_hash: p.presented,
      rotated_at: p.now,
      confirmed_at: null,
      expires_at: p.expiresAt,
    })
    .where('browser_key', '=', p.key)
    .where('secret_hash', '=', p.presented)
    .where('expires_at', '>', p.now),
);

const touch = statement<{ key: number; expiresAt: number; now: number }, unknown>((db, p) =>
  db
    .updateTable('customer_browsers')
    .set({ expires_at: p.expiresAt })
    .where('browser_key', '=', p.key)
    .where('expires_at', '>', p.now),
);

const confirm = statement<{ key: number; expiresAt: number; now: number }, unknown>((db, p) =>
  db
    .updateTable('customer_browsers')
    .set((eb) => ({
      expires_at: p.expiresAt,
      confirmed_at: eb.fn.coalesce('confirmed_at', eb.val(p.now)),
    }))
    .where('browser_key', '=', p.key)
    .where('expires_at', '>', p.now),
);

const insertCustomer = statement<CustomerIdentityTables['browser_customers'], unknown>((db, p) =>
  db
    .insertInto('browser_customers')
    .values({ browser_key: p.browser_key, license_id: p.license_id, customer_id: p.customer_id })
    .onConflict((conflict) => conflict.doNothing()),
);

const customerRow = statement<{ key: number; licenseId: number }, { customer_id: string }>((db, p) =>
  db
    .selectFrom('browser_customers')
    .select('customer_id')
    .where('browser_key', '=', p.key)
    .where('license_id', '=', p.licenseId),
);

const groupRow = statement<
  { licenseId: number; customerId: string; groupId: number },
  { group_customer_id: string }
>((db, p) =>
  db
    .selectFrom('customer_groups')
    .select('group_customer_id')
    .where('license_id', '=', p.licenseId)
    .where('customer_id', '=', p.customerId)
    .where('group_id', '=', p.groupId),
);

const behindRow = statement<{ licenseId: number; groupCustomerId: string }, { customer_id: string }>(
  (db, p) =>
    db
      .selectFrom('customer_groups')
      .select('customer_id')
      .where('license_id', '=', p.licenseId)
      .where('group_customer_id', '=', p.groupCustomerId),
);

/** The browsers behind customers' cookies, and who they are in organizations and groups. */
export function customerBrowserQueries(session: Session): BrowserQueries {
  return {
    async addCustomerBrowser(browser) {
      await session.run(insertBrowser, {
        browser_key: browser.key,
        id: browser.id,
        secret_hash: browser.secretHash,
        previous_hash: browser.previousSecretHash,
        rotated_at: browser.rotatedAt,
        confirmed_at: browser.confirmedAt,
        created_at: browser.createdAt,
        expires_at: browser.expiresAt,
      });
    },
    async customerBrowser(key) {
      const row = await session.first(browserRow, { key });
      return row && toCustomerBrowser(row);
    },
    rotateCustomerBrowser: async (key, change) => (await session.run(rotate, { key, ...change })) === 1,
    async touchCustomerBrowser(key, { confirmed, expiresAt, now }) {
      await session.run(confirmed ? confirm : touch, { key, expiresAt, now });
    },
    async endCustomerBrowser(key, now) {
      await session.execute((db) =>
        db.updateTable('customer_browsers').set({ expires_at: now }).where('browser_key', '=', key),
      );
    },
    async customerOfBrowser(key, licenseId, candidate) {
      const find = async () => (await session.first(customerRow, { key, licenseId }))?.customer_id;
      const found = await find();
      if (found !== undefined) return found;
      await session.run(insertCustomer, { browser_key: key, license_id: licenseId, customer_id: candidate });
      return (await find()) ?? candidate;
    },
    async customerInGroup(licenseId, customerId, groupId, candidate) {
      const find = async () =>
        (await session.first(groupRow, { licenseId, customerId, groupId }))?.group_customer_id;
      const found = await find();
      if (found !== undefined) return found;
      await session.execute((db) =>
        db
          .insertInto('customer_groups')
          .values({
            license_id: licenseId,
            customer_id: customerId,
            group_id: groupId,
            group_customer_id: candidate,
          })
          .onConflict((conflict) => conflict.columns(['license_id', 'customer_id', 'group_id']).doNothing()),
      );
      return (await find()) ?? candidate;
    },
    async customerBehindGroup(licenseId, groupCustomerId) {
      return (await session.first(behindRow, { licenseId, groupCustomerId }))?.customer_id;
    },
  };
}

/** Deletes browsers whose cookies ended before `deadSince`, at most `limit`. @returns how many */
export async function purgeCustomerBrowsers(
  session: Session,
  deadSince: number,
  limit: number,
): Promise<number> {
  const dead = await session.query((db) =>
    db
      .selectFrom('customer_browsers')
      .select('browser_key')
      .where('expires_at', '<', deadSince)
      .orderBy('expires_at')
      .limit(limit),
  );
  const keys = dead.map((row) => row.browser_key);
  if (keys.length === 0) return 0;
  await session.execute((db) => db.deleteFrom('browser_customers').where('browser_key', 'in', keys));
  return session.execute((db) => db.deleteFrom('customer_browsers').where('browser_key', 'in', keys));
}

function toCustomerBrowser(row: BrowserRow): CustomerBrowser {
  return {
    key: row.browser_key,
    id: row.id,
    secretHash: row.secret_hash,
    previousSecretHash: row.previous_hash,
    rotatedAt: row.rotated_at,
    confirmedAt: row.confirmed_at,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  };
}
