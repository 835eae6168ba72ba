import { isDeepStrictEqual } from 'node:util';
import type { Properties } from '../../wire/properties.ts';
import type { Chat, ChatEvent, Thread } from '../chats/chat.ts';
import type { Cause } from './cause.ts';
import { requesterOf } from './cause.ts';
import type { ChatChanges } from './chat_changes.ts';
import type { ChangeReason, Happening, PropertyNames } from './happening.ts';
import { pressedBy } from './pressed_buttons.ts';

/** What happened, in the order in which it is told: derived from what a unit of work changed. */
export function happeningsIn(changes: ChatChanges, cause: Cause): Happening[] {
  return [
    ...[...changes.chats.keys()].flatMap((chatId) => ofChat(changes, chatId, cause)),
    ...ofCustomers(changes),
    ...changes.statuses.map((one): Happening => ({ action: 'routing_status_set', ...one })),
  ];
}

function ofChat(changes: ChatChanges, chatId: string, cause: Cause): Happening[] {
  const changed = changes.chats.get(chatId);
  if (!changed) return [];
  const { before, after: chat } = changed;
  const threads = [...changes.threads.values()].filter(({ after }) => after.chatId === chatId);
  const begun = threads.find((one) => one.before === undefined)?.after;
  const last = begun ?? threads.find(({ after }) => after.id === chat.lastThreadId)?.after;
  const added = changes.added.filter((event) => threads.some(({ after }) => after.id === event.threadId));
  const here = { chat, thread: last };
  const result: Happening[] = [];

  if (begun?.active || (begun && begun.closedAt === null))
    result.push({
      ...here,
      action: 'incoming_chat',
      thread: begun,
      events: added.filter((event) => event.threadId === begun.id),
    });
  else for (const event of added) result.push({ ...here, action: 'incoming_event', event });

  for (const { before: was, after: thread } of threads) if (was) result.push(...ofThread(chat, was, thread));
  for (const { before: was, after: event } of changes.events.values()) {
    const thread = threads.find(({ after }) => after.id === event.threadId)?.after;
    if (was && was !== event && thread) result.push(...ofEvent(chat, thread, was, event));
  }
  if (!before) return result;

  const reason = reasonOf(added, cause);
  const isSame = begun === undefined;
  if (isSame && (before.active || chat.active)) result.push(...ofUsers(before, chat, last, reason));
  if (!isDeepStrictEqual(before.access, chat.access)) result.push({ ...here, action: 'chat_access_updated' });
  if (isSame && last?.active && wasTransferred(changes, last))
    result.push({
      ...here,
      action: 'chat_transferred',
      reason,
      groupIds: [...chat.access],
      agentIds: chat.users.filter(({ type, present }) => type === 'agent' && present).map(({ id }) => id),
    });
  result.push(
    ...ofProperties(before.properties, chat.properties).map(
      (one): Happening =>
        'properties' in one
          ? { ...here, action: 'chat_properties_updated', ...one }
          : { ...here, action: 'chat_properties_deleted', ...one },
    ),
  );
  if (before.active && !chat.active && last)
    result.push({ ...here, thread: last, action: 'chat_deactivated' });
  // Who writes has seen what is there: that is no marker moved by hand.
  const reader = chat.users.find(({ id }) => id === requesterOf(cause));
  const marker = before.users.find(({ id }) => id === reader?.id)?.seenUpTo ?? 0;
  if (isSame && added.length === 0 && reader?.seenUpTo && reader.seenUpTo > marker)
    result.push({ ...here, action: 'events_marked_as_seen', user: reader });
  return result;
}

function ofUsers(before: Chat, chat: Chat, thread: Thread | undefined, reason: ChangeReason): Happening[] {
  const present = (list: Chat['users'], id: string) => list.some((user) => user.id === id && user.present);
  // A thread that closes lets its agents go: nobody is taken out.
  const removed = chat.active ? before.users.filter(({ id }) => !present(chat.users, id)) : [];
  return [
    ...chat.users
      .filter(({ id, present: here }) => here && !present(before.users, id))
      .map((user): Happening => ({ chat, thread, action: 'user_added_to_chat', user, reason })),
    ...removed
      .filter(({ present: was }) => was)
      .map((user): Happening => ({ chat, thread, action: 'user_removed_from_chat', user, reason })),
  ];
}

function ofThread(chat: Chat, before: Thread, thread: Thread): Happening[] {
  if (before === thread) return [];
  const here = { chat, thread };
  const result: Happening[] = [];
  for (const tag of thread.tags)
    if (!before.tags.includes(tag)) result.push({ ...here, action: 'thread_tagged', tag });
  for (const tag of before.tags)
    if (!thread.tags.includes(tag)) result.push({ ...here, action: 'thread_untagged', tag });
  for (const one of ofProperties(before.properties, thread.properties))
    result.push(
      'properties' in one
        ? { ...here, action: 'thread_properties_updated', ...one }
        : { ...here, action: 'thread_properties_deleted', ...one },
    );
  if (thread.summary && !isDeepStrictEqual(before.summary, thread.summary))
    result.push({ ...here, action: 'thread_summary_set' });
  return result;
}

function ofEvent(chat: Chat, thread: Thread, before: ChatEvent, event: ChatEvent): Happening[] {
  const here = { chat, thread, event };
  if (event.deletedAt !== null && before.deletedAt === null) return [{ ...here, action: 'event_deleted' }];
  const result: Happening[] = ofProperties(before.properties, event.properties).map((one) =>
    'properties' in one
      ? { ...here, action: 'event_properties_updated', ...one }
      : { ...here, action: 'event_properties_deleted', ...one },
  );
  if (isDeepStrictEqual(before.content, event.content)) return result;
  const presses = pressedBy(before, event);
  if (presses.length === 0) return [...result, { ...here, action: 'event_updated' }];
  for (const press of thread.active ? presses : [])
    result.push({ ...here, action: 'incoming_rich_message_postback', ...press });
  return result;
}

/** Values that were set, and names that were deleted. */
function ofProperties(
  before: Properties,
  after: Properties,
): ({ properties: Properties } | { names: PropertyNames })[] {
  if (before === after) return [];
  const properties: Properties = {};
  const names: PropertyNames = {};
  for (const namespace of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [was, is] = [before[namespace] ?? {}, after[namespace] ?? {}];
    const set = Object.entries(is).filter(([name, value]) => !isDeepStrictEqual(was[name], value));
    const gone = Object.keys(was).filter((name) => !Object.hasOwn(is, name));
    if (set.length > 0) properties[namespace] = Object.fromEntries(set);
    if (gone.length > 0) names[namespace] = gone;
  }
  return [
    ...(Object.keys(properties).length > 0 ? [{ properties }] : []),
    ...(Object.keys(names).length > 0 ? [{ names }] : []),
  ];
}

/** The router notes when it hands a chat over (docs: default-properties#last_transfer_timestamp). */
function wasTransferred({ threads, added }: ChatChanges, last: Thread): boolean {
  const was = threads.get(last.id)?.before;
  const noted = (thread: Thread | undefined) => thread?.properties.routing?.last_transfer_timestamp;
  return (
    noted(was) !== noted(last) ||
    added.some(
      ({ threadId, content }) => threadId === last.id && content.system_message_type === 'chat_transferred',
    )
  );
}

/** As the system message that went with it says. */
function reasonOf(added: readonly ChatEvent[], cause: Cause): ChangeReason {
  const said = added.map(({ content }) => String(content.system_message_type ?? ''));
  if (
    said.some((type) => type === 'chat_transferred' || type.startsWith('agent_') || type === 'customer_added')
  )
    return 'manual';
  if (said.some((type) => type.endsWith('_inactive'))) return 'inactive';
  if (said.some((type) => type.startsWith('routing.assigned'))) return 'assigned';
  if (said.some((type) => type.startsWith('routing.unassigned'))) return 'unassigned';
  return requesterOf(cause) === undefined ? 'other' : 'manual';
}

/** One for each chat that the customer has open (docs: webhooks#customer_session_fields_updated). */
function ofCustomers({ customers, chats, threads }: ChatChanges): Happening[] {
  return [...customers.values()].flatMap(({ before, after }): Happening[] => {
    if (!before || isDeepStrictEqual(before.sessionFields, after.sessionFields)) return [];
    const chat = after.chatId === null ? undefined : chats.get(after.chatId)?.after;
    const thread = chat?.lastThreadId ? threads.get(chat.lastThreadId)?.after : undefined;
    if (!chat?.active || !thread) return [];
    return [
      {
        chat,
        thread,
        action: 'customer_session_fields_updated',
        customerId: after.id,
        sessionFields: after.sessionFields,
      },
    ];
  });
}
