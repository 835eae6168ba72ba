import Type from 'typebox';
import { chatId } from '../../wire/chat.ts';
import { agentMethod } from '../registry/method.ts';
import { anyAgentActor } from './actor.ts';

export const listAgentsForTransfer = agentMethod({
  name: 'list_agents_for_transfer',
  summary: 'List the agents to whom a chat can be handed over, who has least to do first.',
  description:
    'Those of the chat’s groups who are not offline and do not have it already, whether they accept chats or ' +
    'not. No scope is needed; you must see the chat.',
  scopes: [],
  input: Type.Object({ chat_id: chatId }),
  output: Type.Array(
    Type.Object({
      agent_id: Type.String(),
      total_active_chats: Type.Integer({ description: 'Open chats with customers.' }),
    }),
  ),
  errors: ['not_found', 'missing_access'],
  example: { chat_id: 'PJ0MRSHTDG' },
  source: 'messaging/agent-chat-api#list-agents-for-transfer',
  async handler(context) {
    const agents = await context.services.chats.routing.agentsForTransfer(
      anyAgentActor(context),
      context.input.chat_id,
    );
    return agents.map(({ agentId, chats }) => ({ agent_id: agentId, total_active_chats: chats }));
  },
});
