import { X509Certificate } from 'node:crypto';
import type { FieldProblem } from '../../kernel/errors.ts';

const LONGEST_URL = 2_048;
/** SAML core §8.3.6. */
const LONGEST_ENTITY_ID = 1_024;
const LONGEST_CERTIFICATE = 20_000;
/** One that signs and the one that will: providers announce a new key before they use it. */
const MOST_CERTIFICATES = 3;
const SHORTEST_KEY_BITS = 2_048;

const PEM = /-----BEGIN CERTIFICATE-----\s+[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;

export interface SamlFields {
  entrypoint: string;
  certificate: string;
  idpEntityId: string;
  spEntityId: string | null;
}

/** What is wrong with the address to which browsers are sent; undefined when nothing is. */
function entrypointProblem(text: string, developmentMode: boolean): string | undefined {
  if (text.length > LONGEST_URL || !URL.canParse(text))
    return 'This is no URL. It looks like https://idp.example.com/sso/saml.';
  const { protocol, username, password, hash, hostname } = new URL(text);
  const isHere = developmentMode && ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  if (protocol !== 'https:' && !(protocol === 'http:' && isHere))
    return 'Use the https address of the identity provider: people sign in there.';
  if (username !== '' || password !== '') return 'Leave out the user name and password.';
  return hash === ''
    ? undefined
    : `Leave out the fragment, ${hash.slice(0, 40)}: browsers keep it to themselves.`;
}

function certificateProblem(text: string): string | undefined {
  if (text.length > LONGEST_CERTIFICATE) return 'This is too long for a few certificates.';
  if (/PRIVATE KEY-----/.test(text))
    return 'This is a private key. Nobody but the identity provider may have it: replace it there, and paste the certificate instead.';
  const found = certificatesOf(text);
  const rest = text.replace(PEM, '').trim();
  if (found.length === 0 || rest !== '')
    return 'Paste the signing certificate in PEM: from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----, with nothing around it.';
  if (found.length > MOST_CERTIFICATES) return `At most ${MOST_CERTIFICATES} certificates are taken.`;
  for (const pem of found) {
    const certificate = readCertificate(pem);
    if (!certificate) return 'This cannot be read as an X.509 certificate. Was it copied whole?';
    const { asymmetricKeyType, asymmetricKeyDetails } = certificate.publicKey;
    if (asymmetricKeyType !== 'rsa')
      return `Its key is of the kind ${asymmetricKeyType}; signatures are checked with RSA keys.`;
    const bits = asymmetricKeyDetails?.modulusLength ?? 0;
    if (bits < SHORTEST_KEY_BITS)
      return `Its key has ${bits} bits; at least ${SHORTEST_KEY_BITS} are needed. Make a new one at the identity provider.`;
  }
  return undefined;
}

function entityIdProblem(text: string): string | undefined {
  if (text.trim() === '' || text.length > LONGEST_ENTITY_ID)
    return `An entity id has 1 to ${LONGEST_ENTITY_ID} characters; it is often a URL.`;
  return /[\s\p{C}<>]/u.test(text) ? 'An entity id has no spaces, line breaks or angle brackets.' : undefined;
}

/** All that is wrong with a configuration, one problem a field, named as on the wire. */
export function samlProblems(fields: SamlFields, developmentMode: boolean): FieldProblem[] {
  const found: [string, string | undefined][] = [
    ['entrypoint', entrypointProblem(fields.entrypoint, developmentMode)],
    ['certificate', certificateProblem(fields.certificate)],
    ['idp_entity_id', entityIdProblem(fields.idpEntityId)],
    ['sp_entity_id', fields.spEntityId === null ? undefined : entityIdProblem(fields.spEntityId)],
  ];
  return found.flatMap(([field, message]) => (message === undefined ? [] : [{ field, message }]));
}

/** The certificates of a PEM text, each by itself. */
export function certificatesOf(text: string): string[] {
  return text.match(PEM) ?? [];
}

/** For people to compare: until when a certificate says it is good, and its SHA-256 fingerprint. */
export function certificateFacts(text: string): { expiresAt: string; fingerprint: string }[] {
  return certificatesOf(text).flatMap((pem) => {
    const read = readCertificate(pem);
    return read ? [{ expiresAt: read.validToDate.toISOString(), fingerprint: read.fingerprint256 }] : [];
  });
}

function readCertificate(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}
