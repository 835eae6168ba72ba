import { deleteEvent } from './delete_event.ts';
import { markEventsAsSeen } from './mark_events_as_seen.ts';
import { sendSneakPeek } from './send_sneak_peek.ts';

/** Of the Customer Chat API, what is said beside the events of a chat. */
export const customerWordMethods = [markEventsAsSeen, deleteEvent, sendSneakPeek] as const;
