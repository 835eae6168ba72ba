import type { Micros } from '../../kernel/clock.ts';
import type { Bot } from './records.ts';

/** Storage port of bots: agents without a person. */
export interface BotStore {
  /** @returns false when its app has a bot identity already */
  addBot(bot: Bot): Promise<boolean>;
  /** Of an organization, the removed ones included: old chats still name them. */
  bots(licenseId: number): Promise<Bot[]>;
  /** A removed one is none. */
  bot(licenseId: number, id: string): Promise<Bot | undefined>;
  /** The one as which a client acts by itself. */
  botIdentity(clientId: string): Promise<Bot | undefined>;
  renameBot(licenseId: number, id: string, name: string, now: Micros): Promise<boolean>;
  /**
   * Notes that the identity gets a token, and holds its row until the unit of work ends.
   * @returns false when it was removed meanwhile
   */
  useBot(licenseId: number, id: string, now: Micros): Promise<boolean>;
  /** @returns true for exactly one caller */
  removeBot(licenseId: number, id: string, now: Micros): Promise<boolean>;
  /** Removes all that belong to a client. */
  removeBotsOf(clientId: string, now: Micros): Promise<void>;
}
