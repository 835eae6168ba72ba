import type { Storage, Stores } from '../domain/storage.ts';
import { changedArchives, createArchiveIndex, createArchiveStore } from './archives/archive_store.ts';
import type { Database, Session } from './engine/database.ts';
import { createAccountStore } from './stores/account_store.ts';
import { createAnnouncementStore } from './stores/announcement_store.ts';
import { createAppStore } from './stores/app_store.ts';
import { createAutoAccessStore } from './stores/auto_access_store.ts';
import { createBotStore } from './stores/bot_store.ts';
import { createChatTimerStore } from './stores/chat_routing.ts';
import { createChatStore } from './stores/chat_store.ts';
import { createFactorStore } from './stores/factor_store.ts';
import { createFileStore } from './stores/file_store.ts';
import { createGrantStore } from './stores/grant_store.ts';
import { createIdentityStore } from './stores/identity_store.ts';
import { createInsightStore } from './stores/insight_store.ts';
import { createLicenseStore } from './stores/license_store.ts';
import { createOpenidStore } from './stores/openid_store.ts';
import { createPeopleStore } from './stores/people_store.ts';
import { createPropertyStore } from './stores/property_store.ts';
import { createPublishingStore } from './stores/publishing_store.ts';
import { createRegistrationStore } from './stores/registration_store.ts';
import { createSignInStore } from './stores/sign_in_store.ts';
import { createTagStore } from './stores/tag_store.ts';
import { createTeamStore } from './stores/team_store.ts';
import { createVisitorStore } from './stores/visitor_store.ts';
import { createWebhookStore } from './stores/webhook_store.ts';

/** Puts the stores on a database. */
export function createStorage(database: Database): Storage {
  return {
    read: storesOn(database.read),
    write: (unit) => database.write((session) => unit(storesOn(session))),
  };
}

const remembered = new WeakMap<Session, Stores>();

/** A session's stores are made once: SQLite has one session for all units of work. */
function storesOn(session: Session): Stores {
  let stores = remembered.get(session);
  if (!stores) {
    stores = {
      announcements: createAnnouncementStore(session),
      identity: createIdentityStore(session),
      accounts: createAccountStore(session),
      factors: createFactorStore(session),
      signIn: createSignInStore(session),
      people: createPeopleStore(session),
      team: createTeamStore(session),
      apps: createAppStore(session),
      publishing: createPublishingStore(session),
      bots: createBotStore(session),
      registrations: createRegistrationStore(session),
      grants: createGrantStore(session),
      insight: createInsightStore(session),
      openid: createOpenidStore(session),
      files: createFileStore(session),
      properties: createPropertyStore(session),
      tags: createTagStore(session),
      license: createLicenseStore(session),
      chats: (licenseId) => createChatStore(session, licenseId),
      archives: (licenseId) => createArchiveStore(session, licenseId),
      archiveIndex: (licenseId) => createArchiveIndex(session, licenseId),
      changedArchives: (limit) => changedArchives(session, limit),
      autoAccess: (licenseId) => createAutoAccessStore(session, licenseId),
      visitors: (licenseId) => createVisitorStore(session, licenseId),
      chatTimers: createChatTimerStore(session),
      webhooks: createWebhookStore(session),
    };
    remembered.set(session, stores);
  }
  return stores;
}
