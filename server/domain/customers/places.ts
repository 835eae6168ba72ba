import { isIP } from 'node:net';

/** Where an address is; what is not known is absent. */
export interface Place {
  country?: string | undefined;
  country_code?: string | undefined;
  region?: string | undefined;
  city?: string | undefined;
}

/** Looks up where an address is. */
export interface Places {
  of(ip: string | null): Place | undefined;
}

/** Knows nothing. */
export const NOWHERE: Places = { of: () => undefined };

interface Range {
  first: bigint;
  last: bigint;
  place: Place;
}

/**
 * Reads places of networks: lines of `network,country_code,country,region,city`, such as
 * `203.0.113.0/24,PL,Poland,Lower Silesia,Wrocław`. A network inside another one counts for its own addresses.
 * Lines that begin with `#`, and a first line that names the columns, are left out.
 * @throws Error that names the line which is none
 */
export function readPlaces(text: string): Places {
  const ranges: Range[] = [];
  text.split(/\r?\n/).forEach((line, index) => {
    if (line.trim() === '' || line.startsWith('#') || line.startsWith('network,')) return;
    const [network = '', code, country, region, city] = line.split(',').map((part) => part.trim());
    const range = rangeOf(network);
    if (!range) throw new Error(`line ${index + 1} does not begin with a network such as 203.0.113.0/24`);
    const place = {
      ...(code ? { country_code: code } : {}),
      ...(country ? { country } : {}),
      ...(region ? { region } : {}),
      ...(city ? { city } : {}),
    };
    ranges.push({ ...range, place });
  });
  // The narrower network comes later, so that it is met first on the way back.
  ranges.sort((a, b) => compare(a.first, b.first) || compare(b.last, a.last));
  // How far any network up to here reaches: where none does, nothing before it has to be looked at.
  const reach: bigint[] = [];
  for (const { last } of ranges) reach.push(max(reach.at(-1) ?? -1n, last));
  return {
    of(ip) {
      const address = ip === null ? undefined : numberOf(ip);
      if (address === undefined) return undefined;
      let index = lastNotAfter(ranges, address);
      while (index >= 0 && (reach[index] ?? -1n) >= address) {
        const range = ranges[index];
        if (range && range.last >= address) return range.place;
        index -= 1;
      }
      return undefined;
    },
  };
}

function lastNotAfter(ranges: readonly Range[], address: bigint): number {
  let [low, high] = [0, ranges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle]?.first ?? 0n) <= address) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

const compare = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);
const max = (a: bigint, b: bigint): bigint => (a > b ? a : b);

function rangeOf(network: string): { first: bigint; last: bigint } | undefined {
  const [ip = '', length] = network.split('/');
  const address = numberOf(ip);
  const bits = isIP(ip) === 4 ? 32 : 128;
  const prefix = length === undefined ? bits : /^\d{1,3}$/.test(length) ? Number(length) : -1;
  if (address === undefined || prefix < 0 || prefix > bits) return undefined;
  const size = 1n << BigInt(bits - prefix);
  const first = address - (address % size);
  return { first, last: first + size - 1n };
}

/** IPv4 addresses stand among IPv6 ones as ::ffff:0:0/96 (RFC 4291 §2.5.5.2). */
function numberOf(ip: string): bigint | undefined {
  const kind = isIP(ip);
  if (kind === 4) return 0xffff00000000n + ip.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);
  if (kind !== 6) return undefined;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (mapped) return numberOf(mapped);
  const plain = ip
    .replace(/%.*$/, '')
    .replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, a, b, c, d) =>
      [Number(a) * 256 + Number(b), Number(c) * 256 + Number(d)].map((part) => part.toString(16)).join(':'),
    );
  const [head = '', tail] = plain.split('::');
  const parts = (text: string) => (text === '' ? [] : text.split(':'));
  const [before, after] = [parts(head), parts(tail ?? '')];
  const missing = tail === undefined ? 0 : 8 - before.length - after.length;
  return [...before, ...Array<string>(missing).fill('0'), ...after].reduce(
    (sum, part) => sum * 65536n + BigInt(`0x${part}`),
    0n,
  );
}
