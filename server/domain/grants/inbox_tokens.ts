import { type Clock, MICROS_PER_SECOND, type Micros, seconds } from '../../kernel/clock.ts';
import { type OpaqueTokens, type ParsedToken, sameSecret } from '../../oauth/opaque_token.ts';
import type { ScopeId } from '../../wire/scope_catalogue.ts';
import { INBOX_CLIENT } from '../apps/built_in_clients.ts';
import type { Audit } from '../identity/audit.ts';
import type { Actor } from '../identity/records.ts';
import type { Storage } from '../storage.ts';
import type { AccessTokenReader, DeadHolder } from './access_token_reader.ts';
import type { AuthenticatedAgent } from './authentication.ts';

/** What the inbox asks for; of it, the person's roles leave what they may do now. */
const SCOPES: readonly ScopeId[] = [
  'chats--all:rw',
  'chats--access:rw',
  'customers:rw',
  'customers.ban:rw',
  'tags--all:ro',
  'tags--groups:ro',
  'agents--all:ro',
  'agents--my:rw',
  'multicast:ro',
];

/** A token is good for the span of time it was made in, and for the next one. */
const SPAN = seconds(300);

export interface InboxTokens {
  /**
   * An agent's token for the inbox of a session.
   * @param holder whose session it is, and the organization that it shows
   */
  mint(
    holder: { sessionKey: number; accountId: string; licenseId: number },
    actor: Actor,
  ): Promise<{ accessToken: string; expiresInSeconds: number }>;
  read(
    parsed: Pick<ParsedToken, 'key' | 'secretHash'>,
  ): Promise<{ agent: AuthenticatedAgent } | { dead: 'unknown' | DeadHolder }>;
}

/**
 * Tokens of the built-in inbox hang on the session and on nothing else: they are derived from it by a server
 * key, and stored nowhere. Each use looks the session up. So they end in the moment in which it does, however
 * that comes, and also when it shows another organization.
 */
export function inboxTokens(deps: {
  storage: Storage;
  clock: Clock;
  tokens: OpaqueTokens;
  audit: Audit;
  accessTokens: AccessTokenReader;
}): InboxTokens {
  const { storage, clock, tokens, accessTokens } = deps;

  const spanAt = (now: Micros): number => Math.floor(now / SPAN);
  function derive(key: number, accountId: string, licenseId: number, span: number) {
    return tokens.derive('inbox', key, `inbox ${key} ${accountId} ${licenseId} ${span}`);
  }

  return {
    async mint({ sessionKey, accountId, licenseId }, actor) {
      await storage.write(async (stores) => {
        if (!(await stores.identity.openInbox(sessionKey, licenseId))) return;
        await deps.audit(stores, actor, 'inbox.opened', { licenseId, accountId, clientId: INBOX_CLIENT });
      });
      const now = clock.now();
      const span = spanAt(now);
      return {
        accessToken: derive(sessionKey, accountId, licenseId, span).text,
        expiresInSeconds: Math.floor(((span + 2) * SPAN - now) / MICROS_PER_SECOND),
      };
    },

    async read({ key, secretHash }) {
      const now = clock.now();
      const session = await storage.read.identity.session(key);
      if (!session || session.expiresAt <= now) return { dead: 'unknown' };
      const { accountId, licenseId } = session;
      const current = derive(key, accountId, licenseId, spanAt(now)).secretHash;
      const previous = derive(key, accountId, licenseId, spanAt(now) - 1).secretHash;
      const fits = [sameSecret(secretHash, current), sameSecret(secretHash, previous)];
      if (!fits.includes(true)) return { dead: 'unknown' };
      const agent = await accessTokens.person({
        licenseId,
        accountId,
        scopes: SCOPES.join(' '),
        credential: 'access_token',
        clientId: INBOX_CLIENT,
        resources: null,
      });
      return typeof agent === 'string' ? { dead: agent } : { agent };
    },
  };
}
