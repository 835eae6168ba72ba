// The library of certificates wants it loaded before itself.
import 'reflect-metadata';
import { randomBytes, webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import * as x509 from '@peculiar/x509';

/** A certificate and its private key, as PEM. */
export interface KeyPair {
  certificate: string;
  privateKey: string;
}

const DAY = 86_400_000;
const AUTHORITY_DAYS = 3_650;
/** Browsers refuse leaves that live longer than 398 days; short ones are no trouble, since each start renews them. */
export const LEAF_DAYS = 90;
/** Clocks differ. */
const BACKDATED = DAY;

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/**
 * Makes a certificate authority of this server's own (RFC 5280, section 4.2.1.9: it signs leaves and no other
 * authorities).
 * @param now milliseconds
 */
export async function makeAuthority(now: number): Promise<KeyPair> {
  const keys = await newKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: [{ CN: [`Gatehouse local authority ${randomBytes(3).toString('hex')}`] }],
    notBefore: new Date(now - BACKDATED),
    notAfter: new Date(now + AUTHORITY_DAYS * DAY),
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate: certificate.toString('pem'), privateKey: await privatePem(keys.privateKey) };
}

/**
 * Makes the certificate that the server shows, signed by its authority.
 * @param hosts names and addresses that it is good for
 * @param now milliseconds
 */
export async function makeLeaf(authority: KeyPair, hosts: readonly string[], now: number): Promise<KeyPair> {
  const issuer = new x509.X509Certificate(authority.certificate);
  const keys = await newKeys();
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: [{ CN: ['Gatehouse'] }],
    issuer: issuer.subject,
    notBefore: new Date(now - BACKDATED),
    notAfter: new Date(now + LEAF_DAYS * DAY),
    signingAlgorithm: ALGORITHM,
    publicKey: keys.publicKey,
    // The same type by two names: Node's knows usages of the latest algorithms, the library's does not.
    signingKey: (await readPrivate(authority.privateKey)) as CryptoKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(
        hosts.map((host) => ({ type: isIP(host) ? ('ip' as const) : ('dns' as const), value: host })),
      ),
      await x509.AuthorityKeyIdentifierExtension.create(issuer),
    ],
  });
  return {
    // Clients that know only the authority need nothing between; it is sent along for those that look.
    certificate: `${certificate.toString('pem')}\n${authority.certificate}`,
    privateKey: await privatePem(keys.privateKey),
  };
}

async function newKeys(): Promise<CryptoKeyPair> {
  return (await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])) as CryptoKeyPair;
}

async function privatePem(key: webcrypto.CryptoKey): Promise<string> {
  return x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');
}

function readPrivate(pem: string): Promise<webcrypto.CryptoKey> {
  const [raw] = x509.PemConverter.decode(pem);
  if (!raw) throw new Error('no private key');
  return webcrypto.subtle.importKey('pkcs8', raw, ALGORITHM, false, ['sign']);
}

/** Sixteen random bytes, positive (RFC 5280, section 4.1.2.2). */
function serialNumber(): string {
  return randomBytes(16).toString('hex').replace(/^./, '4');
}
