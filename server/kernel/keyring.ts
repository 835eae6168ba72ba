import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/**
 * Keys derived from the server's one secret (HKDF-SHA256, RFC 5869), one per purpose, so that a value made
 * for one purpose proves nothing for another.
 */
export interface Keyring {
  derive(purpose: string): Buffer;
}

export function keyring(secret: Uint8Array): Keyring {
  const derived = new Map<string, Buffer>();
  return {
    derive(purpose) {
      let key = derived.get(purpose);
      if (!key) {
        key = Buffer.from(hkdfSync('sha256', secret, 'gatehouse', purpose, 32));
        derived.set(purpose, key);
      }
      return key;
    },
  };
}

/** HMAC-SHA256, for values that are stored or signed. */
export function mac(key: Uint8Array, data: string | Uint8Array): Buffer {
  return createHmac('sha256', key).update(data).digest();
}

/** Compares in constant time; values of different length are unequal without a look at their bytes. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
