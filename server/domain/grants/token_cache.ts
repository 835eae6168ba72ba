/** A credential that was found good, and all that a call needs to know about its holder. */
export interface CachedToken<T> {
  secretHash: Uint8Array;
  familyKey: number | null;
  expiresAt: number;
  value: T;
}

/**
 * Remembers good credentials by their row key, so that a call costs no query. Entries go when they are
 * revoked, when anything they depend on changes, when they expire, or by age.
 *
 * The epoch guards against the race in which a row is read, then revoked, and only then remembered.
 */
export interface TokenCache<T> {
  epoch(): number;
  get(key: number, now: number): CachedToken<T> | undefined;
  /** Does nothing when something was forgotten since `epoch` was asked. */
  set(key: number, entry: CachedToken<T>, epoch: number, now: number): void;
  forget(key: number): void;
  forgetFamily(familyKey: number): void;
  forgetAll(): void;
  statistics(): { size: number; hits: number; misses: number };
}

export function tokenCache<T>(options: { capacity: number; maxAge: () => number }): TokenCache<T> {
  const entries = new Map<number, CachedToken<T> & { readAt: number }>();
  let epoch = 0;
  let hits = 0;
  let misses = 0;
  return {
    epoch: () => epoch,
    get(key, now) {
      const entry = entries.get(key);
      if (entry && entry.expiresAt > now && now - entry.readAt <= options.maxAge()) {
        hits += 1;
        return entry;
      }
      misses += 1;
      if (entry) entries.delete(key);
      return undefined;
    },
    set(key, entry, since, now) {
      if (since !== epoch) return;
      if (entries.size >= options.capacity) {
        const oldest = entries.keys().next().value;
        if (oldest !== undefined) entries.delete(oldest);
      }
      entries.set(key, { ...entry, readAt: now });
    },
    forget(key) {
      epoch += 1;
      entries.delete(key);
    },
    forgetFamily(familyKey) {
      epoch += 1;
      for (const [key, entry] of entries) if (entry.familyKey === familyKey) entries.delete(key);
    },
    forgetAll() {
      epoch += 1;
      entries.clear();
    },
    statistics: () => ({ size: entries.size, hits, misses }),
  };
}
