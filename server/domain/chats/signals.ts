import type { Micros } from '../../kernel/clock.ts';
import type { Properties } from '../../wire/properties.ts';
import type { OfferedGreeting } from '../widget/greeting_offer.ts';
import type { Chat, Thread, Visibility } from './chat.ts';

/** Where something happens: what a subscriber needs to choose whom to tell. */
export interface SignalledChat {
  chatId: string;
  /** The thread that is meant; null for what concerns the whole chat. */
  threadId: string | null;
  customerId: string | null;
  access: readonly number[];
  /** Who is in the chat at this moment; `agents` among them are hidden from the customer. */
  presentUsers: readonly { id: string; visibility: Visibility }[];
  followers: readonly string[];
}

/** A draft of a message that is shown and not kept. */
export interface PreviewedEvent {
  type: 'message';
  authorId: string;
  customId: string | null;
  createdAt: Micros;
  /** Text and postback, in wire spelling. */
  content: Record<string, unknown>;
  properties: Properties;
}

/** What somebody pressed on a rich message, in wire spelling. */
export interface SentPostback {
  id: string;
  toggled: boolean;
  button_type?: string | undefined;
  button_value?: string | undefined;
  ecommerce?:
    | { product_id: string; option_id?: string | undefined; quantity?: number | undefined }
    | undefined;
}

interface InChat {
  chat: SignalledChat;
}

/** Names of properties by namespace. */
export type PropertyNames = Record<string, string[]>;

/**
 * What happened and is told to whoever listens at this moment. Some of it is kept nowhere (typing, previews,
 * multicasts), the rest tells of a change that is stored by then.
 */
export type Signal =
  | (InChat & {
      type: 'typing_indicator';
      authorId: string;
      visibility: Visibility;
      isTyping: boolean;
      at: Micros;
    })
  | (InChat & {
      type: 'thinking_indicator';
      authorId: string;
      visibility: Visibility;
      title: string | null;
      description: string | null;
      customId: string | null;
      at: Micros;
    })
  /** For agents alone. */
  | (InChat & { type: 'sneak_peek'; authorId: string; text: string; at: Micros })
  | (InChat & { type: 'event_preview'; event: PreviewedEvent })
  | (InChat & { type: 'events_marked_as_seen'; userId: string; seenUpTo: Micros })
  | (InChat & {
      type: 'rich_message_postback';
      userId: string;
      eventId: string;
      /** Who sent the rich message: the one who waits for this. */
      cardAuthorId: string | null;
      visibility: Visibility;
      postback: SentPostback;
    })
  | (InChat & { type: 'event_deleted'; eventId: string })
  | (InChat & { type: 'thread_tagged' | 'thread_untagged'; tag: string })
  | (InChat & { type: 'chat_properties_updated' | 'thread_properties_updated'; properties: Properties })
  | (InChat & { type: 'chat_properties_deleted' | 'thread_properties_deleted'; properties: PropertyNames })
  | (InChat & {
      type: 'event_properties_updated';
      eventId: string;
      visibility: Visibility;
      properties: Properties;
    })
  | (InChat & {
      type: 'event_properties_deleted';
      eventId: string;
      visibility: Visibility;
      properties: PropertyNames;
    })
  | (InChat & { type: 'thread_summary_set'; summary: { status: string; text: string; updatedAt: Micros } })
  /** For the customer alone. */
  | { type: 'incoming_greeting'; customerId: string; greeting: OfferedGreeting }
  | {
      type: 'multicast';
      authorId: string;
      /** Agents, each once. */
      recipients: readonly string[];
      content: unknown;
      /** The sender's own word for what it is. */
      label: string | null;
    };

/** The place of a signal, as the chat is now. */
export function signalled(chat: Chat, thread: Thread | undefined): SignalledChat {
  return {
    chatId: chat.id,
    threadId: thread?.id ?? null,
    customerId: chat.customerId,
    access: thread?.access ?? chat.access,
    presentUsers: chat.users.filter((user) => user.present).map(({ id, visibility }) => ({ id, visibility })),
    followers: chat.followers,
  };
}

export type SignalListener = (licenseId: number, signal: Signal) => void;

/** In-process and without memory: who does not listen at the moment never hears of it. */
export interface SignalBus {
  /** Called after the unit of work that it tells of is committed. Never throws. */
  publish(licenseId: number, signals: readonly Signal[]): void;
  /** @returns ends the subscription */
  subscribe(licenseId: number, listener: SignalListener): () => void;
  /** Signals of every organization, for what passes them on. */
  subscribeToAll(listener: SignalListener): () => void;
}

/** @param failed hears of a listener that threw; the others are told all the same */
export function signalBus(failed: (error: unknown) => void = () => {}): SignalBus {
  const everywhere = new Set<SignalListener>();
  const byLicense = new Map<number, Set<SignalListener>>();

  function tell(listener: SignalListener, licenseId: number, signal: Signal): void {
    try {
      listener(licenseId, signal);
    } catch (error) {
      failed(error);
    }
  }

  return {
    publish(licenseId, signals) {
      for (const signal of signals) {
        // Copies: a listener may end its subscription, or begin another, while it is told.
        for (const listener of [...(byLicense.get(licenseId) ?? []), ...everywhere])
          tell(listener, licenseId, signal);
      }
    },
    subscribe(licenseId, listener) {
      // Of its own, so that the same function twice is two subscriptions.
      const mine: SignalListener = (...told) => listener(...told);
      const listeners = byLicense.get(licenseId) ?? new Set();
      byLicense.set(licenseId, listeners.add(mine));
      return () => {
        listeners.delete(mine);
        if (listeners.size === 0 && byLicense.get(licenseId) === listeners) byLicense.delete(licenseId);
      };
    },
    subscribeToAll(listener) {
      const mine: SignalListener = (...told) => listener(...told);
      everywhere.add(mine);
      return () => void everywhere.delete(mine);
    },
  };
}
