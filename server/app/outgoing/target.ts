import { OutgoingFailure } from '../../domain/outgoing.ts';
import { addressKind } from '../../kernel/ip_address.ts';

/** Finds the addresses of a host name. */
export type Resolve = (host: string) => Promise<readonly string[]>;

/** Where a request goes: to this address, whatever the name says a moment later. */
export interface Target {
  url: URL;
  address: string;
}

const LONGEST_URL = 2048;

/**
 * Checks an address and pins it down. Every address that the name has must be one that may be reached: a name
 * that also points inside is not trusted at all.
 * @param allowLoopback development mode: this machine may be reached, at any port
 * @throws OutgoingFailure `refused`
 */
export async function findTarget(text: string, resolve: Resolve, allowLoopback: boolean): Promise<Target> {
  const url = readUrl(text);
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  // The URL standard turns every spelling of an IPv4 address into the plain one, and brackets IPv6 ones.
  const literal = host.includes(':') || /^[\d.]+$/.test(host);
  const addresses = literal ? [host] : await resolve(host);
  const kinds = addresses.map(addressKind);
  const [address] = addresses;
  const reachable = kinds.every((kind) => kind === 'public' || (allowLoopback && kind === 'loopback'));
  if (address === undefined || !reachable)
    throw new OutgoingFailure('refused', `${host} is not an address of the public internet`);
  if (url.port !== '' && kinds[0] !== 'loopback')
    throw new OutgoingFailure('refused', `port ${url.port} is not the default one`);
  return { url, address };
}

function readUrl(text: string): URL {
  if (text.length > LONGEST_URL || !URL.canParse(text))
    throw new OutgoingFailure('refused', 'this is no URL, or too long a one');
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new OutgoingFailure('refused', `${url.protocol} is not a protocol of pages`);
  if (url.username !== '' || url.password !== '')
    throw new OutgoingFailure('refused', 'the URL holds a user name or password');
  return url;
}
