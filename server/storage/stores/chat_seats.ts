import type { Chat } from '../../domain/chats/chat.ts';
import type { Session } from '../engine/database.ts';
import { statement } from '../engine/statement.ts';
import { knownKey, truth } from './chat_rows.ts';

interface SeatRow {
  licenseId: number;
  agentId: string;
  key: number;
  counted: 0 | 1;
}

const takeSeat = statement<SeatRow, unknown>((db, p) =>
  db
    .insertInto('chat_seats')
    .values({ license_id: p.licenseId, agent_id: p.agentId, chat_key: p.key, counted: p.counted })
    .onConflict((conflict) =>
      conflict.columns(['license_id', 'agent_id', 'chat_key']).doUpdateSet({ counted: p.counted }),
    ),
);

const leaveSeat = statement<Omit<SeatRow, 'counted'>, unknown>((db, p) =>
  db
    .deleteFrom('chat_seats')
    .where('license_id', '=', p.licenseId)
    .where('agent_id', '=', p.agentId)
    .where('chat_key', '=', p.key),
);

const leaveQueue = statement<{ licenseId: number; key: number }, unknown>((db, p) =>
  db.deleteFrom('chat_queue').where('license_id', '=', p.licenseId).where('chat_key', '=', p.key),
);

const stopTimer = statement<{ licenseId: number; key: number }, unknown>((db, p) =>
  db.deleteFrom('chat_timers').where('license_id', '=', p.licenseId).where('chat_key', '=', p.key),
);

type Seated = Pick<Chat, 'active' | 'customerId' | 'users'>;

/** Agents in an open chat, and whether the chat counts against their limits. */
function seatsIn({ active, customerId, users }: Seated): Map<string, boolean> {
  const seats = new Map<string, boolean>();
  if (!active) return seats;
  for (const user of users)
    if (user.type === 'agent' && user.present)
      seats.set(user.id, customerId !== null && user.visibility === 'all');
  return seats;
}

/**
 * Keeps the rows of who sits where as the chat says it. Nothing is asked where nothing of it changed, as when
 * somebody writes.
 * @param before undefined for a new chat
 */
export async function moveSeats(
  session: Session,
  licenseId: number,
  chat: Chat,
  before: Chat | undefined,
): Promise<void> {
  const key = knownKey(chat.id);
  const old = before ? seatsIn(before) : new Map<string, boolean>();
  const seats = seatsIn(chat);
  for (const [agentId, counted] of seats)
    if (old.get(agentId) !== counted)
      await session.run(takeSeat, { licenseId, agentId, key, counted: truth(counted) });
  for (const agentId of old.keys())
    if (!seats.has(agentId)) await session.run(leaveSeat, { licenseId, agentId, key });
  if (before?.active && !chat.active) {
    await session.run(leaveQueue, { licenseId, key });
    await session.run(stopTimer, { licenseId, key });
  }
}
