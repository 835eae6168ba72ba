import Type from 'typebox';
import { chatId } from '../../wire/chat.ts';
import { eventRequest } from '../../wire/event.ts';
import { customerMethod } from '../registry/method.ts';
import { customerActor, organizationId } from './actor.ts';

export const sendEvent = customerMethod({
  name: 'send_event',
  summary: 'Send a message or another event to your chat.',
  description:
    'The chat must have an open thread, unless `attach_to_last_thread` is `true`. An event with a `custom_id` that ' +
    'you sent to this thread before, with the same content, is not stored again: the answer is the id it has.',
  input: Type.Object({
    organization_id: organizationId,
    chat_id: chatId,
    event: eventRequest,
    attach_to_last_thread: Type.Optional(
      Type.Boolean({
        description: '`true`: write into the closed last thread of an inactive chat. Default: `false`.',
      }),
    ),
  }),
  output: Type.Object({ event_id: Type.String() }),
  errors: ['not_found', 'chat_inactive', 'license_not_found'],
  source: 'messaging/customer-chat-api#send-event',
  async handler(context) {
    const sent = await context.services.chats.sendEvent(customerActor(context), context.input);
    return { event_id: sent.eventId };
  },
});
