import type { Clock, Micros } from './clock.ts';
import type { Random } from './random.ts';

/**
 * Row keys that grow with time, so that rows lie in the order in which they are written and read
 * (a random clustered key costs three quarters of the write rate).
 *
 * Layout: milliseconds since 2025-01-01 (41 bits, until 2094) and a 12-bit counter that starts at a random
 * place each millisecond: 53 bits, an exact JavaScript integer. Two processes may meet by chance in one
 * millisecond; the primary key then refuses the second row and the unit of work is tried again.
 */
export interface Identifiers {
  /** A time-ordered positive integer below 2^53. */
  key(): number;
  /** Ten characters A-Z0-9, time-ordered: LiveChat's shape of chat and thread ids. */
  chatId(): string;
  uuid(): string;
}

const EPOCH_MILLISECONDS = Date.UTC(2025, 0, 1);
const KEY_COUNTER_SIZE = 4096;
const CHAT_COUNTER_SIZE = 1024;
/** Ids then begin at 'A…' rather than '0…', as LiveChat's do, and still fit ten base-36 digits. */
const CHAT_ID_BASE = 10 * 36 ** 9;

export function identifiers(clock: Clock, random: Random): Identifiers {
  const nextKey = sequence(clock, random, KEY_COUNTER_SIZE);
  // 36^10 has room for 51 bits above the base: milliseconds since the epoch, and ten bits of counter.
  const nextChatId = sequence(clock, random, CHAT_COUNTER_SIZE);
  return {
    key: nextKey,
    chatId: () => (CHAT_ID_BASE + nextChatId()).toString(36).toUpperCase(),
    uuid: () => random.uuid(),
  };
}

/** Row keys that were given before this moment are smaller, the others are not. For lists by time and for purging. */
export function firstKeyAt(time: Micros): number {
  return Math.max(0, Math.ceil(time / 1000) - EPOCH_MILLISECONDS) * KEY_COUNTER_SIZE;
}

/** Growing integers: the millisecond, and a counter that starts in its lower half; a full one borrows from the future. */
function sequence(clock: Clock, random: Random, counterSize: number): () => number {
  let millisecond = 0;
  let counter = counterSize;
  return () => {
    const now = Math.floor(clock.now() / 1000) - EPOCH_MILLISECONDS;
    if (now > millisecond || counter >= counterSize) {
      millisecond = now > millisecond ? now : millisecond + 1;
      counter = random.bytes(2).readUInt16BE() % (counterSize / 2);
    }
    return millisecond * counterSize + counter++;
  };
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** True for a UUID in its canonical lower-case spelling. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}
