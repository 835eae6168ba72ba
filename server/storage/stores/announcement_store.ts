import type { AnnouncementStore } from '../../domain/announcements.ts';
import { announcing, CHANNEL } from '../engine/channel.ts';
import type { Session } from '../engine/database.ts';

export function createAnnouncementStore(session: Session): AnnouncementStore {
  return {
    async announce(words) {
      // SQLite has one server, which knows by itself.
      if (session.dialect.name !== 'postgres') return;
      for (const payload of payloadsOf(words)) await session.query(announcing(CHANNEL, payload));
    },
  };
}

/** PostgreSQL takes less than 8 000 bytes at once; the words are ASCII. */
const LONGEST = 7_500;

/** Words joined by spaces, in as few pieces as may be. */
export function payloadsOf(words: readonly string[]): string[] {
  const payloads: string[] = [];
  for (const word of words) {
    const last = payloads.at(-1);
    if (last === undefined || last.length + word.length >= LONGEST) payloads.push(word);
    else payloads[payloads.length - 1] = `${last} ${word}`;
  }
  return payloads;
}
