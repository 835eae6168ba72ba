import type { Micros } from '../../kernel/clock.ts';
import type { Holders } from '../../oauth/consent_rehearsal.ts';
import type { CustomerGrantStore } from './customer_store.ts';
import type {
  AccessToken,
  AuthorizationCode,
  AuthorizationRequestRecord,
  Grant,
  GrantedApp,
  PersonalAccessToken,
  RefreshToken,
} from './records.ts';
import type { StandardGrantStore } from './standard_store.ts';

/** Keys of tokens that had to give way to newer ones. */
export interface Surplus {
  access: number[];
  refresh: number[];
}

/** What one authorization led to, and whose it is. */
export interface Family {
  familyKey: number;
  clientId: string;
  accountId: string | null;
}

/** Storage port of grants and tokens, in the protocol's verbs. Single use is one conditional statement each. */
export interface GrantStore extends CustomerGrantStore, StandardGrantStore {
  addAuthorizationRequest(request: AuthorizationRequestRecord): Promise<void>;
  authorizationRequest(key: number): Promise<AuthorizationRequestRecord | undefined>;
  /** @returns true for exactly one caller */
  takeAuthorizationRequest(key: number): Promise<boolean>;

  grant(licenseId: number, accountId: string, clientId: string): Promise<Grant | undefined>;
  /** Adds the grant, or sets the scopes of the one that is there. @returns the grant as it is now */
  putGrant(grant: Omit<Grant, 'lastUsedAt'>): Promise<Grant>;
  markGrantUsed(key: number, now: Micros): Promise<void>;
  /** Who gave a client access, counted by organization, scopes and roles. */
  holders(clientId: string): Promise<Holders[]>;
  grantsOf(accountId: string): Promise<GrantedApp[]>;
  /** Removes what the account allowed, and revokes every token of it. @returns false when it was not there */
  withdrawGrant(accountId: string, grantId: string, now: Micros): Promise<boolean>;

  /** Ends all that acts for an account in one organization: grants, codes, tokens, personal access tokens. */
  revokeMember(licenseId: number, accountId: string, reason: string, now: Micros): Promise<void>;

  addCode(code: AuthorizationCode): Promise<void>;
  code(familyKey: number): Promise<AuthorizationCode | undefined>;
  /** Uses the code up. @returns true for exactly one caller, and never for a dead code */
  consumeCode(familyKey: number, now: Micros): Promise<boolean>;

  /**
   * Adds an access token, a refresh token, or a pair of one account and client. The newest `cap.keep` live ones of
   * each kind stay, and older ones are revoked.
   * @param tokens.insteadOf key of the refresh token that this pair succeeds
   * @returns keys of those that had to give way
   */
  addTokens(
    tokens: { access?: AccessToken; refresh?: RefreshToken; insteadOf?: number },
    cap: { keep: number; now: Micros },
  ): Promise<Surplus>;
  accessToken(key: number): Promise<AccessToken | undefined>;

  refreshToken(key: number): Promise<RefreshToken | undefined>;
  /** Exchanges it for its successor. @returns true for exactly one caller, and never for a dead token */
  rotateRefreshToken(
    key: number,
    successor: { refreshKey: number; accessKey: number },
    now: Micros,
  ): Promise<boolean>;
  /** Moves its idle expiry. @returns false for a dead token */
  extendRefreshToken(key: number, idleExpiresAt: Micros, now: Micros): Promise<boolean>;

  /**
   * Kills the code and all that descends from it.
   * @param family.accountId null where nobody allowed anything yet, so that there are no tokens
   * @returns false when nothing of it was alive
   */
  revokeFamily(family: Family, reason: string, now: Micros): Promise<boolean>;
  /** Kills every grant, code and token of a client, in every organization. */
  revokeClient(clientId: string, reason: string, now: Micros): Promise<void>;
  /**
   * Kills the tokens of a client's bot: all, or those that one secret got.
   * @param bot.licenseId of the organization, since bots of one template have one id
   */
  revokeBotTokens(
    bot: { id: string; clientId: string; licenseId?: number },
    secretKey: number | undefined,
    reason: string,
    now: Micros,
  ): Promise<void>;
  /**
   * What descends from one authorization, oldest first: all that lives, and of the dead what links lead to.
   * @param start where to look: row keys given around the moment at which the code was used up, and known members
   * @returns `complete`: no more successors than were followed
   */
  familyTokens(
    family: Family,
    start: {
      around: { from: number; to: number } | undefined;
      access: readonly number[];
      refresh: readonly number[];
    },
  ): Promise<{ access: AccessToken[]; refresh: RefreshToken[]; complete: boolean }>;
  /** Kills a refresh token, its successors, and the access tokens that came of any of them. */
  revokeRefreshBranch(family: Family, key: number, reason: string, now: Micros): Promise<void>;
  /** Kills one access token and nothing else. @returns false when it was dead */
  revokeAccessToken(key: number, reason: string, now: Micros): Promise<boolean>;

  addPersonalAccessToken(token: PersonalAccessToken): Promise<void>;
  /** Dead or alive. */
  personalAccessTokenByKey(key: number): Promise<PersonalAccessToken | undefined>;
  /** Dead or alive: one of an account in an organization, whose secret may be of any form. */
  personalAccessTokenBySecret(
    licenseId: number,
    accountId: string,
    secretHash: Uint8Array,
  ): Promise<PersonalAccessToken | undefined>;
  /** Of one account, newest first, without revoked ones. */
  personalAccessTokens(accountId: string): Promise<PersonalAccessToken[]>;
  revokePersonalAccessToken(accountId: string, id: string, now: Micros): Promise<boolean>;
  markPersonalAccessTokenUsed(key: number, from: string, now: Micros): Promise<void>;

  /**
   * Deletes what is dead, at most `limit` rows a table: tokens and codes that died before `tokensDeadSince`,
   * and requests, sessions and mailed links that expired before `requestsDeadSince`. Pushed requests, which
   * apps make by the thousand, may go earlier.
   * @param walk how far the tables of tokens were looked through; moved on by each call
   * @returns rows deleted
   */
  purge(
    tokensDeadSince: Micros,
    requestsDeadSince: Micros,
    limit: number,
    pushedDeadSince?: Micros,
    walk?: { access: number; refresh: number },
  ): Promise<number>;
}
