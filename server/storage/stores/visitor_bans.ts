import type { Ban, BanStore } from '../../domain/customers/ban.ts';
import { isUuid } from '../../kernel/identifiers.ts';
import type { Session } from '../engine/database.ts';
import type { VisitorTables } from '../tables/visitors.ts';

type BanRow = VisitorTables['customer_bans'];

export function banVerbs(session: Session, licenseId: number): BanStore {
  return {
    async setBan(ban) {
      const changes = {
        ban_key: ban.key,
        ip: ban.ip,
        agent_id: ban.agentId,
        thread_id: ban.threadId,
        created_at: ban.createdAt,
        expires_at: ban.expiresAt,
      };
      await session.execute((db) =>
        db
          .insertInto('customer_bans')
          .values({ license_id: licenseId, customer_id: ban.customerId, ...changes })
          .onConflict((conflict) => conflict.columns(['license_id', 'customer_id']).doUpdateSet(changes)),
      );
    },
    async bansInForce(now, { before, limit }) {
      const rows = await session.query((db) => {
        const inForce = db
          .selectFrom('customer_bans')
          .selectAll()
          .where('license_id', '=', licenseId)
          .where('expires_at', '>', now);
        return (before === undefined ? inForce : inForce.where('ban_key', '<', before))
          .orderBy('ban_key', 'desc')
          .limit(limit);
      });
      return rows.map(toBan);
    },
    async countBansInForce(now) {
      const [row] = await session.query((db) =>
        db
          .selectFrom('customer_bans')
          .select((eb) => eb.fn.countAll().as('count'))
          .where('license_id', '=', licenseId)
          .where('expires_at', '>', now),
      );
      return Number(row?.count ?? 0);
    },
    async banOf(customerId) {
      if (!isUuid(customerId)) return undefined;
      const [row] = await session.query((db) =>
        db
          .selectFrom('customer_bans')
          .selectAll()
          .where('license_id', '=', licenseId)
          .where('customer_id', '=', customerId),
      );
      return row && toBan(row);
    },
    async clearBans(expiredBefore) {
      await session.execute((db) =>
        db
          .deleteFrom('customer_bans')
          .where('license_id', '=', licenseId)
          .where('expires_at', '<', expiredBefore),
      );
    },
    async liftBans(whose) {
      const rows = await session.query((db) => {
        const ofOrganization = db.deleteFrom('customer_bans').where('license_id', '=', licenseId);
        return (
          'ip' in whose
            ? ofOrganization.where('ip', '=', whose.ip)
            : ofOrganization.where('customer_id', '=', whose.customerId)
        ).returningAll();
      });
      return rows.map(toBan);
    },
  };
}

function toBan(row: BanRow): Ban {
  return {
    key: row.ban_key,
    customerId: row.customer_id,
    ip: row.ip,
    agentId: row.agent_id,
    threadId: row.thread_id,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  };
}
