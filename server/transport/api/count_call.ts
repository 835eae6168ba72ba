import type { FastifyReply } from 'fastify';
import type { LimitedApi, RateLimits } from '../../domain/limits/rate_limits.ts';
import { RATE_WINDOW } from '../../domain/limits/rate_rule.ts';
import { MICROS_PER_SECOND } from '../../kernel/clock.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import { networkOf } from '../../kernel/ip_address.ts';

/**
 * Whose calls are counted together: those of an app for one person or customer, those of a person's own tokens, and
 * those that come without a token from one address.
 */
type Credential =
  | { accountId: string; clientId: string | null }
  | { customerId: string; clientId: string }
  | { address: string };

const WINDOW_SECONDS = RATE_WINDOW / MICROS_PER_SECOND;

/**
 * Counts a call and tells the caller how many are left, in the headers `RateLimit` and `RateLimit-Policy`
 * (draft-ietf-httpapi-ratelimit-headers-10).
 * @throws GatehouseError `too_many_requests`
 */
export function countCall(
  reply: FastifyReply,
  limits: RateLimits,
  api: LimitedApi,
  credential: Credential,
): void {
  const quota = limits.quota(api);
  if (quota === 0) return;
  const { allowed, remaining, resetSeconds } = limits.take(api, holderOf(credential));
  reply.header('ratelimit-policy', `"${api}";q=${quota};w=${WINDOW_SECONDS}`);
  reply.header('ratelimit', `"${api}";r=${remaining};t=${resetSeconds}`);
  if (allowed) return;
  throw new GatehouseError(
    'too_many_requests',
    `${'address' in credential ? 'Your address' : 'This credential'} may call this API ${quota} times a minute. Call again in ${resetSeconds} ${resetSeconds === 1 ? 'second' : 'seconds'}.`,
    { retryAfterSeconds: resetSeconds },
  );
}

function holderOf(credential: Credential): string {
  if ('address' in credential) return networkOf(credential.address);
  const holder = 'customerId' in credential ? credential.customerId : credential.accountId;
  return `${holder}${credential.clientId ?? ''}`;
}
