import Type, { type Static } from 'typebox';
import { formField } from './event_form.ts';
import { richMessageElement, richMessageTemplates } from './event_rich_message.ts';
import { timestamp } from './page.ts';
import { properties } from './properties.ts';

/** Events that a user may send. `system` is made by the server alone (docs: data-structures#system). */
export const sendableEventTypes = [
  'message',
  'file',
  'form',
  'filled_form',
  'rich_message',
  'custom',
  'system_message',
] as const;

export type EventType = (typeof sendableEventTypes)[number] | 'system';

/** What was pressed on a rich message. */
export const sentPostback = Type.Object({
  id: Type.String({ minLength: 1, maxLength: 1024, description: 'The `postback_id` of the button.' }),
  toggled: Type.Boolean({ description: '`true`: pressed. `false`: taken back.' }),
  button_type: Type.Optional(
    Type.String({
      maxLength: 64,
      description: 'Tells buttons with one postback apart, as `button_value` does.',
    }),
  ),
  button_value: Type.Optional(Type.String({ maxLength: 4096 })),
  ecommerce: Type.Optional(
    Type.Object({
      product_id: Type.String({ minLength: 1, maxLength: 1024 }),
      option_id: Type.Optional(Type.String({ maxLength: 1024 })),
      quantity: Type.Optional(Type.Number()),
    }),
  ),
});

const postback = Type.Object({
  id: Type.String({ description: 'The postback of the rich message.' }),
  thread_id: Type.String({ description: 'The thread with the rich message.' }),
  event_id: Type.String({ description: 'The rich message.' }),
  type: Type.Optional(Type.String({ description: 'Together with `value`.' })),
  value: Type.Optional(Type.String({ description: 'Together with `type`.' })),
  ecommerce: Type.Optional(
    Type.Object({
      product_id: Type.String(),
      option_id: Type.Optional(Type.String()),
      quantity: Type.Optional(Type.Number()),
    }),
  ),
});

/** What the event types carry beyond what all have; which of it a type needs is checked by the domain. */
const content = {
  text: Type.Optional(Type.String({ description: '`message`, `system_message`: at most 16 KB of UTF-8.' })),
  postback: Type.Optional(postback),
  url: Type.Optional(Type.String({ description: '`file`: the address that `upload_file` gave.' })),
  alternative_text: Type.Optional(Type.String({ description: '`file`: for images.' })),
  form_id: Type.Optional(Type.String({ description: '`form`, `filled_form`.' })),
  form_type: Type.Optional(Type.String({ description: '`form`, `filled_form`.' })),
  fields: Type.Optional(Type.Array(formField, { maxItems: 100, description: '`form`, `filled_form`.' })),
  template_id: Type.Optional(Type.Enum([...richMessageTemplates], { description: '`rich_message`.' })),
  elements: Type.Optional(
    Type.Array(richMessageElement, { maxItems: 10, description: '`rich_message`: at most 10.' }),
  ),
  content: Type.Optional(Type.Record(Type.String(), Type.Unknown(), { description: '`custom`: your own.' })),
  system_message_type: Type.Optional(Type.String({ minLength: 1, maxLength: 255 })),
  text_vars: Type.Optional(Type.Record(Type.String(), Type.String())),
};

export const customId = Type.String({
  minLength: 1,
  maxLength: 255,
  description: 'Your own id. The same event sent again with the same id is stored once.',
});
export const visibility = Type.Enum(['all', 'agents']);
/** `<thread>_<number>`. Anything else is simply not found. */
export const eventIdInput = Type.String({ minLength: 1, maxLength: 80, description: 'The id of an event.' });
export const seenUpTo = Type.String({
  minLength: 1,
  maxLength: 64,
  description: 'The time up to which everything is read, RFC 3339.',
});

const common = {
  type: Type.Enum([...sendableEventTypes]),
  custom_id: Type.Optional(customId),
  visibility: Type.Optional(visibility),
  properties: Type.Optional(properties),
};

/** An event as it is sent. */
export const eventRequest = Type.Object({ ...common, ...content });
/** An event that a chat starts with: its author may be another user of the chat. */
export const initialEventRequest = Type.Object({
  ...common,
  author_id: Type.Optional(Type.String({ description: 'A user of the chat. Default: the caller.' })),
  ...content,
});

/** A message that is shown before it is sent. */
export const previewRequest = Type.Object({
  type: Type.Literal('message'),
  text: Type.String({ minLength: 1, description: 'At most 16 KB of UTF-8.' }),
  custom_id: Type.Optional(customId),
  visibility: Type.Optional(Type.Literal('all')),
  properties: Type.Optional(properties),
  postback: Type.Optional(postback),
});

export type EventRequest = Static<typeof eventRequest>;
export type InitialEventRequest = Static<typeof initialEventRequest>;

/** An event as it is shown. Customers get no `visibility`: they are shown nothing but events for all. */
export const event = Type.Object({
  id: Type.String(),
  custom_id: Type.Optional(Type.String()),
  created_at: timestamp,
  type: Type.Enum([...sendableEventTypes, 'system']),
  author_id: Type.Optional(Type.String()),
  visibility: Type.Optional(Type.Enum(['all', 'agents'])),
  ...content,
  name: Type.Optional(Type.String()),
  thumbnail_url: Type.Optional(Type.String()),
  thumbnail2x_url: Type.Optional(Type.String()),
  content_type: Type.Optional(Type.String()),
  size: Type.Optional(Type.Number()),
  width: Type.Optional(Type.Number()),
  height: Type.Optional(Type.Number()),
  source: Type.Optional(Type.String()),
  subtype: Type.Optional(Type.String()),
  version: Type.Optional(Type.Number()),
  details: Type.Optional(Type.String()),
  properties: Type.Optional(properties),
  deleted: Type.Optional(Type.Boolean()),
});

export type WireEvent = Static<typeof event>;
