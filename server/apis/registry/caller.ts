import type { ScopeSet } from '../../oauth/scopes.ts';
import type { AccountRole, ChatRole } from '../../wire/scope_catalogue.ts';

/** The tenant a call works in. `licenseId` is the storage key, `id` the name on the wire. */
export interface OrganizationRef {
  id: string;
  licenseId: number;
}

/** Somebody who calls with an agent's access token or a personal access token. */
export interface AgentCaller {
  kind: 'agent';
  organization: OrganizationRef;
  accountId: string;
  /** The agent's e-mail, or the id of a bot: the id of agents on the chat APIs. */
  agentId: string;
  accountRole: AccountRole;
  chatRole: ChatRole;
  /** Groups the agent belongs to. */
  groupIds: readonly number[];
  /** Token scopes, cut down to what the account's roles allow at this moment. */
  scopes: ScopeSet;
  /** `session`: a person in the Console, who may do what their roles allow. */
  credential: 'access_token' | 'personal_access_token' | 'bot_token' | 'session';
  /** The app the token belongs to; null for a personal access token and for a session. */
  clientId: string | null;
  /** Of an access token: what it descends from. */
  familyKey?: number;
}

/** Somebody who calls with a customer's access token. */
export interface CustomerCaller {
  kind: 'customer';
  organization: OrganizationRef;
  customerId: string;
  clientId: string;
}

/** Whoever comes to an organization's pages: what is told to everybody needs no token. */
export interface VisitorCaller {
  organization: OrganizationRef;
}

/** A person in the Developer Console, by the accounts session or, from the command line, by a personal access token. */
export interface ConsoleCaller {
  kind: 'console';
  organization: OrganizationRef;
  accountId: string;
  accountRole: AccountRole;
  chatRole: ChatRole;
  /** Null for a personal access token. */
  sessionKey: number | null;
  /** What the header `x-csrf-token` of the session's next calls must carry; empty where none is asked for. */
  csrfToken: string;
}

export type Caller = AgentCaller | CustomerCaller | ConsoleCaller;

/** How far a scope reaches: every chat, those of the caller's groups, or those the caller is in. */
export type Reach = 'all' | 'access' | 'my';
