import Type, { type Static } from 'typebox';
import { access, accessRequest } from './access.ts';
import { event, initialEventRequest } from './event.ts';
import { timestamp } from './page.ts';
import { properties } from './properties.ts';
import { agentSideThread, customerSideThread, threadSummary } from './thread.ts';
import { agentSideUser, customerSideUser, usersRequest } from './user.ts';

/** Ten characters A-Z and 0-9. Anything else is simply not found, so only the length is bounded here. */
export const chatId = Type.String({ minLength: 1, maxLength: 64, description: 'The id of a chat.' });
export const threadId = Type.String({ minLength: 1, maxLength: 64, description: 'The id of a thread.' });

const lastEvent = Type.Object({ thread_id: Type.String(), thread_created_at: timestamp, event });
const lastEventPerType = Type.Record(Type.String(), lastEvent, {
  description: 'The newest event of each type.',
});

export const agentSideChatSummary = Type.Object({
  id: Type.String(),
  last_event_per_type: lastEventPerType,
  users: Type.Array(agentSideUser),
  last_thread_summary: Type.Optional(threadSummary),
  properties,
  access,
  is_followed: Type.Boolean(),
});

export const customerSideChatSummary = Type.Object({
  id: Type.String(),
  last_thread_id: Type.Optional(Type.String()),
  last_thread_created_at: Type.Optional(timestamp),
  last_event_per_type: lastEventPerType,
  users: Type.Array(customerSideUser),
  access,
  properties,
  active: Type.Boolean(),
});

export const agentSideChat = Type.Object({
  id: Type.String(),
  thread: Type.Optional(agentSideThread),
  users: Type.Array(agentSideUser),
  properties,
  access,
  is_followed: Type.Boolean(),
});

export const customerSideChat = Type.Object({
  id: Type.String(),
  thread: Type.Optional(customerSideThread),
  users: Type.Array(customerSideUser),
  access,
  properties,
});

const initialThread = Type.Object({
  events: Type.Optional(
    Type.Array(initialEventRequest, { maxItems: 100, description: 'The events the thread begins with.' }),
  ),
  properties: Type.Optional(properties),
});

/** What a new chat is made of, as an agent sends it. */
export const chatByAgent = {
  properties: Type.Optional(properties),
  access: Type.Optional(accessRequest),
  users: Type.Optional(usersRequest),
  thread: Type.Optional(initialThread),
};

/** What a new chat is made of, as a customer sends it. */
export const chatByCustomer = {
  properties: Type.Optional(properties),
  access: Type.Optional(accessRequest),
  thread: Type.Optional(initialThread),
};

export const active = Type.Boolean({
  description: 'Whether the thread is open. Default: `true`.',
});
export const continuous = Type.Boolean({
  description: 'A continuous chat can be started while nobody of its groups is there.',
});

export type AgentSideChatSummary = Static<typeof agentSideChatSummary>;
export type CustomerSideChatSummary = Static<typeof customerSideChatSummary>;
export type AgentSideChat = Static<typeof agentSideChat>;
export type CustomerSideChat = Static<typeof customerSideChat>;
