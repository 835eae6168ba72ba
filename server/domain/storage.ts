import type { AutoAccessStore } from './access/auto_access_store.ts';
import type { AccountStore } from './accounts/account_store.ts';
import type { AnnouncementStore } from './announcements.ts';
import type { AppStore } from './apps/app_store.ts';
import type { BotStore } from './apps/bot_store.ts';
import type { PublishingStore } from './apps/publishing_store.ts';
import type { ArchiveIndexVerbs, ArchiveStore } from './archives/archive_store.ts';
import type { ChatStore } from './chats/chat_store.ts';
import type { ChatTimerStore } from './chats/routing/routing_store.ts';
import type { VisitorStore } from './customers/visitor_store.ts';
import type { FileStore } from './files/file_store.ts';
import type { GrantStore } from './grants/grant_store.ts';
import type { FactorStore } from './identity/factor_store.ts';
import type { IdentityStore } from './identity/identity_store.ts';
import type { InsightStore } from './insight/insight_store.ts';
import type { LicenseStore } from './license/license_store.ts';
import type { OpenidStore } from './openid/openid_store.ts';
import type { PeopleStore } from './people/people_store.ts';
import type { PropertyStore } from './properties/property_store.ts';
import type { RegistrationStore } from './registration/registration_store.ts';
import type { SignInStore } from './sign_in_rules/sign_in_store.ts';
import type { TagStore } from './tags/tag_store.ts';
import type { TeamStore } from './team/team_store.ts';
import type { Cause } from './webhooks/cause.ts';
import type { WebhookStore } from './webhooks/webhook_store.ts';

/** The storage ports, as seen by one read or one unit of work. */
export interface Stores {
  announcements: AnnouncementStore;
  identity: IdentityStore;
  accounts: AccountStore;
  factors: FactorStore;
  signIn: SignInStore;
  people: PeopleStore;
  team: TeamStore;
  apps: AppStore;
  publishing: PublishingStore;
  bots: BotStore;
  registrations: RegistrationStore;
  grants: GrantStore;
  insight: InsightStore;
  openid: OpenidStore;
  files: FileStore;
  properties: PropertyStore;
  tags: TagStore;
  license: LicenseStore;
  /** Chats, customers and groups of one organization: no query can leave it. */
  chats(licenseId: number): ChatStore;
  archives(licenseId: number): ArchiveStore;
  archiveIndex(licenseId: number): ArchiveIndexVerbs;
  /** Organizations with threads that changed since they were indexed. */
  changedArchives(limit: number): Promise<number[]>;
  autoAccess(licenseId: number): AutoAccessStore;
  /** Bans and the chat widget of one organization, with the same bound. */
  visitors(licenseId: number): VisitorStore;
  chatTimers: ChatTimerStore;
  webhooks: WebhookStore;
}

export interface Storage {
  /** Each query sees what is committed. Not for a decision that a write depends on. */
  read: Stores;
  /**
   * Runs a unit of work: all of it or nothing, durable when the promise resolves. The unit waits for nothing
   * but its stores, since others share its commit; it may run more than once.
   * @param cause of a unit that changes chats: what webhooks are told of is queued with it
   */
  write<T>(unit: (stores: Stores) => Promise<T>, cause?: Cause): Promise<T>;
}
