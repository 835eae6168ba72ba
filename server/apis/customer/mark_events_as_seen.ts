import Type from 'typebox';
import { chatId } from '../../wire/chat.ts';
import { seenUpTo } from '../../wire/event.ts';
import { customerMethod } from '../registry/method.ts';
import { customerActor, organizationId } from './actor.ts';

export const markEventsAsSeen = customerMethod({
  name: 'mark_events_as_seen',
  summary: 'Say up to when you have read your chat.',
  description:
    'The marker is shown as `events_seen_up_to` among the users of the chat. It only goes forward: an earlier time ' +
    'than it has changes nothing, and a time to come counts as now.',
  input: Type.Object({ organization_id: organizationId, chat_id: chatId, seen_up_to: seenUpTo }),
  output: Type.Object({}),
  errors: ['not_found', 'license_not_found'],
  source: 'messaging/customer-chat-api#mark-events-as-seen',
  async handler(context) {
    await context.services.chats.markEventsAsSeen(customerActor(context), context.input);
    return {};
  },
});
