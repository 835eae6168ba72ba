import { randomBytes, randomUUID } from 'node:crypto';

/** The only source of randomness, injected like the clock. */
export interface Random {
  bytes(length: number): Buffer;
  uuid(): string;
}

/** Cryptographically strong randomness; small requests are served from a pool, since a call costs more than its bytes. */
export function systemRandom(): Random {
  const poolSize = 4096;
  let pool = Buffer.alloc(0);
  let used = 0;
  return {
    bytes(length) {
      if (length > poolSize / 4) return randomBytes(length);
      if (used + length > pool.length) {
        pool = randomBytes(poolSize);
        used = 0;
      }
      const slice = Buffer.from(pool.subarray(used, used + length));
      pool.fill(0, used, used + length);
      used += length;
      return slice;
    },
    uuid: () => randomUUID(),
  };
}
