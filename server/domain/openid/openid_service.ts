import type { Clock } from '../../kernel/clock.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import type { Keyring } from '../../kernel/keyring.ts';
import type { Random } from '../../kernel/random.ts';
import {
  ID_TOKEN_ALGORITHM,
  type IdTokenHint,
  idTokenClaims,
  type OpenidPerson,
  personClaims,
  readHintClaims,
} from '../../oauth/id_token.ts';
import { type ScopeSet, scopeSet } from '../../oauth/scopes.ts';
import type { IssuedTokens } from '../grants/issue_tokens.ts';
import type { Session } from '../identity/records.ts';
import type { ServerSettings } from '../server_settings.ts';
import type { Storage } from '../storage.ts';
import { loadJose } from './load_jose.ts';
import { sessionIds } from './login_record.ts';
import { type SigningKeys, signingKeys } from './signing_keys.ts';

/** Longer than any ID token of ours. */
const LONGEST_HINT = 4_096;

/** OpenID Connect: who logged in, told to apps in a form that they can check by themselves. */
export interface OpenidService {
  keys: SigningKeys;
  /**
   * The ID token that goes with an access token; undefined where the scope `openid` is missing.
   * @param options `withNonce`: in the answer to a code, which is where the nonce belongs
   */
  idToken(issued: IssuedTokens, options: { withNonce: boolean }): Promise<string | undefined>;
  /** Reads an ID token that comes back as a hint; undefined for what this server did not issue. */
  readHint(text: string): Promise<IdTokenHint | undefined>;
  /** Names a browser's session to apps: the claim `sid`. */
  sessionId(session: Pick<Session, 'key'>): string;
  /** What the scopes tell of a person. @throws GatehouseError `authentication` when they are gone */
  userinfo(licenseId: number, accountId: string, scopes: ScopeSet): Promise<Record<string, unknown>>;
}

export function createOpenidService(deps: {
  storage: Storage;
  clock: Clock;
  random: Random;
  keyring: Keyring;
  settings: ServerSettings;
}): OpenidService {
  const { storage, clock, settings } = deps;
  const keys = signingKeys({ ...deps, rotationDays: settings.signingKeyDays });

  async function person(licenseId: number, accountId: string): Promise<OpenidPerson | undefined> {
    const [member, organization] = await Promise.all([
      storage.read.identity.member(licenseId, accountId),
      storage.read.identity.organization(licenseId),
    ]);
    if (!member || !organization) return undefined;
    const { account } = member;
    return {
      accountId,
      organizationId: organization.id,
      name: account.name,
      email: account.email,
      emailVerified: account.emailConfirmedAt !== null,
    };
  }

  async function sign(claims: Record<string, unknown>): Promise<string> {
    const [{ CompactSign, importJWK }, key] = await Promise.all([loadJose(), keys.current()]);
    return new CompactSign(Buffer.from(JSON.stringify(claims)))
      .setProtectedHeader({ alg: ID_TOKEN_ALGORITHM, typ: 'JWT', kid: key.keyId })
      .sign(await importJWK(key.privateJwk, ID_TOKEN_ALGORITHM));
  }

  return {
    keys,
    sessionId: sessionIds(deps.keyring),

    async idToken({ subject, accessToken }, { withNonce }) {
      const scopes = scopeSet(subject.scopes.split(' '));
      if (!scopes.has('openid')) return undefined;
      const [login, who] = await Promise.all([
        storage.read.openid.login(subject.familyKey),
        person(subject.licenseId, subject.accountId),
      ]);
      if (!login || !who) return undefined;
      return sign(
        idTokenClaims({
          issuer: settings.publicUrl,
          clientId: subject.clientId,
          person: who,
          scopes,
          accessToken,
          authTime: login.authTime,
          amr: login.amr,
          nonce: withNonce ? login.nonce : null,
          sessionId: login.sessionId,
          now: clock.now(),
        }),
      );
    },

    async readHint(text) {
      if (text.length > LONGEST_HINT) return undefined;
      const { compactVerify, importJWK } = await loadJose();
      try {
        const { payload } = await compactVerify(
          text,
          async ({ kid }) => {
            const jwk = kid === undefined ? undefined : await keys.byId(kid);
            if (!jwk) throw new Error('unknown key');
            return importJWK(jwk, ID_TOKEN_ALGORITHM);
          },
          { algorithms: [ID_TOKEN_ALGORITHM] },
        );
        return readHintClaims(JSON.parse(new TextDecoder().decode(payload)), settings.publicUrl);
      } catch {
        return undefined;
      }
    },

    async userinfo(licenseId, accountId, scopes) {
      const who = await person(licenseId, accountId);
      if (who) return personClaims(who, scopes);
      throw new GatehouseError('authentication', 'The account of this token does not exist any more.');
    },
  };
}
