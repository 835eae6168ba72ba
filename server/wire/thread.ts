import Type, { type Static } from 'typebox';
import { access } from './access.ts';
import { event } from './event.ts';
import { timestamp } from './page.ts';
import { properties } from './properties.ts';
import { customerVisit } from './user.ts';

export const queue = Type.Object(
  {
    position: Type.Integer({ description: 'From 1.' }),
    wait_time: Type.Integer({ description: 'Seconds, estimated.' }),
    queued_at: timestamp,
  },
  { description: 'Only of a thread that waits for an agent.' },
);

/** A tag of one thread, as it is put on and taken off. */
export const tagInThread = {
  chat_id: Type.String({ minLength: 1, maxLength: 64, description: 'The id of a chat.' }),
  thread_id: Type.String({ minLength: 1, maxLength: 64, description: 'The id of a thread.' }),
  tag: Type.String({ minLength: 1, maxLength: 255, description: 'The name of the tag.' }),
};

const shared = {
  id: Type.String(),
  created_at: timestamp,
  active: Type.Boolean(),
  user_ids: Type.Array(Type.String()),
  events: Type.Array(event),
  properties,
  access,
  queue: Type.Optional(queue),
  previous_thread_id: Type.Optional(Type.String()),
  next_thread_id: Type.Optional(Type.String()),
};

export const agentSideThread = Type.Object({
  ...shared,
  queues_duration: Type.Optional(
    Type.Integer({ description: 'Seconds that the thread waited for agents, altogether.' }),
  ),
  tags: Type.Optional(Type.Array(Type.String())),
  customer_visit: Type.Optional(customerVisit),
  summary: Type.Optional(Type.Object({ status: Type.String(), text: Type.String(), updated_at: timestamp })),
});

export const customerSideThread = Type.Object(shared);

export const threadSummary = Type.Object({
  id: Type.String(),
  created_at: timestamp,
  user_ids: Type.Array(Type.String()),
  properties,
  active: Type.Boolean(),
  access,
  tags: Type.Optional(Type.Array(Type.String())),
  queue: Type.Optional(queue),
});

export type AgentSideThread = Static<typeof agentSideThread>;
export type CustomerSideThread = Static<typeof customerSideThread>;
export type ThreadSummary = Static<typeof threadSummary>;
