import Type from 'typebox';
import { chatId } from '../../wire/chat.ts';
import { ignoreRequesterPresence } from '../../wire/user.ts';
import { agentMethod } from '../registry/method.ts';
import { agentActor } from './actor.ts';

export const transferChat = agentMethod({
  name: 'transfer_chat',
  summary: 'Hand a chat with an open thread over to agents or groups.',
  description:
    'To **agents**: to the one of them whose turn it is. They must see the chat, not be offline, and have fewer ' +
    'chats than they may. To **groups**: their agents see the chat from then on, instead of those who saw it, ' +
    'and one who accepts chats gets it. Without `target`: to somebody else of the groups it is in. Who had the ' +
    'chat leaves it; who only looks on stays.\n\nWhere nobody has time the call fails with `agent_offline` or ' +
    '`limit_reached` and changes nothing; with `ignore_agents_availability` the chat waits in the queue.',
  scopes: ['chats--all:rw', 'chats--access:rw'],
  input: Type.Object({
    id: chatId,
    target: Type.Optional(
      Type.Object({
        type: Type.Enum(['group', 'agent']),
        ids: Type.Array(
          Type.Union([Type.Integer({ minimum: 0 }), Type.String({ minLength: 1, maxLength: 255 })]),
          {
            minItems: 1,
            maxItems: 200,
            description: 'Numbers of groups, or e-mails of agents and ids of bots.',
          },
        ),
      }),
    ),
    ignore_agents_availability: Type.Optional(
      Type.Boolean({ description: '`true`: the chat waits where nobody has time. Default: `false`.' }),
    ),
    ignore_requester_presence: ignoreRequesterPresence,
  }),
  output: Type.Object({}),
  errors: ['not_found', 'missing_access', 'chat_inactive', 'agent_offline', 'limit_reached'],
  example: {
    id: 'PJ0MRSHTDG',
    target: { type: 'group', ids: [0] },
    ignore_agents_availability: true,
    ignore_requester_presence: true,
  },
  source: 'messaging/agent-chat-api#transfer-chat',
  async handler(context) {
    await context.services.chats.routing.transfer(agentActor(context), context.input);
    return {};
  },
});
