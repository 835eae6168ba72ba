import type { Clock, Micros } from '../../kernel/clock.ts';
import { type OpaqueTokens, type ParsedToken, sameSecret, type TokenKind } from '../../oauth/opaque_token.ts';
import { readPresentedToken, type SpellingNote } from '../../oauth/presented_token.ts';
import { noScopes, type ScopeSet, scopeSet } from '../../oauth/scopes.ts';
import type { Storage } from '../storage.ts';
import type { AccessTokenReader, DeadHolder } from './access_token_reader.ts';
import { livingBot } from './bot_rights.ts';
import type {
  AccessToken,
  AuthorizationCode,
  CustomerToken,
  PersonalAccessToken,
  RefreshToken,
  TokenSubject,
} from './records.ts';
import { nodeId, readFamily, type TokenFamily } from './token_family.ts';
import { bearerLife, codeLife, lifeWithHolder, refreshLife, type TokenLife } from './token_life.ts';

/** `bot`: an access token of an app's own bot. `jwt`: what has the form of an ID token. */
export type InspectedKind = TokenKind | 'bot' | 'jwt';

export interface InspectedToken {
  /** Undefined for what has the form of none. */
  kind: InspectedKind | undefined;
  notes: readonly SpellingNote[];
  /** Undefined where there is no such credential, or it is another organization's. */
  token: TokenFacts | undefined;
  /** It exists, in an organization that is not the caller's. */
  foreign: boolean;
}

export interface TokenFacts {
  /** For whoever revokes it; null for a kind that is not revoked by itself. */
  id: string | null;
  life: TokenLife;
  clientId: string | null;
  accountId: string | null;
  customerId: string | null;
  /** As it was given. */
  scopes: ScopeSet;
  /** What of it its holder's role, or the bot's app, allows now. */
  effective: ScopeSet;
  resources: string | null;
  issuedAt: Micros;
  expiresAt: Micros;
  /** Of a personal access token. */
  name: string | null;
  lastUsedAt: Micros | null;
  family: TokenFamily | null;
}

export interface TokenDebugger {
  /** What a pasted credential is. It is looked up and forgotten: nothing of it is kept or written down. */
  inspect(caller: { licenseId: number; accountId: string }, pasted: string): Promise<InspectedToken>;
}

const JWT = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*$/;
const LETTER_AND_BODY = /^[a-z][A-Za-z0-9_-]{43}$/;

export function tokenDebugger(deps: {
  storage: Storage;
  clock: Clock;
  tokens: OpaqueTokens;
  accessTokens: AccessTokenReader;
  settings: { region: string };
}): TokenDebugger {
  const { storage, clock, tokens } = deps;

  type Row = { licenseId: number; secretHash: Uint8Array };
  type Found = { licenseId: number; kind: InspectedKind; facts(): Promise<TokenFacts> };

  const fits = <T extends Row>(row: T | undefined, presented: Uint8Array): T | undefined =>
    row && sameSecret(presented, row.secretHash) ? row : undefined;

  async function find(parsed: ParsedToken, text: string): Promise<Found | undefined> {
    const { grants } = storage.read;
    const { key, secretHash, kind } = parsed;
    const found = <T extends { licenseId: number }>(
      row: T | undefined,
      facts: (row: T) => Promise<TokenFacts>,
    ) => row && { licenseId: row.licenseId, kind, facts: () => facts(row) };
    switch (kind) {
      case 'code':
        return found(fits(await grants.code(key), secretHash), codeFacts);
      case 'access': {
        const row = fits(await grants.accessToken(key), secretHash);
        const facts = found(row, accessFacts);
        return facts && row?.botSecretKey !== null ? { ...facts, kind: 'bot' } : facts;
      }
      case 'refresh':
        return found(fits(await grants.refreshToken(key), secretHash), refreshFacts);
      case 'customer':
        return found(fits(await grants.customerToken(key), secretHash), customerFacts);
      case 'personal':
        return found(
          fits(await grants.personalAccessTokenByKey(key), tokens.hashSecret(text)),
          personalFacts,
        );
      default:
        return undefined;
    }
  }

  /** What the holder makes of it now. */
  async function held(
    subject: Pick<TokenSubject, 'licenseId' | 'accountId' | 'scopes'> & {
      clientId: string | null;
      resources?: string | null;
    },
    credential: 'access_token' | 'personal_access_token' = 'access_token',
  ): Promise<{ dead: DeadHolder | undefined; effective: ScopeSet }> {
    const { licenseId, accountId, scopes, clientId, resources = null } = subject;
    const person = await deps.accessTokens.person({
      licenseId,
      accountId,
      scopes,
      credential,
      clientId,
      resources,
    });
    return typeof person === 'string'
      ? { dead: person, effective: noScopes }
      : { dead: undefined, effective: person.scopes };
  }

  async function heldByBot(token: AccessToken): ReturnType<typeof held> {
    const living = await livingBot(storage.read, token);
    return living ? { dead: undefined, effective: living.scopes } : { dead: 'botGone', effective: noScopes };
  }

  function subjectFacts({ clientId, accountId, scopes, resources }: TokenSubject) {
    return {
      clientId,
      accountId,
      customerId: null,
      scopes: scopeSet(scopes.split(' ')),
      resources,
      name: null,
      lastUsedAt: null,
    };
  }

  async function codeFacts(code: AuthorizationCode): Promise<TokenFacts> {
    const now = clock.now();
    const { dead, effective } = await held(code);
    return {
      ...subjectFacts(code),
      id: nodeId('code', code.familyKey),
      life: lifeWithHolder(codeLife(code, now), dead),
      effective,
      issuedAt: code.createdAt,
      expiresAt: code.expiresAt,
      family: await readFamily(storage, code, {}, now),
    };
  }

  async function accessFacts(token: AccessToken): Promise<TokenFacts> {
    const now = clock.now();
    const ofBot = token.botSecretKey !== null;
    const { dead, effective } = await (ofBot ? heldByBot(token) : held(token));
    return {
      ...subjectFacts(token),
      id: nodeId('access', token.key),
      life: lifeWithHolder(bearerLife(token, now), dead),
      effective,
      issuedAt: token.createdAt,
      expiresAt: token.expiresAt,
      family: await readFamily(storage, token, { access: token }, now),
    };
  }

  async function refreshFacts(token: RefreshToken): Promise<TokenFacts> {
    const now = clock.now();
    const { dead, effective } = await held(token);
    return {
      ...subjectFacts(token),
      id: nodeId('refresh', token.key),
      life: lifeWithHolder(refreshLife(token, now), dead),
      effective,
      issuedAt: token.createdAt,
      expiresAt: Math.min(token.idleExpiresAt, token.absoluteExpiresAt),
      family: await readFamily(storage, token, { refresh: token }, now),
    };
  }

  async function customerFacts(token: CustomerToken): Promise<TokenFacts> {
    return {
      id: nodeId('customer', token.key),
      life: bearerLife(token, clock.now()),
      clientId: token.clientId,
      accountId: null,
      customerId: token.customerId,
      scopes: noScopes,
      effective: noScopes,
      resources: null,
      issuedAt: token.createdAt,
      expiresAt: token.expiresAt,
      name: null,
      lastUsedAt: null,
      family: null,
    };
  }

  async function personalFacts(token: PersonalAccessToken): Promise<TokenFacts> {
    const { dead, effective } = await held({ ...token, clientId: null }, 'personal_access_token');
    return {
      id: nodeId('personal', token.key),
      life: lifeWithHolder(bearerLife(token, clock.now()), dead),
      clientId: null,
      accountId: token.accountId,
      customerId: null,
      scopes: scopeSet(token.scopes.split(' ')),
      effective,
      resources: null,
      issuedAt: token.createdAt,
      expiresAt: token.expiresAt,
      name: token.name,
      lastUsedAt: token.lastUsedAt,
      family: null,
    };
  }

  return {
    async inspect({ licenseId, accountId }, pasted) {
      const presented = readPresentedToken(pasted);
      let { text } = presented;
      const notes = [...presented.notes];
      let parsed = tokens.parse(text);
      if (!parsed && LETTER_AND_BODY.test(text)) {
        const whole = `${deps.settings.region}:${text}`;
        parsed = tokens.parse(whole);
        if (parsed) {
          text = whole;
          notes.push('region_missing');
        }
      }
      const nothing = { notes, token: undefined, foreign: false };
      let found = parsed && (await find(parsed, text));
      if (!found) {
        // Tokens of a seed have whatever form their author gave them; their account has to be known.
        const personal = await storage.read.grants.personalAccessTokenBySecret(
          licenseId,
          presented.accountId ?? accountId,
          tokens.hashSecret(text),
        );
        if (personal) found = { licenseId, kind: 'personal', facts: () => personalFacts(personal) };
      }
      if (!found) return { ...nothing, kind: parsed?.kind ?? (JWT.test(text) ? 'jwt' : undefined) };
      if (found.licenseId !== licenseId) return { ...nothing, kind: found.kind, foreign: true };
      return { kind: found.kind, notes, token: await found.facts(), foreign: false };
    },
  };
}
