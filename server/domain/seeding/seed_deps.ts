import type { Clock } from '../../kernel/clock.ts';
import type { Identifiers } from '../../kernel/identifiers.ts';
import type { Random } from '../../kernel/random.ts';
import type { OpaqueTokens } from '../../oauth/opaque_token.ts';
import type { ChatService } from '../chats/chat_service.ts';
import type { PasswordHasher } from '../identity/password_hasher.ts';
import type { Storage, Stores } from '../storage.ts';

/** What seeding works with. */
export interface SeedDeps {
  storage: Storage;
  clock: Clock;
  identifiers: Identifiers;
  random: Random;
  tokens: OpaqueTokens;
  hasher: PasswordHasher;
  services: { chats: Pick<ChatService, 'importChat'> };
}

/** How much a load added; all 0 when everything was there. */
export interface SeedReport {
  organizations: number;
  accounts: number;
  memberships: number;
  groups: number;
  apps: number;
  clients: number;
  personalAccessTokens: number;
  customers: number;
  chats: number;
}

export function emptyReport(): SeedReport {
  return {
    organizations: 0,
    accounts: 0,
    memberships: 0,
    groups: 0,
    apps: 0,
    clients: 0,
    personalAccessTokens: 0,
    customers: 0,
    chats: 0,
  };
}

/** One unit of work of the loader. */
export interface SeedContext {
  stores: Stores;
  deps: SeedDeps;
  licenseId: number;
  report: SeedReport;
}
