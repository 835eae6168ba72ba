/**
 * What a client may do, resolved once from its own settings and its organization's. Everything downstream
 * (authorize, token, Console) reads this record and asks no further questions about profiles.
 */

export const clientTypes = ['server_side_app', 'javascript_app'] as const;
/** `server_side_app` keeps a secret (confidential), `javascript_app` cannot (public): RFC 6749 §2.1. */
export type ClientType = (typeof clientTypes)[number];

export const profiles = ['compatible', 'strict'] as const;
export type Profile = (typeof profiles)[number];

/** What an app's owner may loosen or tighten in the compatible profile. */
export type ClientSwitches = {
  readonly acceptSubPaths: boolean;
  readonly allowPlainHttp: boolean;
  readonly rotateRefreshTokens: boolean;
};

/** All that decides about a redirect URI. `switches` are as set; the strict profile does not heed them. */
export type RedirectPolicy = {
  readonly type: ClientType;
  readonly profile: Profile;
  readonly switches: Pick<ClientSwitches, 'acceptSubPaths' | 'allowPlainHttp'>;
};

export type PkcePolicy = {
  /** Must every authorization request that asks for a code carry a challenge? */
  readonly required: boolean;
  /** `plain`, and a missing method, which means `plain` (RFC 7636 §4.3). */
  readonly plainAllowed: boolean;
  /** LiveChat's parameter table spells the method `s256`. */
  readonly smallS256Allowed: boolean;
  /** The Accounts SDK's spelling of an S256 challenge: see `accounts_sdk_challenge.ts`. */
  readonly sdkChallengeAllowed: boolean;
};

export type ClientPolicy = {
  readonly type: ClientType;
  readonly profile: Profile;
  /** Who chose the profile: the app's owner, or the organization's for all its apps. */
  readonly profileSetBy: 'app' | 'organization';
  /** Must the client prove its secret at the token endpoint? */
  readonly confidential: boolean;
  readonly redirect: RedirectPolicy;
  readonly pkce: PkcePolicy;
  /** May `response_type=token` be used? Such a grant never carries a refresh token. */
  readonly implicitAllowed: boolean;
  /** `none`: one refresh token for the whole grant, bound to the client by its secret. */
  readonly refreshRotation: 'rotate' | 'none';
  /** A refresh token unused for this long is dead. */
  readonly refreshIdleSeconds: number;
  /** However often it is used or rotated, a grant's refreshing ends this long after consent. */
  readonly refreshAbsoluteSeconds: number;
  /** For so long a rotated refresh token that is sent again gets the same successor: a retry, not a theft. */
  readonly refreshRetryWindowSeconds: number;
  readonly accessTokenSeconds: number;
  /** For how long an authorization code may be redeemed. */
  readonly codeSeconds: number;
  /** Does an authorization request without `scope` ask for all the app's scopes? */
  readonly missingScopeMeansAll: boolean;
  /** Which redirects may skip consent for a private app of one's own organization. */
  readonly consentSkippedFor: 'any_redirect' | 'https_redirect';
};

/** OAuth 2.1 §4.1.2 and RFC 9700: a program redeems a code at once. */
export const STRICT_CODE_SECONDS = 60;

const day = 86_400;

/** What holds in both profiles. */
const always = {
  refreshIdleSeconds: 30 * day,
  refreshAbsoluteSeconds: 180 * day,
  refreshRetryWindowSeconds: 10,
} as const;

/**
 * Resolves the policy of a client. An organization that forces the strict profile overrides the app's own
 * choice; the app's switches are kept in its record, but the strict profile does not heed those that loosen.
 */
export function policyOf(
  client: { readonly type: ClientType; readonly profile: Profile; readonly switches: ClientSwitches },
  organization: { readonly forceStrict: boolean },
): ClientPolicy {
  const strict = organization.forceStrict || client.profile === 'strict';
  const confidential = client.type === 'server_side_app';
  const profile: Profile = strict ? 'strict' : 'compatible';
  return {
    ...always,
    type: client.type,
    profile,
    profileSetBy: organization.forceStrict && client.profile !== 'strict' ? 'organization' : 'app',
    confidential,
    redirect: {
      type: client.type,
      profile,
      switches: {
        acceptSubPaths: !strict && client.switches.acceptSubPaths,
        allowPlainHttp: !strict && client.switches.allowPlainHttp,
      },
    },
    pkce: {
      // OAuth 2.1 §7.5.1 asks it of everybody. A compatible server-side app has its secret instead.
      required: strict || !confidential,
      plainAllowed: !strict,
      smallS256Allowed: !strict,
      sdkChallengeAllowed: !strict,
    },
    // RFC 9700 §2.1.2 advises against the implicit grant, OAuth 2.1 leaves it out.
    implicitAllowed: !strict && !confidential,
    // RFC 9700 §4.14.2: a public client's refresh tokens rotate or are bound to their sender; a confidential
    // client binds them by authenticating. The switch tightens, so that it counts in both profiles.
    refreshRotation: !confidential || client.switches.rotateRefreshTokens ? 'rotate' : 'none',
    accessTokenSeconds: strict ? 3_600 : 28_800,
    // RFC 6749 §4.1.2 recommends ten minutes at most. Compatible: the tutorial has a person copy the code out
    // of the address bar into a curl command, which takes minutes. Strict: a program redeems it at once.
    codeSeconds: strict ? STRICT_CODE_SECONDS : 300,
    missingScopeMeansAll: !strict,
    // Any program on a device can listen on a loopback port or claim a scheme, so that a person has to
    // confirm whom the code goes to (RFC 8252 §8.6).
    consentSkippedFor: strict ? 'https_redirect' : 'any_redirect',
  };
}
