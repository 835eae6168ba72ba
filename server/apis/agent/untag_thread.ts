import Type from 'typebox';
import { tagInThread } from '../../wire/thread.ts';
import { agentMethod } from '../registry/method.ts';
import { agentActor, writeScopes } from './actor.ts';

export const untagThread = agentMethod({
  name: 'untag_thread',
  summary: 'Take a tag off a thread.',
  description: 'A tag that the thread does not have is `not_found`. Upper and lower case differ.',
  scopes: writeScopes,
  input: Type.Object(tagInThread),
  output: Type.Object({}),
  errors: ['not_found', 'missing_access'],
  example: { chat_id: 'PJ0MRSHTDG', thread_id: 'K600PKZON8', tag: 'support' },
  source: 'messaging/agent-chat-api#untag-thread',
  async handler(context) {
    await context.services.chats.untagThread(agentActor(context), context.input);
    return {};
  },
});
