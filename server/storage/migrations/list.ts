import { ground } from './0001_ground.ts';
import { chats } from './0002_chats.ts';
import type { Migration } from './migration.ts';

/** In the order in which they run. Append only. */
export const migrations: readonly Migration[] = [ground, chats];
