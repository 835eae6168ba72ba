import type { BotStore } from '../../domain/apps/bot_store.ts';
import type { Session } from '../engine/database.ts';
import { statement } from '../engine/statement.ts';
import { type BotRow, fromBot, settingsOf, toBot } from './bot_rows.ts';
import { botTemplateQueries } from './bot_templates.ts';

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

const useRowBySecret = statement<{ licenseId: number; id: string; now: number; secretKey: number }, unknown>(
  (db, p) =>
    db
      .updateTable('bots')
      .set({ last_used_at: p.now })
      .where('id', '=', p.id)
      .where('license_id', '=', p.licenseId)
      .where('removed_at', 'is', null)
      .where('secret_key', '=', p.secretKey),
);

/** Bots, on one read or one unit of work. */
export function createBotStore(session: Session): BotStore {
  /** @returns whether there was such a bot, and it was not removed */
  async function update(
    { licenseId, id }: { licenseId: number; id: string },
    values: Partial<BotRow>,
  ): Promise<boolean> {
    const changed = await session.execute((db) =>
      db
        .updateTable('bots')
        .set(values)
        .where('id', '=', id)
        .where('license_id', '=', licenseId)
        .where('removed_at', 'is', null),
    );
    return changed === 1;
  }

  const store: BotStore = {
    ...botTemplateQueries(session),
    async addBot(bot) {
      const added = await session.execute((db) =>
        db
          .insertInto('bots')
          .values(fromBot(bot))
          .onConflict((conflict) => conflict.doNothing()),
      );
      return added === 1;
    },
    async installBot(bot) {
      const { bot_key: _, ...row } = fromBot(bot);
      const revived = await session.execute((db) =>
        db
          .updateTable('bots')
          .set(row)
          .where('id', '=', bot.id)
          .where('license_id', '=', bot.licenseId)
          .where('removed_at', 'is not', null),
      );
      return revived === 1 || store.addBot(bot);
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
    async botsOf(clientId) {
      const rows = await session.query((db) =>
        db
          .selectFrom('bots')
          .selectAll()
          .where('owner_client_id', '=', clientId)
          .where('removed_at', 'is', null)
          .orderBy('bot_key'),
      );
      return rows.map(toBot);
    },
    renameBot: (licenseId, id, name, now) => update({ licenseId, id }, { name, updated_at: now }),
    saveBot: (bot) => update(bot, settingsOf(bot)),
    setBotSecret: (licenseId, id, secret, now) =>
      update({ licenseId, id }, { secret_key: secret.key, secret_hash: secret.hash, updated_at: now }),
    useBot: async (licenseId, id, now, secretKey) =>
      (await (secretKey === undefined
        ? session.run(useRow, { licenseId, id, now })
        : session.run(useRowBySecret, { licenseId, id, now, secretKey }))) === 1,
    async takeBotsOutOf(licenseId, groupId) {
      for (const bot of await store.bots(licenseId)) {
        if (!bot.groupIds.includes(groupId)) continue;
        const { [groupId]: _, ...priorities } = bot.priorities;
        await store.saveBot({ ...bot, groupIds: bot.groupIds.filter((id) => id !== groupId), priorities });
      }
    },
    removeBot: (licenseId, id, now) => update({ licenseId, id }, { removed_at: now, identity_of: null }),
  };
  return store;
}
