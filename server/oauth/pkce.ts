import { createHash, timingSafeEqual } from 'node:crypto';
import { readSdkChallenge } from './accounts_sdk_challenge.ts';
import type { PkcePolicy } from './client_profile.ts';

/** What is stored with a code and compared with the verifier when the code is redeemed. */
export type PkceChallenge = { readonly challenge: string; readonly method: 'S256' | 'plain' };

/** The challenge parameters of an authorization request; `undefined` when they were not sent. */
export type ChallengeRequest = {
  readonly challenge: string | undefined;
  readonly method: string | undefined;
  /**
   * Is the code sent to a custom scheme? Any program on the device can claim one and read the code, so that
   * PKCE is demanded whatever the profile (RFC 8252 §8.1). Ask `needsPkce` of the matched redirect URI.
   */
  readonly customScheme: boolean;
};

export type ChallengeProblem = {
  readonly code:
    | 'challenge_missing'
    | 'challenge_length'
    | 'challenge_characters'
    | 'method_unknown'
    | 'method_not_allowed'
    | 'method_without_challenge';
  readonly parameter: 'code_challenge' | 'code_challenge_method';
  readonly message: string;
};

export type CheckedChallenge =
  /** `null`: the request carried no challenge, and needs none. */
  | { readonly ok: true; readonly pkce: PkceChallenge | null }
  | { readonly ok: false; readonly problem: ChallengeProblem };

/** RFC 7636 §4.1 and §4.2: 43 to 128 of the unreserved characters of RFC 3986. */
const shortest = 43;
const longest = 128;
const unreserved = /^[A-Za-z0-9._~-]*$/;

/**
 * Checks the challenge of an authorization request that asks for a code. A parameter without a value
 * counts as not sent (RFC 6749 §3.1).
 */
export function checkChallenge(request: ChallengeRequest, policy: PkcePolicy): CheckedChallenge {
  const challenge = request.challenge || undefined;
  const method = request.method || undefined;
  if (challenge === undefined) {
    if (policy.required || request.customScheme) {
      return refuse('challenge_missing', 'code_challenge', missingChallenge(request, policy));
    }
    return method === undefined
      ? { ok: true, pkce: null }
      : refuse(
          'method_without_challenge',
          'code_challenge',
          `code_challenge_method was sent without code_challenge. Send both, or neither.`,
        );
  }
  const chosen = chooseMethod(method, policy);
  if (typeof chosen !== 'string') return chosen;
  const respelled = chosen === 'S256' ? readSdkChallenge(challenge) : undefined;
  if (respelled !== undefined) {
    if (policy.sdkChallengeAllowed) return { ok: true, pkce: { challenge: respelled, method: 'S256' } };
    return refuse(
      'challenge_length',
      'code_challenge',
      "code_challenge is spelled as the Accounts SDK does it: base64url of the hash's words as decimal numbers. The strict profile takes base64url of the 32 bytes of the hash alone.",
    );
  }
  return checkText(challenge, chosen) ?? { ok: true, pkce: { challenge, method: chosen } };
}

function missingChallenge(request: ChallengeRequest, policy: PkcePolicy): string {
  const reason = request.customScheme
    ? 'a redirect to a custom scheme can be caught by another program on the device'
    : policy.plainAllowed
      ? 'a JavaScript app keeps no secret, so that it proves itself by PKCE'
      : 'the strict profile asks PKCE of every app';
  return `code_challenge is missing: ${reason}. Send code_challenge, ${shortest} to ${longest} characters, and code_challenge_method=S256.`;
}

function chooseMethod(method: string | undefined, policy: PkcePolicy): 'S256' | 'plain' | CheckedChallenge {
  if (method === 'S256') return 'S256';
  if (method === 's256' && policy.smallS256Allowed) return 'S256';
  if (method === 'plain' || method === undefined) {
    if (policy.plainAllowed) return 'plain';
    const received =
      method === undefined
        ? 'code_challenge_method is missing, which means "plain" (RFC 7636 §4.3)'
        : 'code_challenge_method is "plain"';
    return refuse(
      'method_not_allowed',
      'code_challenge_method',
      `${received}. The strict profile takes "S256" alone.`,
    );
  }
  const allowed = policy.plainAllowed ? 'S256 or plain' : 'S256';
  return refuse(
    'method_unknown',
    'code_challenge_method',
    `code_challenge_method is "${shorten(method)}", which does not exist. It is spelled ${allowed}.`,
  );
}

/** `undefined` when the challenge can be right. */
function checkText(challenge: string, method: 'S256' | 'plain'): CheckedChallenge | undefined {
  if (!unreserved.test(challenge)) {
    const advice = /^[A-Za-z0-9+/_-]+={0,2}$/.test(challenge)
      ? 'It looks like plain base64: use base64url ("-" for "+", "_" for "/", no "=" at the end).'
      : 'Only letters, digits and - . _ ~ are allowed.';
    return refuse(
      'challenge_characters',
      'code_challenge',
      `code_challenge holds a character that cannot stand there. ${advice}`,
    );
  }
  const { length } = challenge;
  if (length < shortest || length > longest) {
    return refuse(
      'challenge_length',
      'code_challenge',
      `code_challenge is ${length} characters long. It needs ${shortest} to ${longest}.`,
    );
  }
  if (method === 'S256' && length !== shortest) {
    // No verifier could ever match: a SHA-256 hash in base64url is 43 characters long.
    const advice = /^[0-9a-f]{64}$/i.test(challenge)
      ? ' It looks like a hexadecimal hash: encode the 32 bytes of the hash by base64url instead.'
      : '';
    return refuse(
      'challenge_length',
      'code_challenge',
      `code_challenge is ${length} characters long. With S256 it has exactly ${shortest}.${advice}`,
    );
  }
  return undefined;
}

function refuse(
  code: ChallengeProblem['code'],
  parameter: ChallengeProblem['parameter'],
  message: string,
): { readonly ok: false; readonly problem: ChallengeProblem } {
  return { ok: false, problem: { code, parameter, message } };
}

export type VerifierProblem = {
  readonly code:
    | 'verifier_missing'
    | 'verifier_malformed'
    | 'verifier_mismatch'
    | 'verifier_without_challenge';
  readonly message: string;
};

export type CheckedVerifier =
  | { readonly ok: true }
  | { readonly ok: false; readonly problem: VerifierProblem };

/**
 * Compares the `code_verifier` of a token request with what was stored with the code (`null` when the
 * authorization request carried no challenge). An empty verifier counts as not sent.
 */
export function verifyVerifier(stored: PkceChallenge | null, verifier: string | undefined): CheckedVerifier {
  if (stored === null) {
    if (!verifier) return { ok: true };
    // RFC 9700 §2.1.1: otherwise somebody who strips the challenge from the authorization request switches
    // PKCE off without the client noticing.
    return deny(
      'verifier_without_challenge',
      'code_verifier was sent, but the authorization request carried no code_challenge. Send the challenge first, or leave the verifier out.',
    );
  }
  if (!verifier) {
    return deny(
      'verifier_missing',
      'code_verifier is missing. The code was asked for with a code_challenge, so that its verifier is needed.',
    );
  }
  if (verifier.length < shortest || verifier.length > longest || !unreserved.test(verifier)) {
    return deny(
      'verifier_malformed',
      `code_verifier is malformed. It has ${shortest} to ${longest} characters (received: ${verifier.length}), all of them letters, digits or - . _ ~.`,
    );
  }
  const derived = stored.method === 'S256' ? sha256(verifier).toString('base64url') : verifier;
  // Hashed once more, so that both sides have one length and the comparison takes one time.
  if (timingSafeEqual(sha256(derived), sha256(stored.challenge))) return { ok: true };
  const rule = stored.method === 'S256' ? 'base64url(SHA-256(code_verifier))' : 'code_verifier itself';
  return deny(
    'verifier_mismatch',
    `code_verifier does not belong to this code: with the method ${stored.method} the code_challenge is ${rule}.`,
  );
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}

function deny(code: VerifierProblem['code'], message: string): CheckedVerifier {
  return { ok: false, problem: { code, message } };
}

/** For messages: at most 24 characters, printable ASCII only. */
function shorten(text: string): string {
  const shown = text.replace(/[^\x20-\x7e]/g, '?');
  return shown.length > 24 ? `${shown.slice(0, 23)}…` : shown;
}
