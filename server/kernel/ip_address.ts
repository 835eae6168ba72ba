import { isIPv4, isIPv6 } from 'node:net';

/** The 4 or 16 bytes of an address in text; undefined for what is no address. A zone (`%eth0`) is left out. */
export function addressBytes(text: string): Uint8Array | undefined {
  if (isIPv4(text)) return Uint8Array.from(text.split('.'), Number);
  if (!isIPv6(text)) return undefined;
  const [address = ''] = text.split('%');
  const [head = '', tail] = address.split('::');
  const before = groupsOf(head);
  const after = tail === undefined ? [] : groupsOf(tail);
  const gap = tail === undefined ? 0 : 8 - before.length - after.length;
  const groups = [...before, ...Array<number>(gap).fill(0), ...after];
  return Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 0xff]));
}

function groupsOf(text: string): number[] {
  if (text === '') return [];
  return text.split(':').flatMap((group) => {
    if (!group.includes('.')) return [Number.parseInt(group, 16)];
    const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number);
    return [(a << 8) | b, (c << 8) | d];
  });
}

/** The IPv4 address inside an IPv6 one that only wraps it (RFC 4291 §2.5.5.2); any other address as it is. */
function unwrapped(bytes: Uint8Array): Uint8Array {
  const wraps =
    bytes.length === 16 &&
    bytes.subarray(0, 10).every((byte) => byte === 0) &&
    bytes[10] === 0xff &&
    bytes[11] === 0xff;
  return wraps ? bytes.subarray(12) : bytes;
}

/** One spelling for each address: wrapped IPv4 addresses as IPv4, IPv6 in eight groups. Other text as it is. */
export function normalAddress(text: string): string {
  const bytes = addressBytes(text);
  return bytes ? textOf(unwrapped(bytes)) : text;
}

function textOf(bytes: Uint8Array): string {
  if (bytes.length === 4) return bytes.join('.');
  return Array.from({ length: 8 }, (_, index) =>
    (((bytes[index * 2] ?? 0) << 8) | (bytes[index * 2 + 1] ?? 0)).toString(16),
  ).join(':');
}

/** Who is given an IPv6 address is given a /64 at least: all its addresses count as one. Other text stays as it is. */
export function networkOf(text: string): string {
  const normal = normalAddress(text);
  return normal.includes(':') && isIPv6(normal) ? `${normal.split(':').slice(0, 4).join(':')}::/64` : normal;
}

/** What an address is for: `public` alone is meant to be reached from everywhere. */
export type AddressKind = 'public' | 'loopback' | 'reserved';

/** IANA's special-purpose registries (RFC 6890), with what was added since; multicast and the future class E too. */
const RESERVED = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  // Inside 2000::/3: Teredo and other protocol assignments, documentation, and 6to4, which wraps any IPv4 address.
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
].map(readRange);
const LOOPBACK = ['127.0.0.0/8', '::1/128'].map(readRange);
/** All that is given out of IPv6 so far; everything beside it is local, translated (64:ff9b::) or nobody's. */
const GLOBAL_IPV6 = readRange('2000::/3');

interface Range {
  bytes: Uint8Array;
  bits: number;
}

function readRange(text: string): Range {
  const [address = '', bits] = text.split('/');
  return { bytes: addressBytes(address) ?? new Uint8Array(), bits: Number(bits) };
}

function contains({ bytes, bits }: Range, address: Uint8Array): boolean {
  if (bytes.length !== address.length) return false;
  for (let bit = 0; bit < bits; bit += 8) {
    const mask = bits - bit >= 8 ? 0xff : (0xff << (8 - (bits - bit))) & 0xff;
    if (((bytes[bit / 8] ?? 0) & mask) !== ((address[bit / 8] ?? 0) & mask)) return false;
  }
  return true;
}

/** @returns `reserved` also for what is no address */
export function addressKind(text: string): AddressKind {
  const found = addressBytes(text);
  if (!found) return 'reserved';
  const bytes = unwrapped(found);
  if (LOOPBACK.some((range) => contains(range, bytes))) return 'loopback';
  if (bytes.length === 16 && !contains(GLOBAL_IPV6, bytes)) return 'reserved';
  return RESERVED.some((range) => contains(range, bytes)) ? 'reserved' : 'public';
}
