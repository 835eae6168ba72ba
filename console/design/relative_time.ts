const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', DAY],
  ['hour', HOUR],
  ['minute', MINUTE],
];

/** "3 hours ago" up to a month, then the date. */
export function relativeTime(at: number, now: number, language: string): string {
  const distance = at - now;
  if (Math.abs(distance) > 30 * DAY)
    return new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(at);
  const words = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  for (const [unit, size] of STEPS)
    if (Math.abs(distance) >= size) return words.format(Math.trunc(distance / size), unit);
  return words.format(0, 'minute');
}
