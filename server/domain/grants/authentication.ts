import type { Clock } from '../../kernel/clock.ts';
import { seconds } from '../../kernel/clock.ts';
import { GatehouseError, isGatehouseError } from '../../kernel/errors.ts';
import { type OpaqueTokens, type ParsedToken, sameSecret } from '../../oauth/opaque_token.ts';
import type { RefusalReason } from '../../oauth/refusal_reasons.ts';
import { opensResource, type ResourceName } from '../../oauth/resource_indicator.ts';
import type { ScopeSet } from '../../oauth/scopes.ts';
import type { AccountRole, ChatRole } from '../../wire/scope_catalogue.ts';
import type { Storage } from '../storage.ts';
import type { AccessTokenReader, SuspendedToo } from './access_token_reader.ts';
import type { InboxTokens } from './inbox_tokens.ts';
import type { PersonalAccessToken } from './records.ts';
import type { TokenCache } from './token_cache.ts';
import { appOfToken } from './token_owner.ts';

export interface AuthenticatedAgent {
  kind: 'agent';
  organization: { id: string; licenseId: number };
  /** Of a bot: its own id, here and as the agent's. */
  accountId: string;
  agentId: string;
  accountRole: AccountRole;
  chatRole: ChatRole;
  groupIds: readonly number[];
  /** Token scopes ∩ what the roles allow now. */
  scopes: ScopeSet;
  credential: 'access_token' | 'personal_access_token' | 'bot_token';
  clientId: string | null;
  /** The APIs that the token was asked for (RFC 8707); null for all. */
  resources: string | null;
  /** Of an access token: what it descends from. */
  familyKey?: number;
}

export interface AuthenticatedCustomer {
  kind: 'customer';
  organization: { id: string; licenseId: number };
  customerId: string;
  clientId: string;
}

/** Which family of credentials an API takes. */
export type CredentialFamily = 'agent' | 'customer';

export interface Authentication {
  /**
   * Reads an `Authorization` header.
   * @param resource the API that is called; a token that was asked for others does not open it. Where none is
   *   named, only a token for the whole server will do.
   * @throws GatehouseError `authentication`, saying which kind of credential came and which is taken
   */
  authenticate(
    header: string | undefined,
    family: 'agent',
    from: string,
    resource?: ResourceName,
    options?: SuspendedToo,
  ): Promise<AuthenticatedAgent>;
  authenticate(header: string | undefined, family: 'customer', from: string): Promise<AuthenticatedCustomer>;
}

const WORDS = {
  missing: 'No credential came with this request. Send an Authorization header: "Bearer <access_token>".',
  malformed:
    'The Authorization header is not understood. Send "Bearer <access_token>", or "Basic" with a personal access token.',
  escaped: 'The token contains %3A. In a header it is a colon: write ":" in its place, as in dal:…',
  unknown: 'The access token is unknown, or was not copied whole.',
  expired: 'The access token has expired. Refresh it, or send the person through authorization again.',
  revoked: 'The access token was revoked. Send the person through authorization again.',
  customerOnAgent:
    "This is a customer's access token; this API takes an agent's access token or a personal access token.",
  agentOnCustomer: "This is an agent's access token; the Customer Chat API takes a customer's access token.",
  personalOnCustomer:
    'Personal access tokens do not open the Customer Chat API; it takes a customer access token.',
  refreshAsAccess: 'This is a refresh token. Exchange it at /v2/token and send the access token.',
  codeAsAccess: 'This is an authorization code. Exchange it at /v2/token and send the access token.',
  personalAsBearer:
    'This is a personal access token. Send it by HTTP Basic, with the account id as the user name.',
  personalWrong: 'The account id or the personal access token is wrong, revoked or expired.',
  inboxOver:
    'This token of the inbox is over: a few minutes have passed, or the session has ended or shows another organization. The inbox asks for another by itself.',
  otherResource:
    'The access token was asked for another API, by the parameter resource. Ask for one for this API, or leave resource out.',
  botGone:
    'The bot of this token was removed, or its app was. Ask with the credentials of an app that has a bot.',
  gone: 'The person of this token is no longer a member of its organization. Somebody who is has to authorize the app, or create the token, anew.',
  suspended:
    'The person of this token is suspended in its organization. When an owner or administrator lifts that, the token works again.',
  customerGone: 'The customer of this token does not exist any more.',
} as const;

/** For the log of the app's owner, where the credential was found and so tells whose it is. */
const FINER_REASONS: Partial<Record<keyof typeof WORDS, RefusalReason>> = {
  expired: 'token_expired',
  revoked: 'token_revoked',
  otherResource: 'token_other_resource',
  gone: 'account_gone',
  escaped: 'token_percent_encoded',
  customerOnAgent: 'token_wrong_kind',
  agentOnCustomer: 'token_wrong_kind',
  refreshAsAccess: 'token_wrong_kind',
  codeAsAccess: 'token_wrong_kind',
  suspended: 'account_suspended',
};

/** What is wrong with a credential, more finely than the log's reasons tell; undefined for any other error. */
export function credentialProblem(error: unknown): keyof typeof WORDS | undefined {
  if (!isGatehouseError(error) || error.code !== 'authentication') return undefined;
  return (Object.keys(WORDS) as (keyof typeof WORDS)[]).find((problem) => WORDS[problem] === error.message);
}

const BEARER = /^Bearer +(\S+)$/i;
const BASIC = /^Basic +([A-Za-z0-9+/=_-]+)$/i;
/** "Last used" is written at most this often. */
const USE_EVERY = seconds(60);

export function authentication(deps: {
  storage: Storage;
  clock: Clock;
  tokens: OpaqueTokens;
  accessTokens: AccessTokenReader;
  inbox: InboxTokens;
  customerCache: TokenCache<AuthenticatedCustomer>;
}): Authentication {
  const { storage, clock, tokens, accessTokens, customerCache } = deps;

  /** @param clientId of the app that the credential belongs to, where one was found */
  function refuse(words: keyof typeof WORDS, clientId?: string | null): GatehouseError {
    return new GatehouseError('authentication', WORDS[words], {
      reason: FINER_REASONS[words] ?? `credential_${words}`,
      ...(clientId ? { refusal: { clientId } } : {}),
    });
  }

  /** For a whole token in the wrong place: its app's owner is told, too. */
  async function refuseToken(
    words: keyof typeof WORDS,
    parsed: ParsedToken | undefined,
  ): Promise<GatehouseError> {
    return refuse(words, parsed && (await appOfToken(storage, parsed)));
  }

  /** What is no token as it stands, but may be one in the spelling of addresses. */
  async function refuseUnparsed(text: string): Promise<GatehouseError> {
    return /%3a/i.test(text)
      ? refuseToken('escaped', tokens.parse(text.replace(/%3a/i, ':')))
      : refuse('unknown');
  }

  async function agentByBearer(text: string, options: SuspendedToo): Promise<AuthenticatedAgent> {
    const parsed = tokens.parse(text);
    if (!parsed) throw await refuseUnparsed(text);
    if (parsed.kind === 'customer') throw await refuseToken('customerOnAgent', parsed);
    if (parsed.kind === 'refresh') throw await refuseToken('refreshAsAccess', parsed);
    if (parsed.kind === 'code') throw await refuseToken('codeAsAccess', parsed);
    if (parsed.kind === 'personal') throw refuse('personalAsBearer');
    if (parsed.kind === 'inbox') {
      const read = await deps.inbox.read(parsed);
      if ('dead' in read) throw refuse(read.dead === 'unknown' ? 'inboxOver' : read.dead);
      return read.agent;
    }
    if (parsed.kind !== 'access') throw refuse('unknown');
    const known = await accessTokens.read(parsed, options);
    if ('dead' in known) throw refuse(known.dead, known.clientId);
    return known.agent;
  }

  async function customerByBearer(text: string): Promise<AuthenticatedCustomer> {
    const parsed = tokens.parse(text);
    if (!parsed) throw await refuseUnparsed(text);
    if (parsed.kind === 'access' || parsed.kind === 'refresh' || parsed.kind === 'inbox')
      throw await refuseToken('agentOnCustomer', parsed);
    if (parsed.kind === 'personal') throw refuse('personalOnCustomer');
    if (parsed.kind === 'code') throw await refuseToken('codeAsAccess', parsed);
    if (parsed.kind !== 'customer') throw refuse('unknown');
    const now = clock.now();
    const cached = customerCache.get(parsed.key, now);
    if (cached) {
      if (!sameSecret(parsed.secretHash, cached.secretHash)) throw refuse('unknown');
      return cached.value;
    }
    const epoch = customerCache.epoch();
    const token = await storage.read.grants.customerToken(parsed.key);
    if (!token || !sameSecret(parsed.secretHash, token.secretHash)) throw refuse('unknown');
    if (token.revokedAt !== null) throw refuse('revoked', token.clientId);
    if (token.expiresAt <= now) throw refuse('expired', token.clientId);
    const organization = await storage.read.identity.organization(token.licenseId);
    if (!organization) throw refuse('customerGone');
    const value: AuthenticatedCustomer = {
      kind: 'customer',
      organization: { id: organization.id, licenseId: token.licenseId },
      customerId: token.customerId,
      clientId: token.clientId,
    };
    const { secretHash, expiresAt } = token;
    customerCache.set(parsed.key, { secretHash, familyKey: null, expiresAt, value }, epoch, now);
    return value;
  }

  /** HTTP Basic, account id and token; the account's tokens are few, and all of them are compared. */
  async function agentByBasic(
    encoded: string,
    from: string,
    options: SuspendedToo,
  ): Promise<AuthenticatedAgent> {
    const pair = Buffer.from(encoded, 'base64').toString('utf8');
    const colon = pair.indexOf(':');
    if (colon <= 0) throw refuse('malformed');
    const presented = tokens.hashSecret(pair.slice(colon + 1));
    const now = clock.now();
    let matched: PersonalAccessToken | undefined;
    for (const token of await storage.read.grants.personalAccessTokens(pair.slice(0, colon).toLowerCase()))
      if (sameSecret(presented, token.secretHash)) matched = token;
    if (!matched || matched.expiresAt <= now) throw refuse('personalWrong');
    const { key, licenseId, accountId, scopes, lastUsedAt } = matched;
    if (lastUsedAt === null || now - lastUsedAt > USE_EVERY)
      storage.write((stores) => stores.grants.markPersonalAccessTokenUsed(key, from, now)).catch(() => {});
    const held = { licenseId, accountId, scopes, clientId: null, resources: null };
    const agent = await accessTokens.person({ ...held, credential: 'personal_access_token', ...options });
    if (typeof agent === 'string') throw refuse(agent);
    return agent;
  }

  async function authenticate(
    header: string | undefined,
    family: CredentialFamily,
    from: string,
    resource: ResourceName = 'server',
    options: SuspendedToo = {},
  ): Promise<AuthenticatedAgent | AuthenticatedCustomer> {
    if (!header) throw refuse('missing');
    const bearer = BEARER.exec(header)?.[1];
    if (bearer !== undefined && family === 'customer') return customerByBearer(bearer);
    if (bearer !== undefined) {
      const agent = await agentByBearer(bearer, options);
      if (!opensResource(agent.resources, resource)) throw refuse('otherResource', agent.clientId);
      return agent;
    }
    const basic = BASIC.exec(header)?.[1];
    if (basic === undefined) throw refuse('malformed');
    if (family === 'customer') throw refuse('personalOnCustomer');
    return agentByBasic(basic, from, options);
  }

  return { authenticate: authenticate as Authentication['authenticate'] };
}
