import { sql } from 'kysely';
import type { RoutingStatus } from '../../domain/chats/routing/desks.ts';
import type { QueueEntry } from '../../domain/chats/routing/queue_rules.ts';
import {
  type ChatTimerStore,
  FIRST_CHAT_SECONDS,
  QUEUE_IN_SIGHT,
  type RoutingStore,
} from '../../domain/chats/routing/routing_store.ts';
import type { Session } from '../engine/database.ts';
import { statement } from '../engine/statement.ts';
import type { ChatTables } from '../tables/chats.ts';
import type { RoutingTables } from '../tables/routing.ts';
import { agentRows } from './chat_routing_agents.ts';
import { idOf, keyOf, knownKey, truth } from './chat_rows.ts';
import { lockingStatement } from './chat_statements.ts';

type AgentRow = ChatTables['agent_assignments'];
type QueueRow = RoutingTables['chat_queue'];

/** The first chats that wait are called when an agent came; the look at one serves the whole queue. */
const CALLED = 1;

interface Of {
  licenseId: number;
}

const lockDesk = lockingStatement<Of, { chat_seconds: number }>((db, p) =>
  db.selectFrom('routing_desks').select('chat_seconds').where('license_id', '=', p.licenseId),
);

const openDesk = statement<Of & { seconds: number }, unknown>((db, p) =>
  db
    .insertInto('routing_desks')
    .values({ license_id: p.licenseId, chat_seconds: p.seconds })
    .onConflict((conflict) => conflict.doNothing()),
);

const chatSeconds = statement<Of, { chat_seconds: number }>((db, p) =>
  db.selectFrom('routing_desks').select('chat_seconds').where('license_id', '=', p.licenseId),
);

/** Each chat that ends counts for an eighth of the average. */
const moveAverage = statement<Of & { seconds: number }, unknown>((db, p) =>
  db
    .updateTable('routing_desks')
    .set({ chat_seconds: sql<number>`cast((chat_seconds * 7 + ${p.seconds}) / 8 as integer)` })
    .where('license_id', '=', p.licenseId),
);

const agentStates = statement<Of, AgentRow>((db, p) =>
  db.selectFrom('agent_assignments').selectAll().where('license_id', '=', p.licenseId),
);

const seatCounts = statement<Of, { agent_id: string; count: number }>((db, p) =>
  db
    .selectFrom('chat_seats')
    .select((eb) => ['agent_id', eb.fn.countAll<number>().as('count')])
    .where('license_id', '=', p.licenseId)
    .where('counted', '=', 1)
    .groupBy('agent_id'),
);

const seatsOf = statement<Of & { agentId: string }, { chat_key: number }>((db, p) =>
  db
    .selectFrom('chat_seats')
    .select('chat_key')
    .where('license_id', '=', p.licenseId)
    .where('agent_id', '=', p.agentId)
    .orderBy('chat_key'),
);

const queue = statement<Of & { limit: number }, QueueRow>((db, p) =>
  db
    .selectFrom('chat_queue')
    .selectAll()
    .where('license_id', '=', p.licenseId)
    .orderBy('queued_at')
    .orderBy('chat_key')
    .limit(p.limit),
);

const lastInQueue = statement<Of, { queued_at: number }>((db, p) =>
  db
    .selectFrom('chat_queue')
    .select('queued_at')
    .where('license_id', '=', p.licenseId)
    .orderBy('queued_at', 'desc')
    .limit(1),
);

const enqueue = statement<QueueRow, unknown>((db, p) =>
  db
    .insertInto('chat_queue')
    .values({
      license_id: p.license_id,
      queued_at: p.queued_at,
      chat_key: p.chat_key,
      group_ids: p.group_ids,
      agent_ids: p.agent_ids,
      without_ids: p.without_ids,
      bots: p.bots,
    })
    .onConflict((conflict) => conflict.doNothing()),
);

const dequeue = statement<Of & { key: number }, unknown>((db, p) =>
  db.deleteFrom('chat_queue').where('license_id', '=', p.licenseId).where('chat_key', '=', p.key),
);

const setTimer = statement<Of & { key: number; dueAt: number }, unknown>((db, p) =>
  db
    .insertInto('chat_timers')
    .values({ license_id: p.licenseId, chat_key: p.key, due_at: p.dueAt })
    .onConflict((conflict) => conflict.columns(['license_id', 'chat_key']).doUpdateSet({ due_at: p.dueAt })),
);

const claimTimer = statement<Of & { key: number; seen: number; dueAt: number }, unknown>((db, p) =>
  db
    .updateTable('chat_timers')
    .set({ due_at: p.dueAt })
    .where('license_id', '=', p.licenseId)
    .where('chat_key', '=', p.key)
    .where('due_at', '=', p.seen),
);

const firstInQueue = statement<Of & { limit: number }, { chat_key: number }>((db, p) =>
  db
    .selectFrom('chat_queue')
    .select('chat_key')
    .where('license_id', '=', p.licenseId)
    .orderBy('queued_at')
    .orderBy('chat_key')
    .limit(p.limit),
);

const dueTimers = statement<{ now: number; limit: number }, RoutingTables['chat_timers']>((db, p) =>
  db.selectFrom('chat_timers').selectAll().where('due_at', '<=', p.now).orderBy('due_at').limit(p.limit),
);

export function routingVerbsOn(session: Session, licenseId: number): RoutingStore {
  const setTimerOf = (key: number, dueAt: number) => session.run(setTimer, { licenseId, key, dueAt });
  return {
    async lockRouting() {
      // SQLite has one writer: the unit of work itself is the lock.
      const held = await session.first(lockDesk(session), { licenseId });
      if (held) return;
      await session.run(openDesk, { licenseId, seconds: FIRST_CHAT_SECONDS });
      await session.first(lockDesk(session), { licenseId });
    },
    async agentStates() {
      const rows = await session.all(agentStates, { licenseId });
      return new Map(
        rows.map((row) => [
          row.agent_id,
          {
            assignedAt: row.assigned_at,
            status: row.status as RoutingStatus | null,
            chatLimit: row.chat_limit,
          },
        ]),
      );
    },
    ...agentRows(session, licenseId),
    async seatCounts() {
      const rows = await session.all(seatCounts, { licenseId });
      return new Map(rows.map((row) => [row.agent_id, Number(row.count)]));
    },
    async seatsOf(agentId) {
      return (await session.all(seatsOf, { licenseId, agentId })).map((row) => idOf(row.chat_key));
    },
    async queue() {
      return (await session.all(queue, { licenseId, limit: QUEUE_IN_SIGHT })).map(toEntry);
    },
    lastQueuedAt: async () => (await session.first(lastInQueue, { licenseId }))?.queued_at ?? 0,
    async enqueue(entry) {
      await session.run(enqueue, fromEntry(entry, licenseId));
    },
    async dequeue(chatId) {
      await session.run(dequeue, { licenseId, key: knownKey(chatId) });
    },
    chatSeconds: async () =>
      (await session.first(chatSeconds, { licenseId }))?.chat_seconds ?? FIRST_CHAT_SECONDS,
    async recordChatLength(seconds) {
      await session.run(moveAverage, { licenseId, seconds: Math.round(seconds) });
    },
    async setTimer(chatId, dueAt) {
      await setTimerOf(knownKey(chatId), dueAt);
    },
    async claimTimer(chatId, seen, dueAt) {
      const key = keyOf(chatId);
      return key !== undefined && (await session.run(claimTimer, { licenseId, key, seen, dueAt })) === 1;
    },
    async callForAgentsChats(agentId, now) {
      for (const { chat_key } of await session.all(seatsOf, { licenseId, agentId }))
        await setTimerOf(chat_key, now);
    },
    async callForQueue(now) {
      for (const { chat_key } of await session.all(firstInQueue, { licenseId, limit: CALLED }))
        await setTimerOf(chat_key, now);
    },
  };
}

/** The timers of all organizations. */
export function createChatTimerStore(session: Session): ChatTimerStore {
  return {
    async due(now, limit) {
      const rows = await session.all(dueTimers, { now, limit });
      return rows.map((row) => ({
        licenseId: row.license_id,
        chatId: idOf(row.chat_key),
        dueAt: row.due_at,
      }));
    },
  };
}

function toEntry(row: QueueRow): QueueEntry {
  return {
    chatId: idOf(row.chat_key),
    queuedAt: row.queued_at,
    groups: JSON.parse(row.group_ids) as number[],
    agentIds: row.agent_ids === null ? null : (JSON.parse(row.agent_ids) as string[]),
    without: row.without_ids === null ? [] : (JSON.parse(row.without_ids) as string[]),
    bots: row.bots === 1,
  };
}

function fromEntry(entry: QueueEntry, licenseId: number): QueueRow {
  return {
    license_id: licenseId,
    queued_at: entry.queuedAt,
    chat_key: knownKey(entry.chatId),
    group_ids: JSON.stringify(entry.groups),
    agent_ids: entry.agentIds === null ? null : JSON.stringify(entry.agentIds),
    without_ids: entry.without.length === 0 ? null : JSON.stringify(entry.without),
    bots: truth(entry.bots),
  };
}
