import Type from 'typebox';
import { chatId, threadId } from '../../wire/chat.ts';
import { agentMethod } from '../registry/method.ts';
import { agentActor, writeScopes } from './actor.ts';

export const requestThreadSummary = agentMethod({
  name: 'request_thread_summary',
  summary: 'Have a thread summed up.',
  description:
    'The summary of an open thread comes as an event of the type `system` in it, as often as you ask, for agents alone. ' +
    'A closed thread is summed up once; the summary stands in its `summary`. It is made of sentences that were said to ' +
    'everybody, on this server and without a language model.',
  scopes: writeScopes,
  input: Type.Object({ chat_id: chatId, thread_id: threadId }),
  output: Type.Object({}),
  errors: ['not_found', 'missing_access', 'limit_reached'],
  example: { chat_id: 'PJ0MRSHTDG', thread_id: 'K600PKZON8' },
  source: 'messaging/agent-chat-api#request-thread-summary',
  async handler(context) {
    await context.services.chats.requestThreadSummary(agentActor(context), context.input);
    return {};
  },
});
