import type { Greeting, RichGreeting, ShownGreeting } from '../../domain/widget/greeting.ts';
import type { WidgetStore } from '../../domain/widget/widget_store.ts';
import type { Session } from '../engine/database.ts';
import type { VisitorTables } from '../tables/visitors.ts';
import { truth } from './chat_rows.ts';

export function greetingVerbs(
  session: Session,
  licenseId: number,
): Pick<
  WidgetStore,
  'greeting' | 'greetings' | 'countGreetings' | 'nextGreetingId' | 'putGreeting' | 'deleteGreeting'
> {
  return {
    async greeting(id) {
      const [row] = await session.query((db) =>
        db
          .selectFrom('greetings')
          .selectAll()
          .where('license_id', '=', licenseId)
          .where('greeting_id', '=', id)
          .where('deleted_at', 'is', null),
      );
      return row && toGreeting(row);
    },
    async greetings({ after = 0, groups, limit }) {
      const rows = await session.query((db) => {
        const all = db
          .selectFrom('greetings')
          .selectAll()
          .where('license_id', '=', licenseId)
          .where('greeting_id', '>', after)
          .where('deleted_at', 'is', null)
          .orderBy('greeting_id')
          .limit(limit);
        return groups ? all.where('group_id', 'in', groups) : all;
      });
      return rows.map(toGreeting);
    },
    async countGreetings(groups) {
      const [row] = await session.query((db) => {
        const all = db
          .selectFrom('greetings')
          .select((eb) => eb.fn.countAll().as('count'))
          .where('license_id', '=', licenseId)
          .where('deleted_at', 'is', null);
        return groups ? all.where('group_id', 'in', groups) : all;
      });
      return Number(row?.count ?? 0);
    },
    async nextGreetingId() {
      const [row] = await session.query((db) =>
        db
          .selectFrom('greetings')
          .select((eb) => eb.fn.max('greeting_id').as('highest'))
          .where('license_id', '=', licenseId),
      );
      return Number(row?.highest ?? 0) + 1;
    },
    async putGreeting(greeting, now) {
      const changes = {
        type: greeting.type,
        active: truth(greeting.active),
        active_from: greeting.activeFrom,
        active_until: greeting.activeUntil,
        name: greeting.name,
        group_id: greeting.groupId,
        rules: JSON.stringify(greeting.rules),
        properties: JSON.stringify(greeting.properties),
        rich_message: greeting.richMessage === null ? null : JSON.stringify(greeting.richMessage),
      };
      const keys = { license_id: licenseId, greeting_id: greeting.id };
      await session.execute((db) =>
        db
          .insertInto('greetings')
          .values({ ...keys, created_at: now, deleted_at: null, ...changes })
          .onConflict((conflict) => conflict.columns(['license_id', 'greeting_id']).doUpdateSet(changes)),
      );
    },
    async deleteGreeting(id, now) {
      const deleted = await session.execute((db) =>
        db
          .updateTable('greetings')
          .set({ deleted_at: now })
          .where('license_id', '=', licenseId)
          .where('greeting_id', '=', id)
          .where('deleted_at', 'is', null),
      );
      return deleted === 1;
    },
  };
}

export function shownGreetingVerbs(
  session: Session,
  licenseId: number,
): Pick<
  WidgetStore,
  | 'addShownGreeting'
  | 'greetingsShownSince'
  | 'shownGreeting'
  | 'acceptShownGreeting'
  | 'cancelShownGreeting'
  | 'setGreetingClicks'
> {
  async function update(
    set: Partial<VisitorTables['shown_greetings']>,
    whose: { customerId: string; uniqueId: string },
    unlessSet?: 'accepted_at' | 'canceled_at',
  ): Promise<boolean> {
    const changed = await session.execute((db) => {
      const shown = db
        .updateTable('shown_greetings')
        .set(set)
        .where('license_id', '=', licenseId)
        .where('unique_id', '=', whose.uniqueId)
        .where('customer_id', '=', whose.customerId);
      return unlessSet === undefined ? shown : shown.where(unlessSet, 'is', null);
    });
    return changed === 1;
  }

  return {
    async addShownGreeting(shown) {
      await session.execute((db) =>
        db.insertInto('shown_greetings').values({
          license_id: licenseId,
          unique_id: shown.uniqueId,
          customer_id: shown.customerId,
          greeting_id: shown.greetingId,
          agent_id: shown.agentId,
          shown_at: shown.shownAt,
          accepted_at: shown.acceptedAt,
          canceled_at: shown.canceledAt,
          clicks: JSON.stringify(shown.clicks),
        }),
      );
    },
    async greetingsShownSince(customerId, since) {
      const rows = await session.query((db) =>
        db
          .selectFrom('shown_greetings')
          .select('greeting_id')
          .where('license_id', '=', licenseId)
          .where('customer_id', '=', customerId)
          .where('shown_at', '>=', since),
      );
      return rows.map((row) => row.greeting_id);
    },
    async shownGreeting(customerId, uniqueId) {
      if (uniqueId.includes('\u0000')) return undefined;
      const [row] = await session.query((db) =>
        db
          .selectFrom('shown_greetings')
          .selectAll()
          .where('license_id', '=', licenseId)
          .where('unique_id', '=', uniqueId)
          .where('customer_id', '=', customerId),
      );
      return row && toShownGreeting(row);
    },
    acceptShownGreeting: (customerId, uniqueId, now) =>
      update({ accepted_at: now }, { customerId, uniqueId }, 'accepted_at'),
    cancelShownGreeting: (customerId, uniqueId, now) =>
      update({ canceled_at: now }, { customerId, uniqueId }, 'canceled_at'),
    async setGreetingClicks(customerId, uniqueId, clicks) {
      await update({ clicks: JSON.stringify(clicks) }, { customerId, uniqueId });
    },
  };
}

function toGreeting(row: VisitorTables['greetings']): Greeting {
  return {
    id: row.greeting_id,
    type: row.type as Greeting['type'],
    active: row.active === 1,
    activeFrom: row.active_from,
    activeUntil: row.active_until,
    name: row.name,
    groupId: row.group_id,
    rules: JSON.parse(row.rules) as Greeting['rules'],
    properties: JSON.parse(row.properties) as Greeting['properties'],
    richMessage: row.rich_message === null ? null : (JSON.parse(row.rich_message) as RichGreeting),
  };
}

function toShownGreeting(row: VisitorTables['shown_greetings']): ShownGreeting {
  return {
    uniqueId: row.unique_id,
    customerId: row.customer_id,
    greetingId: row.greeting_id,
    agentId: row.agent_id,
    shownAt: row.shown_at,
    acceptedAt: row.accepted_at,
    canceledAt: row.canceled_at,
    clicks: JSON.parse(row.clicks) as string[],
  };
}
