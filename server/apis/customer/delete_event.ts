import Type from 'typebox';
import { chatId, threadId } from '../../wire/chat.ts';
import { eventIdInput } from '../../wire/event.ts';
import { customerMethod } from '../registry/method.ts';
import { customerActor, organizationId } from './actor.ts';

export const deleteEvent = customerMethod({
  name: 'delete_event',
  summary: 'Take back something you wrote.',
  description:
    'The event is gone from everything that the Customer Chat API answers. Agents still see that there was one; ' +
    'its content only chat administrators do. You can delete your own events, in open and closed threads.',
  input: Type.Object({
    organization_id: organizationId,
    chat_id: chatId,
    thread_id: threadId,
    event_id: eventIdInput,
  }),
  output: Type.Object({}),
  errors: ['not_found', 'license_not_found'],
  source: 'messaging/customer-chat-api#delete-event',
  async handler(context) {
    await context.services.chats.deleteEvent(customerActor(context), context.input);
    return {};
  },
});
