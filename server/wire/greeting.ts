import Type from 'typebox';
import { timestamp } from './page.ts';
import { predictedAgent } from './predicted_agent.ts';

const text = Type.String({ maxLength: 16_384 });

const image = Type.Object({
  url: Type.String({ minLength: 1, maxLength: 2048 }),
  name: Type.Optional(Type.String({ maxLength: 255 })),
  content_type: Type.Optional(Type.String({ maxLength: 255 })),
  size: Type.Optional(Type.Integer({ minimum: 0 })),
  width: Type.Optional(Type.Integer({ minimum: 0 })),
  height: Type.Optional(Type.Integer({ minimum: 0 })),
  alternative_text: Type.Optional(text),
});

const button = Type.Object({
  text: Type.String({ minLength: 1, maxLength: 1024 }),
  type: Type.Enum(['webview', 'message', 'url', 'phone']),
  value: Type.String({ maxLength: 2048 }),
  postback_id: Type.String({ maxLength: 1024 }),
  button_id: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 255,
      description:
        'By which a click is told. Made for you where it is left out; send the one that is there to keep it.',
    }),
  ),
  role: Type.Optional(Type.Enum(['default', 'primary', 'danger'])),
});

/** Docs: configuration-api#create-greeting, note 4. The sample's template `text` is taken, too. */
export const greetingRichMessage = Type.Object({
  template_id: Type.Enum(['cards', 'sticker', 'quick_replies', 'text']),
  elements: Type.Optional(
    Type.Array(
      Type.Object({
        title: Type.Optional(text),
        subtitle: Type.Optional(text),
        image: Type.Optional(image),
        buttons: Type.Optional(Type.Array(button, { maxItems: 13 })),
      }),
      { maxItems: 10 },
    ),
  ),
});

/** A greeting on its way to a customer. */
export const incomingGreeting = Type.Object({
  id: Type.Integer({
    description: 'Of the greeting as it was made: the `greeting_id` of `accept_greeting`.',
  }),
  unique_id: Type.String({ description: 'Of this showing, by which you say what became of it.' }),
  displayed_first_time: Type.Boolean(),
  addon: Type.Optional(Type.String()),
  subtype: Type.Optional(Type.Literal('announcement')),
  is_exit_intent: Type.Optional(
    Type.Boolean({ description: '`true`: show it to somebody who is about to leave.' }),
  ),
  event: Type.Object({
    id: Type.String(),
    created_at: timestamp,
    type: Type.Enum(['message', 'rich_message']),
    author_id: Type.Optional(Type.String()),
    text: Type.Optional(Type.String()),
    template_id: Type.Optional(Type.String()),
    elements: Type.Optional(greetingRichMessage.properties.elements),
  }),
  agent: Type.Optional(predictedAgent),
});
