import type { Clock, Micros } from './clock.ts';
import type { Random } from './random.ts';

/**
 * Row keys that grow with time, so that rows lie in the order in which they are written and read
 * (a random clustered key costs three quarters of the write rate).
 *
 * Layout: milliseconds since 2025-01-01 (41 bits, until 2094) and a 12-bit counter that starts at a random
 * place each millisecond: 53 bits, an exact JavaScript integer. Where several processes share a database, each
 * counts in a part of its own, so that two cannot meet. One that has no part yet may meet another by chance: the
 * primary key then refuses the second row, and the unit of work is tried again.
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

/** How many processes can count in parts of their own: 128 keys a millisecond each, and 32 chats. */
export const PARTS = 32;

/** @param part which part of the counters is this process's own; undefined while it has none, or is alone */
export function identifiers(
  clock: Clock,
  random: Random,
  part: () => number | undefined = () => undefined,
): Identifiers {
  const nextKey = sequence(clock, random, KEY_COUNTER_SIZE, part);
  // 36^10 has room for 51 bits above the base: milliseconds since the epoch, and ten bits of counter.
  const nextChatId = sequence(clock, random, CHAT_COUNTER_SIZE, part);
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

/** Ids of chats and threads that were given before this millisecond are smaller, the others are not. */
export function firstChatIdAt(time: Micros): string {
  const milliseconds = Math.max(
    0,
    Math.floor(time / 1000) - EPOCH_MILLISECONDS + CHAT_ID_BASE / CHAT_COUNTER_SIZE,
  );
  return Math.min(milliseconds * CHAT_COUNTER_SIZE, 36 ** 10 - 1)
    .toString(36)
    .toUpperCase()
    .padStart(10, '0');
}

/** Growing integers: the millisecond, and a counter that starts in its lower half; a full one borrows from the future. */
function sequence(
  clock: Clock,
  random: Random,
  counterSize: number,
  part: () => number | undefined,
): () => number {
  let millisecond = 0;
  let counter = counterSize;
  let end = counterSize;
  return () => {
    const now = Math.floor(clock.now() / 1000) - EPOCH_MILLISECONDS;
    if (now > millisecond || counter >= end) {
      millisecond = now > millisecond ? now : millisecond + 1;
      const own = part();
      const size = own === undefined ? counterSize : counterSize / PARTS;
      const start = (own ?? 0) * size;
      end = start + size;
      counter = start + (random.bytes(2).readUInt16BE() % (size / 2));
    }
    return millisecond * counterSize + counter++;
  };
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** True for a UUID in its canonical lower-case spelling. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}
