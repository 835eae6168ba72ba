import { deleteChatProperties } from './delete_chat_properties.ts';
import { deleteEvent } from './delete_event.ts';
import { deleteEventProperties } from './delete_event_properties.ts';
import { deleteThreadProperties } from './delete_thread_properties.ts';
import { listGroupProperties } from './list_group_properties.ts';
import { listLicenseProperties } from './list_license_properties.ts';
import { markEventsAsSeen } from './mark_events_as_seen.ts';
import { sendRichMessagePostback } from './send_rich_message_postback.ts';
import { sendSneakPeek } from './send_sneak_peek.ts';
import { updateChatProperties } from './update_chat_properties.ts';
import { updateEventProperties } from './update_event_properties.ts';
import { updateThreadProperties } from './update_thread_properties.ts';

/** Of the Customer Chat API, what is said beside the events of a chat. */
export const customerWordMethods = [
  markEventsAsSeen,
  sendSneakPeek,
  updateChatProperties,
  updateThreadProperties,
  updateEventProperties,
  deleteChatProperties,
  deleteThreadProperties,
  deleteEventProperties,
  listLicenseProperties,
  listGroupProperties,
  sendRichMessagePostback,
  // The last, where all are called one after the other: the others are called with the event it takes.
  deleteEvent,
] as const;
