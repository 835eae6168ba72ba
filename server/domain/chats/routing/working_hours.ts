import { MICROS_PER_SECOND, type Micros } from '../../../kernel/clock.ts';

/** In the order of `Date`'s days. */
export const weekdays = [
  'sunday',
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
] as const;
export type Weekday = (typeof weekdays)[number];

/** Hours of one day; they begin with `start` and end before `end`, both HH:MM. */
export interface WorkingHours {
  day: Weekday;
  enabled: boolean;
  start: string;
  end: string;
}

export interface WorkScheduler {
  /** IANA name; empty for UTC. */
  timezone: string;
  schedule: readonly WorkingHours[];
}

/**
 * Is somebody with these hours at work? Hours that are not enabled are not followed; where none are, the routing
 * status alone decides.
 */
export function isAtWork({ timezone, schedule }: WorkScheduler, now: Micros): boolean {
  const followed = schedule.filter(({ enabled }) => enabled);
  if (followed.length === 0) return true;
  const { day, time } = localTime(timezone, now);
  return followed.some((hours) => hours.day === day && hours.start <= time && time < hours.end);
}

/** Does the server know rules of this time zone? Offsets such as `+01:00` are none: they know no summer. */
export function isTimezone(name: string): boolean {
  return /^[A-Za-z]/.test(name) && clockOf(name) !== undefined;
}

/** By name; a clock costs much more to make than to ask. */
const clocks = new Map<string, Intl.DateTimeFormat>();
/** More than there are time zones. */
const MOST_CLOCKS = 1_000;

function clockOf(timezone: string): Intl.DateTimeFormat | undefined {
  let clock = clocks.get(timezone);
  if (clock) return clock;
  try {
    clock = new Intl.DateTimeFormat('en-US', {
      timeZone: timezone,
      weekday: 'long',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
  } catch {
    return undefined;
  }
  // The same name in many spellings must not fill the memory.
  if (clocks.size >= MOST_CLOCKS) clocks.clear();
  clocks.set(timezone, clock);
  return clock;
}

/** A zone that the server knew once and knows no longer reads as UTC. */
function localTime(timezone: string, now: Micros): { day: Weekday; time: string } {
  const clock = clockOf(timezone === '' ? 'UTC' : timezone) ?? clockOf('UTC');
  const parts = clock?.formatToParts(new Date(Math.floor((now / MICROS_PER_SECOND) * 1000))) ?? [];
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? '';
  return { day: part('weekday').toLowerCase() as Weekday, time: `${part('hour')}:${part('minute')}` };
}
