import Type from 'typebox';
import { agentMethod } from '../registry/method.ts';
import { agentActor } from './actor.ts';

const recipients = Type.Object({
  agents: Type.Optional(
    Type.Object({
      all: Type.Optional(Type.Boolean({ description: '`true`: every agent.' })),
      ids: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 255 }), { maxItems: 1000 })),
      groups: Type.Optional(
        Type.Array(Type.Union([Type.Integer({ minimum: 0 }), Type.String({ minLength: 1, maxLength: 16 })]), {
          maxItems: 200,
          description: 'Ids of groups, as numbers or as text. 0 is every agent.',
        }),
      ),
    }),
  ),
});

export const multicast = agentMethod({
  name: 'multicast',
  summary: 'Tell agents something that belongs to no chat.',
  description:
    'Goes to the agents who are listening at this moment and is stored nowhere. At least one of `agents.all`, ' +
    '`agents.ids` and `agents.groups` has to name somebody; suspended agents are left out.',
  scopes: ['multicast:rw'],
  input: Type.Object({
    recipients,
    content: Type.Unknown({ description: 'Any JSON, at most 16 KB.' }),
    type: Type.Optional(
      Type.String({ minLength: 1, maxLength: 255, description: 'Your own word for what it is.' }),
    ),
  }),
  output: Type.Object({}),
  example: { recipients: { agents: { all: true } }, content: { note: 'A gold customer is waiting.' } },
  source: 'messaging/agent-chat-api#multicast',
  async handler(context) {
    await context.services.chats.multicast(agentActor(context), context.input);
    return {};
  },
});
