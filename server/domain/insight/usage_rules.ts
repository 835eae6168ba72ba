import { fewest, type ScopesLike, satisfy, scopeSet } from '../../oauth/scopes.ts';
import { findScope, type ScopeId } from '../../wire/scope_catalogue.ts';

/** Milliseconds; an answer that took longer than the last is in one more bucket. */
export const LATENCY_BOUNDS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000] as const;

/** Which bucket a time belongs to: the first whose bound it does not pass. */
export function bucketOf(milliseconds: number): number {
  let bucket = 0;
  while (bucket < LATENCY_BOUNDS.length && milliseconds > (LATENCY_BOUNDS[bucket] ?? 0)) bucket += 1;
  return bucket;
}

/**
 * The time that this share of answers kept, as far as buckets know it: a bound, in milliseconds. Undefined where
 * nothing was counted; infinite beyond the last bound.
 */
export function percentile(
  counts: readonly { bucket: number; requests: number }[],
  share: number,
): number | undefined {
  const byBucket = new Map<number, number>();
  let all = 0;
  for (const { bucket, requests } of counts) {
    byBucket.set(bucket, (byBucket.get(bucket) ?? 0) + requests);
    all += requests;
  }
  if (all === 0) return undefined;
  let seen = 0;
  for (let bucket = 0; bucket <= LATENCY_BOUNDS.length; bucket += 1) {
    seen += byBucket.get(bucket) ?? 0;
    if (seen >= share * all) return LATENCY_BOUNDS[bucket] ?? Number.POSITIVE_INFINITY;
  }
  return Number.POSITIVE_INFINITY;
}

export interface ScopeUse {
  /** Of the app's scopes, those by which something was opened. */
  used: ScopeId[];
  unused: ScopeId[];
  /** The fewest scopes that would have opened the same. */
  smaller: ScopeId[];
}

/**
 * Which of an app's scopes its requests needed.
 * @param opened for each method that answered, the scopes any one of which opens it
 */
export function scopeUse(scopes: readonly ScopeId[], opened: readonly (readonly ScopeId[])[]): ScopeUse {
  const granted: ScopesLike = scopeSet(scopes);
  const needed = new Set<ScopeId>();
  for (const anyOf of opened) {
    const matched = satisfy(granted, anyOf);
    if (matched !== undefined) needed.add(matched);
  }
  // Those of OpenID Connect open no method: what they tell goes into the ID token.
  const kept = scopes.filter((scope) => findScope(scope).standardOnly);
  const used = scopes.filter(
    (scope) => kept.includes(scope) || [...needed].some((one) => scopeSet([scope]).has(one)),
  );
  return {
    used,
    unused: scopes.filter((scope) => !used.includes(scope)),
    smaller: [...fewest([...needed, ...kept]).ids],
  };
}
