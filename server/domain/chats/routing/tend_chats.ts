import type { Micros } from '../../../kernel/clock.ts';
import type { Chat, Thread } from '../chat.ts';
import type { ChatStore } from '../chat_store.ts';
import { writeClosing } from '../close_thread.ts';
import { type ChatDeps, writeChats } from '../deps.ts';
import { type AgentProfile, agentsById } from '../people.ts';
import { saveOpen } from '../save_open.ts';
import { closedInactive, closedOffline, idle } from '../system_messages.ts';
import { markIdle, type OpenChat, say, servingAgents } from '../thread_rules.ts';
import { isReachable } from './desks.ts';
import { handOver } from './hand_over.ts';
import { decideInactivity, nextLook, type Quiet, type Timeouts } from './inactivity.ts';
import { requestOf } from './queue_rules.ts';
import type { DueChat } from './routing_store.ts';
import { queueUp, readDesks, requestFor, serveWaiting } from './seating.ts';
import { nextMinute } from './timers.ts';

const BATCH = 100;

/**
 * Looks at the open chats whose time has come, of all organizations: hands over those of agents who went, and
 * acts on silence. Several servers may do it at once: each chat is one's.
 * @returns how many were due
 */
export function tendChats(deps: ChatDeps, timeouts: Timeouts) {
  return async (): Promise<number> => {
    const due = await deps.storage.read.chatTimers.due(deps.clock.now(), BATCH);
    for (const licenseId of new Set(due.map((one) => one.licenseId))) deps.people.forget?.(licenseId);
    const failures: unknown[] = [];
    for (const one of due) await tend(deps, timeouts, one).catch((error) => failures.push(error));
    if (failures.length > 0) throw failures[0];
    return due.length;
  };
}

async function tend(
  deps: ChatDeps,
  timeouts: Timeouts,
  { licenseId, chatId, dueAt }: DueChat,
): Promise<void> {
  const agents = [...(await agentsById(deps.people, licenseId)).values()];
  await writeChats(deps, licenseId, async (store) => {
    await store.lockRouting();
    const now = deps.clock.now();
    if (!(await store.claimTimer(chatId, dueAt, nextMinute(now)))) return;
    await serveWaiting(store, agents, now);
    const before = await store.lockChat(chatId);
    const thread = before?.lastThreadId ? await store.thread(before.lastThreadId) : undefined;
    if (!before || !thread?.active) return;
    const kept = await withoutAbsent(store, { chat: before, thread, added: [] }, before, agents, now);
    await actOnSilence(store, kept, before, agents, timeouts, now);
  });
}

/** Agents who are suspended, or who left the organization, are in no chat. */
async function withoutAbsent(
  store: ChatStore,
  open: OpenChat,
  before: Chat,
  agents: readonly AgentProfile[],
  now: Micros,
): Promise<OpenChat> {
  const profiles = new Map(agents.map((agent) => [agent.id, agent]));
  const absent = before.users
    .filter(({ type, present, id }) => type === 'agent' && present && (profiles.get(id)?.suspended ?? true))
    .map(({ id }) => id);
  const [first] = absent;
  if (first === undefined) return open;
  const profile = profiles.get(first);
  const why = profile && !profile.isBot ? 'other' : 'deleted';
  const handed = await handOver(store, open, agents, absent, { agent: profile?.name ?? first, why }, now);
  await saveOpen(store, handed.open, before);
  await queueUp(store, handed.open, handed.request, now);
  return { ...handed.open, added: [] };
}

async function actOnSilence(
  store: ChatStore,
  open: OpenChat,
  before: Chat,
  agents: readonly AgentProfile[],
  timeouts: Timeouts,
  now: Micros,
): Promise<void> {
  const { chat, thread } = open;
  const quiet = await readQuiet(store, open, agents, now);
  // A chat among agents is theirs to close.
  const decision =
    chat.customerId === null ? { act: 'nothing' as const } : decideInactivity(quiet, timeouts, now);
  if (decision.act === 'close' || decision.act === 'give_up') {
    const words = decision.act === 'close' ? closedInactive(decision.minutes) : closedOffline();
    return writeClosing(store, { chat, thread }, words, now, { routing: { agents } });
  }
  if (decision.act === 'mark_idle') {
    const marked = say(markIdle(open), idle(decision.minutes), now, 'agents');
    await saveOpen(store, marked, chat);
    quiet.isIdle = true;
  }
  if (decision.act === 'hand_over') {
    const leaving = servingAgents(chat);
    const name = agents.find(({ id }) => id === leaving[0])?.name ?? leaving[0] ?? '';
    const reason = { agent: name, why: 'inactive', minutes: decision.minutes } as const;
    const handed = await handOver(store, open, agents, leaving, reason, now, { orKeep: true });
    if (handed.given) {
      await saveOpen(store, handed.open, chat);
      await serveWaiting(store, agents, now);
      quiet.unansweredSince = now;
    }
  }
  await store.setTimer(before.id, nextLook(quiet, timeouts, now));
}

async function readQuiet(
  store: ChatStore,
  { chat, thread }: OpenChat,
  agents: readonly AgentProfile[],
  now: Micros,
): Promise<Quiet> {
  const since = (at: Micros | null): Micros => Math.max(at ?? 0, thread.createdAt);
  const agentAt = since(chat.agentLastEventAt);
  const customerAt = since(chat.customerLastEventAt);
  const waits = servingAgents(chat).length === 0;
  const unanswered = !waits && customerAt >= agentAt;
  return {
    lastWordAt: Math.max(agentAt, customerAt),
    unansweredSince: unanswered ? Math.max(customerAt, givenAt(thread)) : null,
    continuous: chat.continuous,
    isIdle: thread.properties.routing?.idle === true,
    waits,
    isAnybodyThere: waits && (await isAnybodyThere(store, thread, agents, now)),
  };
}

async function isAnybodyThere(
  store: ChatStore,
  thread: Thread,
  agents: readonly AgentProfile[],
  now: Micros,
): Promise<boolean> {
  const entry = (await store.queue()).find(({ chatId }) => chatId === thread.chatId);
  const request = entry ? requestOf(entry) : requestFor(thread);
  return (await readDesks(store, agents, now)).some((desk) => isReachable(desk, request));
}

/** When the chat was last handed over. */
function givenAt({ properties }: Thread): Micros {
  const at = properties.routing?.last_transfer_timestamp;
  return typeof at === 'number' ? at * 1_000_000 : 0;
}
