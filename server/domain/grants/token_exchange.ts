import { type Clock, MICROS_PER_SECOND, type Micros, seconds } from '../../kernel/clock.ts';
import { GatehouseError, type RefusalFacts } from '../../kernel/errors.ts';
import type { Identifiers } from '../../kernel/identifiers.ts';
import { type ClientPolicy, STRICT_CODE_SECONDS } from '../../oauth/client_profile.ts';
import { type OpaqueTokens, sameSecret } from '../../oauth/opaque_token.ts';
import { verifyVerifier } from '../../oauth/pkce.ts';
import type { RefusalReason } from '../../oauth/refusal_reasons.ts';
import { intersect, type ScopeSet } from '../../oauth/scopes.ts';
import type { AppService } from '../apps/app_service.ts';
import type { Client, ClientOfApp } from '../apps/records.ts';
import type { Audit } from '../identity/audit.ts';
import type { Actor } from '../identity/records.ts';
import type { UseCounter } from '../insight/compatibility_uses.ts';
import type { StepTeller } from '../insight/first_steps.ts';
import type { Storage, Stores } from '../storage.ts';
import {
  type AuthenticatedClient,
  type ClientCredentials,
  clientAuthentication,
} from './client_authentication.ts';
import { accessRow, addTokens, type IssuedTokens, issuePair, refreshRow } from './issue_tokens.ts';
import type { AccessToken, AuthorizationCode, RefreshToken, TokenSubject } from './records.ts';
import { type Narrowing, narrowed } from './standard_narrowing.ts';

export interface TokenExchange {
  /** RFC 6749 §2.3: by secret, or by name alone for a client that has none. @throws GatehouseError `invalid_client` */
  client(credentials: ClientCredentials): Promise<AuthenticatedClient>;
  /** RFC 6749 §4.1.3 with PKCE. @throws GatehouseError `invalid_client`, `invalid_grant` … */
  authorizationCode(
    request: {
      credentials: ClientCredentials | AuthenticatedClient;
      code: string;
      redirectUri: string | undefined;
      codeVerifier: string | undefined;
      /**
       * OAuth 2.1 §10.2: PKCE does what the repeated redirect URI was for, so that a code with a challenge may
       * come without it.
       */
      redirectUriOptional?: boolean;
      narrowing?: Narrowing;
    },
    actor: Actor,
  ): Promise<IssuedTokens>;
  /** RFC 6749 §6. */
  refreshToken(
    request: {
      credentials: ClientCredentials | AuthenticatedClient;
      refreshToken: string;
      narrowing?: Narrowing;
    },
    actor: Actor,
  ): Promise<IssuedTokens>;
}

export interface ExchangeDeps {
  storage: Storage;
  clock: Clock;
  identifiers: Identifiers;
  tokens: OpaqueTokens;
  apps: AppService;
  audit: Audit;
  uses: UseCounter;
  steps: StepTeller;
  onAccessRevoked(keys: readonly number[]): void;
  onFamilyRevoked(familyKey: number): void;
}

/** Said alike for a code or token that is unknown, wrong, dead or another client's; the log knows which. */
const CODE_WORDS =
  'The code is invalid, expired, already used, or was issued to another client or redirect_uri. Ask for a new one.';
const REFRESH_WORDS =
  'The refresh token is invalid, expired, revoked, or was issued to another client. Send the person through authorization again.';

/** A refresh that was refused, and why. */
interface Refused {
  refused: RefusalReason;
  facts?: RefusalFacts;
}

/** How a family ended, by the word that was written down then. */
function endedBy(reason: string | null): RefusalFacts {
  return reason === null ? {} : { check: `The grant behind it was ended: ${reason.replaceAll('_', ' ')}.` };
}

function secondsSince(then: Micros, now: Micros): number {
  return Math.ceil((now - then) / MICROS_PER_SECOND);
}

/** What was worked out for a client as it is now; the same client comes again and again, with the same scopes. */
const stillAllowed = new WeakMap<Client, Map<string, ScopeSet>>();
const SCOPES_KEPT = 100;

/** Of the scopes of a token those that its app still has. */
function stillOf(client: Client, scopes: string): ScopeSet {
  let known = stillAllowed.get(client);
  if (!known || known.size >= SCOPES_KEPT) {
    known = new Map();
    stillAllowed.set(client, known);
  }
  let still = known.get(scopes);
  if (!still) {
    still = intersect(
      scopes.split(' '),
      client.scopes.map(({ scope }) => scope),
    );
    known.set(scopes, still);
  }
  return still;
}

export function tokenExchange(deps: ExchangeDeps): TokenExchange {
  const { storage, clock, tokens } = deps;
  const authenticateClient = clientAuthentication(deps);

  /** The client of a request, unless the caller made sure of it already. */
  async function clientOf(given: ClientCredentials | AuthenticatedClient): Promise<AuthenticatedClient> {
    return 'known' in given ? given : authenticateClient(given);
  }

  function invalid(words: string, reason: RefusalReason, refusal: RefusalFacts = {}): GatehouseError {
    return new GatehouseError('invalid_grant', words, { reason, refusal });
  }

  /** Finds the code by the key in it, and makes sure that the secret in it is right. */
  async function findCode(text: string): Promise<AuthorizationCode> {
    if (/^[a-z]{2,8}%3a/i.test(text))
      throw invalid(
        'The code contains %3A. Decode it first: in the token request it is a colon (":").',
        'code_percent_encoded',
      );
    const parsed = tokens.parse(text);
    if (parsed?.kind !== 'code') throw invalid(CODE_WORDS, 'code_malformed');
    const code = await storage.read.grants.code(parsed.key);
    if (!code || !sameSecret(parsed.secretHash, code.secretHash)) throw invalid(CODE_WORDS, 'code_unknown');
    return code;
  }

  /** @returns false when it was dead before, of which nobody needs to hear again */
  async function killFamily(
    stores: Stores,
    actor: Actor,
    dead: AuthorizationCode | RefreshToken,
    reason: string,
  ): Promise<boolean> {
    if (!(await stores.grants.revokeFamily(dead, reason, clock.now()))) return false;
    await deps.audit(stores, actor, 'grant_family.revoked', {
      licenseId: dead.licenseId,
      accountId: dead.accountId,
      clientId: dead.clientId,
      detail: { reason },
    });
    return true;
  }

  return {
    client: authenticateClient,

    async authorizationCode(
      { credentials, code: text, redirectUri, codeVerifier, redirectUriOptional = false, narrowing = {} },
      actor,
    ) {
      const { known, policy } = await clientOf(credentials);
      const code = await findCode(text);
      if (code.clientId !== known.client.clientId) throw invalid(CODE_WORDS, 'code_other_client');
      const now = clock.now();
      // A code that comes twice was stolen by one of the two: RFC 6749 §4.1.2, RFC 9700 §4.5.
      if (code.consumedAt === null) {
        if (code.revokedAt !== null) throw invalid(CODE_WORDS, 'grant_revoked', endedBy(code.revokedReason));
        if (code.expiresAt <= now)
          throw invalid(CODE_WORDS, 'code_expired', {
            parameter: 'code',
            check: `The code lived ${policy.codeSeconds} seconds and came ${secondsSince(code.expiresAt, now)} seconds too late.`,
          });
        const leftOut = redirectUri === undefined && redirectUriOptional && code.codeChallenge !== null;
        if (redirectUri !== code.redirectUri && !leftOut)
          throw invalid(
            redirectUri === undefined
              ? 'redirect_uri is missing. Send the one of the authorization request.'
              : CODE_WORDS,
            'redirect_mismatch',
            {
              parameter: 'redirect_uri',
              received: redirectUri,
              expected: code.redirectUri,
              check: 'redirect_uri differs from the one of the authorization request.',
            },
          );
        const challenge =
          code.codeChallenge === null
            ? null
            : { challenge: code.codeChallenge, method: code.codeChallengeMethod ?? 'plain' };
        const verified = verifyVerifier(challenge, codeVerifier);
        if (!verified.ok)
          throw invalid(verified.problem.message, verified.problem.code, { parameter: 'code_verifier' });
      }
      const subject = await presentSubject(subjectOf(code), known, CODE_WORDS);
      // A replayed code is no request for less: it goes on to kill its family.
      const accessSubject = code.consumedAt === null ? narrowed(subject, narrowing) : subject;
      const issued = await storage.write(async (stores) => {
        if (!(await stores.grants.consumeCode(code.familyKey, now))) {
          await killFamily(stores, actor, code, 'code_replayed');
          return undefined;
        }
        await stores.grants.markGrantUsed(code.grantKey, now);
        return issuePair(stores, deps, subject, policy, now, actor, accessSubject);
      });
      if (!issued) {
        deps.onFamilyRevoked(code.familyKey);
        throw invalid(CODE_WORDS, 'code_reused');
      }
      deps.onAccessRevoked(issued.evicted);
      deps.steps.reached(known.client.licenseId, 'token');
      if (now - code.createdAt > seconds(STRICT_CODE_SECONDS)) deps.uses.used(known.client, ['slow_code']);
      return issued;
    },

    async refreshToken({ credentials, refreshToken: text, narrowing = {} }, actor) {
      const { known, policy } = await clientOf(credentials);
      const parsed = tokens.parse(text);
      if (parsed?.kind !== 'refresh') throw invalid(REFRESH_WORDS, 'refresh_malformed');
      const found = await storage.read.grants.refreshToken(parsed.key);
      if (!found || !sameSecret(parsed.secretHash, found.secretHash))
        throw invalid(REFRESH_WORDS, 'refresh_unknown');
      if (found.clientId !== known.client.clientId) throw invalid(REFRESH_WORDS, 'refresh_other_client');
      const now = clock.now();
      // A dead token is told that it is dead, and a reused one kills its family, whatever else is wrong.
      const alive = found.revokedAt === null && found.rotatedAt === null && found.idleExpiresAt > now;
      const subject = alive
        ? narrowed(await presentSubject(subjectOf(found), known, REFRESH_WORDS), narrowing)
        : subjectOf(found);
      const outcome =
        policy.refreshRotation === 'rotate'
          ? await rotate(found, subject, text, policy, now, actor)
          : await reuse(found, subject, text, policy, now, actor);
      if ('refused' in outcome) {
        if (outcome.refused === 'refresh_rotated_reused') deps.onFamilyRevoked(found.familyKey);
        throw invalid(REFRESH_WORDS, outcome.refused, outcome.facts);
      }
      deps.onAccessRevoked(outcome.evicted);
      return outcome;
    },
  };

  /**
   * What the token may stand for now: the person must still be there, and the app must still have the scopes.
   * @throws GatehouseError `invalid_grant`
   */
  async function presentSubject(
    subject: TokenSubject,
    known: ClientOfApp,
    words: string,
  ): Promise<TokenSubject> {
    const member = await storage.read.identity.member(subject.licenseId, subject.accountId);
    if (!member) throw invalid(words, 'account_gone');
    if (member.membership.suspendedAt !== null) throw invalid(words, 'account_suspended');
    const scopes = stillOf(known.client, subject.scopes);
    if (scopes.isEmpty) throw invalid(words, 'scopes_removed');
    return { ...subject, scopes: scopes.key };
  }

  /** Why a refresh token that did not work is dead. */
  function deathOf(token: RefreshToken, now: Micros): Refused {
    if (token.revokedReason === 'evicted_by_cap') return { refused: 'refresh_evicted' };
    if (token.revokedAt !== null) return { refused: 'grant_revoked', facts: endedBy(token.revokedReason) };
    if (token.absoluteExpiresAt <= now) return { refused: 'refresh_expired_absolute' };
    return { refused: token.idleExpiresAt <= now ? 'refresh_expired_idle' : 'refresh_rotated_reused' };
  }

  /** A refresh token came back after it was exchanged for another. */
  async function endReused(stores: Stores, actor: Actor, token: RefreshToken): Promise<Refused> {
    const killed = await killFamily(stores, actor, token, 'refresh_token_reused');
    if (killed) return { refused: 'refresh_rotated_reused' };
    const code = await stores.grants.code(token.familyKey);
    return { refused: 'grant_revoked', facts: endedBy(code?.revokedReason ?? null) };
  }

  /** Server-side apps keep their refresh token, bound to them by the secret; each use moves its idle end. */
  function reuse(
    found: RefreshToken,
    subject: TokenSubject,
    text: string,
    policy: ClientPolicy,
    now: Micros,
    actor: Actor,
  ): Promise<IssuedTokens | Refused> {
    const idleEnd = Math.min(found.absoluteExpiresAt, now + seconds(policy.refreshIdleSeconds));
    return storage.write(async (stores) => {
      if (!(await stores.grants.extendRefreshToken(found.key, idleEnd, now))) {
        const current = (await stores.grants.refreshToken(found.key)) ?? found;
        const death = deathOf(current, now);
        // It was rotated while the app still asked for that, and now comes back.
        if (death.refused === 'refresh_rotated_reused') return endReused(stores, actor, current);
        return death;
      }
      const key = deps.identifiers.key();
      const minted = tokens.mint('access', key);
      const access = accessRow(subject, { key, minted, refreshKey: found.key }, policy, now);
      return {
        accessToken: minted.text,
        refreshToken: text,
        expiresInSeconds: policy.accessTokenSeconds,
        subject,
        evicted: await addTokens(stores, deps.audit, actor, { access }, now),
      };
    });
  }

  /**
   * Rotation (OAuth 2.1 §4.3.1): the successor pair is derived from the presented token, so that a retry
   * within the window gets the very same pair; after it the token counts as stolen, and the family dies.
   */
  function rotate(
    found: RefreshToken,
    subject: TokenSubject,
    text: string,
    policy: ClientPolicy,
    now: Micros,
    actor: Actor,
  ): Promise<IssuedTokens | Refused> {
    return storage.write(async (stores) => {
      const refreshKey = deps.identifiers.key();
      const accessKey = deps.identifiers.key();
      if (await stores.grants.rotateRefreshToken(found.key, { refreshKey, accessKey }, now)) {
        const refresh = tokens.derive('refresh', refreshKey, text);
        const access = tokens.derive('access', accessKey, text);
        const pair = {
          refresh: refreshRow(
            subjectOf(found),
            { key: refreshKey, minted: refresh },
            policy,
            now,
            found.absoluteExpiresAt,
          ),
          access: accessRow(subject, { key: accessKey, minted: access, refreshKey }, policy, now),
          insteadOf: found.key,
        };
        return {
          accessToken: access.text,
          refreshToken: refresh.text,
          expiresInSeconds: policy.accessTokenSeconds,
          subject,
          evicted: await addTokens(stores, deps.audit, actor, pair, now),
        };
      }
      const current = (await stores.grants.refreshToken(found.key)) ?? found;
      const { rotatedAt, successorKey, successorAccessKey } = current;
      if (
        current.revokedAt === null &&
        rotatedAt !== null &&
        successorKey !== null &&
        successorAccessKey !== null
      ) {
        const retried = now - rotatedAt <= seconds(policy.refreshRetryWindowSeconds);
        const successor = await stores.grants.refreshToken(successorKey);
        if (!successor || successor.revokedAt !== null)
          return { refused: 'grant_revoked', facts: endedBy(successor?.revokedReason ?? null) };
        // Whoever holds the successor has used it already: the one who comes with its predecessor is another.
        if (retried && successor.rotatedAt === null) {
          const access = await stores.grants.accessToken(successorAccessKey);
          return repeat(current, access, text, successorKey, successorAccessKey, policy, now);
        }
        return endReused(stores, actor, current);
      }
      return deathOf(current, now);
    });
  }

  function repeat(
    rotated: RefreshToken,
    access: AccessToken | undefined,
    text: string,
    successorKey: number,
    successorAccessKey: number,
    policy: ClientPolicy,
    now: Micros,
  ): IssuedTokens {
    const elapsed = Math.floor((now - (rotated.rotatedAt ?? now)) / 1_000_000);
    return {
      accessToken: tokens.derive('access', successorAccessKey, text).text,
      refreshToken: tokens.derive('refresh', successorKey, text).text,
      expiresInSeconds: policy.accessTokenSeconds - elapsed,
      // The first of the requests said what the access token is for.
      subject: subjectOf(access ?? rotated),
      evicted: [],
    };
  }
}

function subjectOf({
  familyKey,
  licenseId,
  accountId,
  clientId,
  scopes,
  resources,
}: TokenSubject): TokenSubject {
  return { familyKey, licenseId, accountId, clientId, scopes, resources };
}
