import { type Micros, minutes } from '../../../kernel/clock.ts';

/** Timeouts are whole minutes, so that nothing has to be looked at more often. */
export function nextMinute(now: Micros): Micros {
  return now + minutes(1);
}
