/** Seconds that a person has to take the code from one screen to the other (RFC 8628 §6.1). */
export const DEVICE_CODE_SECONDS = 600;
/** Seconds between two polls at first (RFC 8628 §3.2). */
export const POLL_INTERVAL_SECONDS = 5;
/** RFC 8628 §3.5: `slow_down` adds this, for good. */
const SLOW_DOWN_SECONDS = 5;
const LONGEST_INTERVAL_SECONDS = 60;
/** A device that waits as told may still arrive a little early: answers and requests travel unevenly. */
const JITTER_SECONDS = 1;

export const DEVICE_GRANT_TYPE = 'urn:ietf:params:oauth:grant-type:device_code';

/** What a device that asks is told, other than its tokens (RFC 8628 §3.5). */
export type DeviceAnswer = 'authorization_pending' | 'slow_down' | 'access_denied' | 'expired_token';

export type PollDecision =
  | { kind: 'issue' }
  /** It had its tokens already: whoever asks again may be somebody else. */
  | { kind: 'replayed' }
  | { kind: 'answer'; answer: 'access_denied' | 'expired_token' }
  /** `intervalSeconds`: how long it must wait from now on. */
  | { kind: 'answer'; answer: 'authorization_pending' | 'slow_down'; intervalSeconds: number };

/** What a device gets that asks now. Times are in microseconds. */
export function decidePoll(
  device: {
    expiresAt: number;
    decision: 'allowed' | 'denied' | null;
    consumedAt: number | null;
    lastPolledAt: number | null;
    intervalSeconds: number;
  },
  now: number,
): PollDecision {
  const { decision, intervalSeconds, lastPolledAt } = device;
  if (device.consumedAt !== null) return { kind: 'replayed' };
  if (decision === 'denied') return { kind: 'answer', answer: 'access_denied' };
  if (device.expiresAt <= now) return { kind: 'answer', answer: 'expired_token' };
  if (decision === 'allowed') return { kind: 'issue' };
  const least = (intervalSeconds - JITTER_SECONDS) * 1_000_000;
  if (lastPolledAt === null || now - lastPolledAt >= least)
    return { kind: 'answer', answer: 'authorization_pending', intervalSeconds };
  const slower = Math.min(intervalSeconds + SLOW_DOWN_SECONDS, LONGEST_INTERVAL_SECONDS);
  return { kind: 'answer', answer: 'slow_down', intervalSeconds: slower };
}
