import { days, type Micros, seconds } from '../../kernel/clock.ts';
import { type OpaqueTokens, sameSecret } from '../../oauth/opaque_token.ts';
import type { Stores } from '../storage.ts';
import type { CustomerBrowser } from './customer_records.ts';

/** Two years, from the last use on (docs: authorization/customer-authorization#cookie-grant). */
export const COOKIE_LIFE = days(730);

/**
 * A secret is replaced when it is used, at most once in this time: requests of several tabs are under way
 * together, each with the secret that the browser had when it was sent.
 */
export const GRACE = seconds(30);

/** What the two cookies carry. */
export interface CustomerCookies {
  /** `__lc_cid` */
  id: string;
  /** `__lc_cst` */
  secret: string;
}

/**
 * - `unknown`: not cookies of ours, or too old;
 * - `rotate`: the present secret, to be replaced;
 * - `keep`: the present secret, new enough to stay;
 * - `repeat`: the secret before it, whose successor is given once more;
 * - `reused`: a secret that was replaced long ago, so that somebody has a copy.
 */
export type CookieUse = 'unknown' | 'rotate' | 'keep' | 'repeat' | 'reused';

/**
 * Judges presented cookies. A successor that never came back may not have arrived (a page that is left
 * drops the answer), so that the secret before it stays good until the successor is seen.
 */
export function judgeCookies(
  browser: CustomerBrowser | undefined,
  presented: { id: string; secretHash: Uint8Array },
  now: Micros,
): CookieUse {
  if (!browser || browser.id !== presented.id || browser.expiresAt <= now) return 'unknown';
  const fresh = now - browser.rotatedAt <= GRACE;
  if (sameSecret(presented.secretHash, browser.secretHash)) return fresh ? 'keep' : 'rotate';
  const before = browser.previousSecretHash;
  if (before !== null && sameSecret(presented.secretHash, before))
    return fresh || browser.confirmedAt === null ? 'repeat' : 'reused';
  // The row's key is masked with the secret: what leads here and fits not was once a secret of this row.
  return 'reused';
}

/** The browser behind cookies, and what its cookies are from now on. */
export interface RecognizedBrowser {
  key: number;
  cookies: CustomerCookies;
}

/**
 * Recognizes a browser in a unit of work, and moves its secret and its end. The successor is derived from the
 * presented secret, so that two tabs get the same one although only hashes are stored.
 */
export async function recognizeBrowser(
  stores: Stores,
  tokens: OpaqueTokens,
  presented: CustomerCookies | undefined,
  now: Micros,
): Promise<RecognizedBrowser | { reused: number } | undefined> {
  const parsed = presented && tokens.parse(presented.secret);
  if (!presented || parsed?.kind !== 'browser') return undefined;
  const { key, secretHash } = parsed;
  const expiresAt = now + COOKIE_LIFE;
  const answer = (secret: string) => ({ key, cookies: { id: presented.id, secret } });
  let use = judgeCookies(await stores.grants.customerBrowser(key), { id: presented.id, secretHash }, now);
  if (use === 'rotate') {
    const successor = tokens.derive('browser', key, presented.secret);
    const change = { presented: secretHash, successor: successor.secretHash, expiresAt, now };
    if (await stores.grants.rotateCustomerBrowser(key, change)) return answer(successor.text);
    // Another tab was faster.
    use = judgeCookies(await stores.grants.customerBrowser(key), { id: presented.id, secretHash }, now);
  }
  if (use === 'reused') return { reused: key };
  if (use === 'unknown') return undefined;
  await stores.grants.touchCustomerBrowser(key, { confirmed: use !== 'repeat', expiresAt, now });
  return answer(use === 'repeat' ? tokens.derive('browser', key, presented.secret).text : presented.secret);
}
