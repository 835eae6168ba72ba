import type { Micros } from '../../kernel/clock.ts';
import type { Bot, BotSecret, BotTemplate } from './records.ts';

/** Storage port of bots: agents without a person. */
export interface BotStore extends BotTemplateVerbs {
  /** @returns false when its app has a bot identity already, or the organization a bot with this id */
  addBot(bot: Bot): Promise<boolean>;
  /** Adds the bot of a template, or brings back the one that was removed; what it wrote is its again. Same answer. */
  installBot(bot: Bot): Promise<boolean>;
  /** Of an organization, the removed ones included: old chats still name them. */
  bots(licenseId: number): Promise<Bot[]>;
  /** A removed one is none. */
  bot(licenseId: number, id: string): Promise<Bot | undefined>;
  /** The one as which a client acts by itself. */
  botIdentity(clientId: string): Promise<Bot | undefined>;
  /** All that belong to a client, in every organization, without removed ones. */
  botsOf(clientId: string): Promise<Bot[]>;
  renameBot(licenseId: number, id: string, name: string, now: Micros): Promise<boolean>;
  /** Writes what is set of a bot: not whose it is, and not its secret. @returns false for a removed one */
  saveBot(bot: Bot): Promise<boolean>;
  /** Puts a secret in the place of its earlier one. Same answer. */
  setBotSecret(licenseId: number, id: string, secret: BotSecret, now: Micros): Promise<boolean>;
  /**
   * Notes that the bot gets a token, and holds its row until the unit of work ends.
   * @param secretKey where it was asked for by the bot's own secret
   * @returns false when the bot was removed, or has another secret by now
   */
  useBot(licenseId: number, id: string, now: Micros, secretKey?: number): Promise<boolean>;
  /** The group is no more. */
  takeBotsOutOf(licenseId: number, groupId: number): Promise<void>;
  /** @returns true for exactly one caller */
  removeBot(licenseId: number, id: string, now: Micros): Promise<boolean>;
}

/** What bots are made by. Who writes holds the client, so that they are counted right. */
export interface BotTemplateVerbs {
  addBotTemplate(template: BotTemplate): Promise<void>;
  /** The oldest first. */
  botTemplates(clientId: string): Promise<BotTemplate[]>;
  saveBotTemplate(template: BotTemplate): Promise<void>;
  removeBotTemplate(licenseId: number, id: string): Promise<void>;
  removeBotTemplatesOf(clientId: string): Promise<void>;
  /** Bots that a template made, in every organization, without removed ones. */
  botsOfTemplate(id: string): Promise<Bot[]>;
}
