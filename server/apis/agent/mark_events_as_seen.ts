import Type from 'typebox';
import { chatId } from '../../wire/chat.ts';
import { seenUpTo } from '../../wire/event.ts';
import { agentMethod } from '../registry/method.ts';
import { agentActor, readScopes } from './actor.ts';

export const markEventsAsSeen = agentMethod({
  name: 'mark_events_as_seen',
  summary: 'Say up to when you have read a chat.',
  description:
    'The marker is shown as `events_seen_up_to` among the users of the chat. It only goes forward: an earlier time ' +
    'than it has changes nothing, and a time to come counts as now.' +
    ' You must be among the users of the chat.',
  scopes: readScopes,
  input: Type.Object({ chat_id: chatId, seen_up_to: seenUpTo }),
  output: Type.Object({}),
  errors: ['not_found', 'missing_access'],
  example: { chat_id: 'PJ0MRSHTDG', seen_up_to: '2026-01-31T07:11:28.288340Z' },
  source: 'messaging/agent-chat-api#mark-events-as-seen',
  async handler(context) {
    await context.services.chats.markEventsAsSeen(agentActor(context), context.input);
    return {};
  },
});
