import type { BotStore } from '../../domain/apps/bot_store.ts';
import type { Bot } from '../../domain/apps/records.ts';
import type { Session } from '../engine/database.ts';
import { statement } from '../engine/statement.ts';
import type { BotTables } from '../tables/bots.ts';

type BotRow = BotTables['bots'];

const livingBot = statement<{ licenseId: number; id: string }, BotRow>((db, p) =>
  db
    .selectFrom('bots')
    .selectAll()
    .where('id', '=', p.id)
    .where('license_id', '=', p.licenseId)
    .where('removed_at', 'is', null),
);

const identityRow = statement<{ clientId: string }, BotRow>((db, p) =>
  db.selectFrom('bots').selectAll().where('identity_of', '=', p.clientId),
);

const useRow = statement<{ licenseId: number; id: string; now: number }, unknown>((db, p) =>
  db
    .updateTable('bots')
    .set({ last_used_at: p.now })
    .where('id', '=', p.id)
    .where('license_id', '=', p.licenseId)
    .where('removed_at', 'is', null),
);

/** Bots, on one read or one unit of work. */
export function createBotStore(session: Session): BotStore {
  return {
    async addBot(bot) {
      const added = await session.execute((db) =>
        db
          .insertInto('bots')
          .values(fromBot(bot))
          .onConflict((conflict) => conflict.doNothing()),
      );
      return added === 1;
    },
    async bots(licenseId) {
      const rows = await session.query((db) =>
        db.selectFrom('bots').selectAll().where('license_id', '=', licenseId).orderBy('bot_key'),
      );
      return rows.map(toBot);
    },
    async bot(licenseId, id) {
      const row = await session.first(livingBot, { licenseId, id });
      return row && toBot(row);
    },
    async botIdentity(clientId) {
      const row = await session.first(identityRow, { clientId });
      return row && toBot(row);
    },
    async renameBot(licenseId, id, name, now) {
      const renamed = await session.execute((db) =>
        db
          .updateTable('bots')
          .set({ name, updated_at: now })
          .where('id', '=', id)
          .where('license_id', '=', licenseId)
          .where('removed_at', 'is', null),
      );
      return renamed === 1;
    },
    useBot: async (licenseId, id, now) => (await session.run(useRow, { licenseId, id, now })) === 1,
    async removeBot(licenseId, id, now) {
      const removed = await session.execute((db) =>
        db
          .updateTable('bots')
          .set({ removed_at: now, identity_of: null })
          .where('id', '=', id)
          .where('license_id', '=', licenseId)
          .where('removed_at', 'is', null),
      );
      return removed === 1;
    },
    async removeBotsOf(clientId, now) {
      await session.execute((db) =>
        db
          .updateTable('bots')
          .set({ removed_at: now, identity_of: null })
          .where('owner_client_id', '=', clientId)
          .where('removed_at', 'is', null),
      );
    },
  };
}

function toBot(row: BotRow): Bot {
  return {
    key: row.bot_key,
    id: row.id,
    licenseId: row.license_id,
    name: row.name,
    avatarUrl: row.avatar_url,
    jobTitle: row.job_title,
    ownerClientId: row.owner_client_id,
    isIdentity: row.identity_of !== null,
    groupIds: JSON.parse(row.group_ids) as number[],
    createdBy: row.created_by,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    lastUsedAt: row.last_used_at,
    removedAt: row.removed_at,
  };
}

function fromBot(bot: Bot): BotRow {
  return {
    license_id: bot.licenseId,
    bot_key: bot.key,
    id: bot.id,
    name: bot.name,
    avatar_url: bot.avatarUrl,
    job_title: bot.jobTitle,
    owner_client_id: bot.ownerClientId,
    identity_of: bot.isIdentity ? bot.ownerClientId : null,
    group_ids: JSON.stringify(bot.groupIds),
    created_by: bot.createdBy,
    created_at: bot.createdAt,
    updated_at: bot.updatedAt,
    last_used_at: bot.lastUsedAt,
    removed_at: bot.removedAt,
  };
}
