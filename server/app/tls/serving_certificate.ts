import { X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';
import { type Config, ConfigError } from '../config.ts';
import type { KeyPair } from './certificates.ts';

/** What the listener shows. */
export interface ServingCertificate extends KeyPair {
  /** The authority to trust, where it is our own. */
  authorityFile: string | undefined;
}

type TlsConfig = Pick<
  Config,
  'tls' | 'tlsCertificate' | 'tlsKey' | 'tlsHosts' | 'dataDir' | 'publicUrl' | 'host'
>;

const DAY = 86_400_000;
/** Renewed when less than this is left. */
const RENEW_DAYS = 30;

/**
 * This machine, and LiveChat's own hosts: some of its clients have them built in, and reach this server by an
 * entry in the hosts file.
 */
const LOCAL_HOSTS = [
  'localhost',
  '127.0.0.1',
  '::1',
  'accounts.livechat.com',
  'accounts.livechatinc.com',
  'api.livechat.com',
  'api.livechatinc.com',
];

/** Whether the server speaks https by itself. */
export function speaksTls(config: TlsConfig): boolean {
  return config.tls || config.tlsCertificate !== undefined;
}

/**
 * The certificate of the configuration or, with `--tls` alone, one by an authority of this server's own, which is
 * made at the first start and kept in `<data-dir>/tls`.
 * @param now milliseconds
 * @throws ConfigError when the files of the configuration cannot be used
 */
export async function servingCertificate(config: TlsConfig, now: number): Promise<ServingCertificate> {
  if (config.tlsCertificate !== undefined || config.tlsKey !== undefined) return givenCertificate(config);
  const folder = join(config.dataDir, 'tls');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const authorityFile = join(folder, 'ca.pem');
  const hosts = certificateHosts(config);
  // Certificates are made once in a while, and the library for it is needed by no other.
  const { makeAuthority, makeLeaf } = await import('./certificates.ts');
  let authority = readPair(authorityFile, join(folder, 'ca.key'));
  if (!authority || daysLeft(authority.certificate, now) < RENEW_DAYS) {
    authority = await makeAuthority(now);
    writePair(authority, authorityFile, join(folder, 'ca.key'));
  }
  let leaf = readPair(join(folder, 'server.pem'), join(folder, 'server.key'));
  if (!leaf || !isGood(leaf, authority, hosts, now)) {
    leaf = await makeLeaf(authority, hosts, now);
    writePair(leaf, join(folder, 'server.pem'), join(folder, 'server.key'));
  }
  return { ...leaf, authorityFile };
}

/** Names and addresses that our own certificate is good for. */
export function certificateHosts(config: TlsConfig): string[] {
  const own = config.publicUrl === undefined ? [] : [hostOf(config.publicUrl)];
  const listening = /^(0\.0\.0\.0|::)$/.test(config.host) ? [] : [config.host];
  return [...new Set([...LOCAL_HOSTS, ...own, ...listening, ...config.tlsHosts])];
}

function hostOf(origin: string): string {
  return new URL(origin).hostname.replace(/^\[|\]$/g, '');
}

function givenCertificate({ tlsCertificate, tlsKey }: TlsConfig): ServingCertificate {
  if (tlsCertificate === undefined || tlsKey === undefined)
    throw new ConfigError('TLS_CERTIFICATE and TLS_KEY belong together: set both, or neither.');
  const pair = {
    certificate: readFileSync(tlsCertificate, 'utf8'),
    privateKey: readFileSync(tlsKey, 'utf8'),
  };
  try {
    createSecureContext({ cert: pair.certificate, key: pair.privateKey });
  } catch (error) {
    throw new ConfigError(
      `TLS_CERTIFICATE ${JSON.stringify(tlsCertificate)} and TLS_KEY ${JSON.stringify(tlsKey)} cannot be used together (${(error as NodeJS.ErrnoException).code ?? (error as Error).message}). They should be a certificate with its chain and its private key, both as PEM without a pass phrase.`,
    );
  }
  return { ...pair, authorityFile: undefined };
}

function isGood(leaf: KeyPair, authority: KeyPair, hosts: readonly string[], now: number): boolean {
  const certificate = new X509Certificate(leaf.certificate);
  return (
    daysLeft(leaf.certificate, now) >= RENEW_DAYS &&
    certificate.verify(new X509Certificate(authority.certificate).publicKey) &&
    hosts.every(
      (host) => (isIP(host) ? certificate.checkIP(host) : certificate.checkHost(host)) !== undefined,
    )
  );
}

function daysLeft(certificate: string, now: number): number {
  return (new X509Certificate(certificate).validToDate.getTime() - now) / DAY;
}

function readPair(certificateFile: string, keyFile: string): KeyPair | undefined {
  if (!existsSync(certificateFile) || !existsSync(keyFile)) return undefined;
  return { certificate: readFileSync(certificateFile, 'utf8'), privateKey: readFileSync(keyFile, 'utf8') };
}

/** The key first: a certificate without one is made anew at the next start. */
function writePair(pair: KeyPair, certificateFile: string, keyFile: string): void {
  write(keyFile, pair.privateKey, 0o600);
  write(certificateFile, pair.certificate, 0o644);
}

function write(file: string, content: string, mode: number): void {
  writeFileSync(`${file}.new`, `${content.trim()}\n`, { mode, flush: true });
  renameSync(`${file}.new`, file);
}
