import Type from 'typebox';
import { tagInThread } from '../../wire/thread.ts';
import { agentMethod } from '../registry/method.ts';
import { agentActor, writeScopes } from './actor.ts';

export const tagThread = agentMethod({
  name: 'tag_thread',
  summary: 'Put a tag on a thread.',
  description:
    'The thread may be open or closed. A tag that it already has changes nothing; a thread has 50 tags at most. ' +
    'Upper and lower case differ. As long as your organization has created no tags, every word is one; from then on, ' +
    'its tags of the groups of the thread, and those of group 0.',
  scopes: writeScopes,
  input: Type.Object(tagInThread),
  output: Type.Object({}),
  errors: ['not_found', 'missing_access', 'limit_reached'],
  example: { chat_id: 'PJ0MRSHTDG', thread_id: 'K600PKZON8', tag: 'support' },
  source: 'messaging/agent-chat-api#tag-thread',
  async handler(context) {
    await context.services.chats.tagThread(agentActor(context), context.input);
    return {};
  },
});
