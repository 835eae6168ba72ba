import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import type { Passkey } from './factor_store.ts';

/** Where a passkey is good: the public address of the server. */
export interface RelyingParty {
  /** Its host name (WebAuthn §5.1.2). */
  id: string;
  origin: string;
}

/** An authenticator's answer as a form brings it: JSON text of a stranger. */
export interface PasskeyAnswer {
  credentialId: string;
  /** What was asked to be signed, in base64url: which of our challenges that is, only the row can tell. */
  challenge: string;
  /** In base64url; only signing in has one. */
  userHandle: string | undefined;
  json: unknown;
}

const BASE64URL = /^[A-Za-z0-9_-]{1,2048}$/;
/** Of our challenges: what is longer is none. */
const CHALLENGE = /^[A-Za-z0-9_-]{1,128}$/;

/** ES256, EdDSA and RS256, which every authenticator can do one of (COSE algorithm numbers). */
export const PASSKEY_ALGORITHMS = [-7, -8, -257];

/** Reads what can be read without knowing the key; undefined for what is no such answer. */
export function readPasskeyAnswer(text: string): PasskeyAnswer | undefined {
  const json = parse(text);
  const credentialId = field(json, 'id');
  const response = field(json, 'response');
  const clientData = field(response, 'clientDataJSON');
  if (typeof credentialId !== 'string' || !BASE64URL.test(credentialId)) return undefined;
  if (typeof clientData !== 'string') return undefined;
  const challenge = field(parse(Buffer.from(clientData, 'base64url').toString('utf8')), 'challenge');
  if (typeof challenge !== 'string' || !CHALLENGE.test(challenge)) return undefined;
  const userHandle = field(response, 'userHandle');
  return {
    credentialId,
    challenge,
    userHandle: typeof userHandle === 'string' ? userHandle : undefined,
    json,
  };
}

/**
 * Checks a new passkey (WebAuthn §7.1): challenge, origin, host, the person verified by the authenticator.
 * Undefined when anything is wrong. The library is large, so that it is loaded for the first passkey.
 */
export async function checkNewPasskey(
  answer: PasskeyAnswer,
  party: RelyingParty,
): Promise<Pick<Passkey, 'credentialId' | 'publicKey' | 'counter' | 'transports' | 'synced'> | undefined> {
  const { verifyRegistrationResponse } = await import('@simplewebauthn/server');
  try {
    const { registrationInfo: info } = await verifyRegistrationResponse({
      response: answer.json as RegistrationResponseJSON,
      expectedChallenge: answer.challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
      supportedAlgorithmIDs: PASSKEY_ALGORITHMS,
    });
    if (!info) return undefined;
    const { id, publicKey, counter, transports } = info.credential;
    return {
      credentialId: id,
      publicKey,
      counter,
      transports: Array.isArray(transports) ? transports.filter(isTransport).slice(0, 8) : [],
      synced: info.credentialDeviceType === 'multiDevice',
    };
  } catch {
    return undefined;
  }
}

/**
 * Checks the signature of a known passkey (WebAuthn §7.2). Its counter is compared where it is stored, so that
 * two who come at once cannot both pass.
 * @returns the counter that was signed; undefined when anything is wrong
 */
export async function checkPasskey(
  answer: PasskeyAnswer,
  { credentialId, publicKey }: Passkey,
  party: RelyingParty,
): Promise<number | undefined> {
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server');
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: answer.json as AuthenticationResponseJSON,
      expectedChallenge: answer.challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
      credential: { id: credentialId, publicKey: Uint8Array.from(publicKey), counter: 0 },
    });
    return verified ? authenticationInfo.newCounter : undefined;
  } catch {
    return undefined;
  }
}

/** WebAuthn §5.8.4: words such as `internal`, `usb`, `hybrid`; new ones may come. */
function isTransport(value: unknown): value is string {
  return typeof value === 'string' && /^[a-z-]{1,20}$/.test(value);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function field(value: unknown, name: string): unknown {
  return value !== null && typeof value === 'object' && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
