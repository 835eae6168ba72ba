import type { Micros } from '../../kernel/clock.ts';
import type { ClientSwitches, ClientType, Profile } from '../../oauth/client_profile.ts';
import type { ScopeId } from '../../wire/scope_catalogue.ts';
import type { GroupPriority } from '../chats/people.ts';
import type { WorkScheduler } from '../chats/routing/working_hours.ts';

export const products = ['livechat', 'helpdesk', 'text'] as const;
export type Product = (typeof products)[number];

export interface App {
  key: number;
  id: string;
  licenseId: number;
  name: string;
  product: Product;
  shortDescription: string;
  visibility: 'private' | 'public';
  /** Grows with each change; an editor says which one it saw, so that no change is lost silently. */
  version: number;
  createdBy: string | null;
  createdAt: Micros;
  updatedAt: Micros;
}

export interface RequestedScope {
  scope: ScopeId;
  /** Without it the app does not work; an optional one is dropped when a person's role does not allow it. */
  required: boolean;
}

/** The Authorization building block: what makes an app an OAuth client. */
export interface Client {
  clientId: string;
  appId: string;
  licenseId: number;
  type: ClientType;
  profile: Profile;
  redirectUris: string[];
  /** Where a browser may go after signing out (OpenID Connect RP-Initiated Logout 1.0 §3.1). */
  postLogoutRedirectUris: string[];
  scopes: RequestedScope[];
  switches: ClientSwitches;
  createdAt: Micros;
}

export interface ClientSecret {
  key: number;
  clientId: string;
  secretHash: Uint8Array;
  hint: string;
  createdAt: Micros;
  lastUsedAt: Micros | null;
  /** An IP address, and the name that the caller gave itself: a hint of who still uses it. */
  lastUsedFrom: string | null;
  lastUsedBy: string | null;
  retiredAt: Micros | null;
}

/** An agent without a person. */
export interface Bot {
  key: number;
  /** 32 hex digits: its name on the chat APIs. */
  id: string;
  licenseId: number;
  name: string;
  avatarUrl: string | null;
  jobTitle: string | null;
  /** A word of its maker's choice, such as `chatbot`. */
  type: string;
  /** The client that it belongs to: `my` in scopes such as `agents-bot--my:rw`. */
  ownerClientId: string;
  /** Does its client act as this bot, by the `client_credentials` grant? At most one bot of a client. */
  isIdentity: boolean;
  /** The template whose installation made it, which has the same id. */
  templateId: string | null;
  /** Made by somebody with a personal access token: `my` for everybody who calls with one. */
  byPersonalToken: boolean;
  groupIds: number[];
  /** By group; a group that is not named has the default one. */
  priorities: Readonly<Record<number, GroupPriority>>;
  defaultPriority: GroupPriority;
  /** Null: it works whenever its routing status says so. */
  workScheduler: WorkScheduler | null;
  /** What `issue_bot_token` asks for; an identity needs none. */
  secret: BotSecret | null;
  createdBy: string | null;
  createdAt: Micros;
  updatedAt: Micros;
  lastUsedAt: Micros | null;
  removedAt: Micros | null;
}

export interface BotSecret {
  /** Tokens that were got by it carry it, and die with it. */
  key: number;
  hash: Uint8Array;
}

/** What a bot is made by in each organization that installs the app. */
export interface BotTemplate {
  key: number;
  /** Of its bots, too. */
  id: string;
  /** The organization of the app. */
  licenseId: number;
  ownerClientId: string;
  name: string;
  avatarUrl: string | null;
  jobTitle: string | null;
  defaultPriority: GroupPriority;
  /** Null: as everybody's. */
  chatLimit: number | null;
  /** Of the secret that its bots begin with. */
  secretHash: Uint8Array;
  createdBy: string | null;
  createdAt: Micros;
  updatedAt: Micros;
}

export interface Installation {
  appId: string;
  licenseId: number;
  installedBy: string;
  installedAt: Micros;
}

export interface AppIcon {
  mediaType: string;
  bytes: Uint8Array;
  /** Of the bytes: names the picture in its address, so that browsers may keep it for ever. */
  digest: string;
}

/** An app with its block, secrets and installation in its own organization. */
export interface AppDetails {
  app: App;
  client: Client | undefined;
  secrets: ClientSecret[];
  installation: Installation | undefined;
  iconDigest: string | undefined;
  registration: SelfRegistered | undefined;
}

/** Of an app that registered itself. Unverified: nobody of the organization has vouched for it. */
export interface SelfRegistered {
  verified: boolean;
}

/** What the authorization server must know of a client, all at once. */
export interface ClientOfApp {
  client: Client;
  app: App;
  organization: { id: string; licenseId: number; name: string; forceStrict: boolean };
  iconDigest: string | undefined;
  registration: SelfRegistered | undefined;
}
