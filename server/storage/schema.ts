import type { AccountTables } from './tables/accounts.ts';
import type { AppTables } from './tables/apps.ts';
import type { AutoAccessTables } from './tables/auto_access.ts';
import type { BotTables } from './tables/bots.ts';
import type { ChatTables } from './tables/chats.ts';
import type { CustomerIdentityTables } from './tables/customer_identities.ts';
import type { FactorTables } from './tables/factors.ts';
import type { FileTables } from './tables/files.ts';
import type { GrantTables } from './tables/grants.ts';
import type { IdentityTables } from './tables/identity.ts';
import type { InsightTables } from './tables/insight.ts';
import type { LicenseTables } from './tables/license.ts';
import type { OpenidTables } from './tables/openid.ts';
import type { PeopleTables } from './tables/people.ts';
import type { PropertyTables } from './tables/properties.ts';
import type { RegistrationTables } from './tables/registration.ts';
import type { RoutingTables } from './tables/routing.ts';
import type { SignInTables } from './tables/sign_in_rules.ts';
import type { StandardTables } from './tables/standard.ts';
import type { TeamTables } from './tables/team.ts';
import type { VisitorTables } from './tables/visitors.ts';
import type { WebhookTables } from './tables/webhooks.ts';

interface MigrationTable {
  migrations: { name: string; applied_at: number };
}

/** All tables. Truth is 0 or 1, times are microseconds, lists and objects are JSON text: alike on both engines. */
export type Schema = MigrationTable &
  IdentityTables &
  AccountTables &
  FactorTables &
  SignInTables &
  PeopleTables &
  TeamTables &
  AppTables &
  AutoAccessTables &
  BotTables &
  RegistrationTables &
  GrantTables &
  CustomerIdentityTables &
  StandardTables &
  InsightTables &
  OpenidTables &
  PropertyTables &
  LicenseTables &
  ChatTables &
  VisitorTables &
  RoutingTables &
  FileTables &
  WebhookTables;
