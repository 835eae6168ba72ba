import type { ChatEvent } from './chat.ts';

/** Storage port: single events, and what may change of one after it was sent. */
export interface EventStore {
  event(threadId: string, number: number): Promise<ChatEvent | undefined>;
  /** Writes content, properties and deletion; the rest of an event never changes. */
  saveEvent(event: ChatEvent): Promise<void>;
}
