import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { Micros } from '../kernel/clock.ts';
import { formatTimestamp } from '../kernel/timestamp.ts';

const months = 'January February March April May June July August September October November December'.split(
  ' ',
);
const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** `1 minute`, `5 minutes`: a count with its English noun. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function toDate(at: Micros): Date {
  return new Date(Math.floor(at / 1000));
}

/** `31 January 2026`, in UTC. */
export function dateInWords(at: Micros): string {
  const date = toDate(at);
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** `31 January 2026, 07:11 UTC`. */
export function momentInWords(at: Micros): string {
  return `${dateInWords(at)}, ${toDate(at).toISOString().slice(11, 16)} UTC`;
}

/** How long ago, for up to a week (`just now`, `5 minutes ago`, `3 days ago`); older or future times as a date. */
export function timeInWords(at: Micros, now: Micros): string {
  const seconds = Math.floor((now - at) / 1_000_000);
  if (seconds < -minute || seconds >= 7 * day) return dateInWords(at);
  if (seconds < minute) return 'just now';
  if (seconds < hour) return `${counted(Math.floor(seconds / minute), 'minute')} ago`;
  if (seconds < day) return `${counted(Math.floor(seconds / hour), 'hour')} ago`;
  return `${counted(Math.floor(seconds / day), 'day')} ago`;
}

/** A `<time>` element: human words inside, the exact moment for machines and on hover. */
export function timeElement(at: Micros, now: Micros): VNode {
  return html`<time datetime=${formatTimestamp(at)} title=${momentInWords(at)}>${timeInWords(at, now)}</time>`;
}

/** A wait in words, rounded up so that nobody comes back too early: `30 seconds`, `2 minutes`, `3 hours`. */
export function waitInWords(seconds: number): string {
  const whole = Math.max(1, Math.ceil(seconds));
  if (whole < 90) return counted(whole, 'second');
  if (whole < 90 * minute) return counted(Math.ceil(whole / minute), 'minute');
  return counted(Math.ceil(whole / hour), 'hour');
}

// First match wins: browsers name their ancestors too (Edge says Chrome, Chrome says Safari).
const browsers: readonly (readonly [RegExp, string])[] = [
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/OPR\/|Opera|OPiOS\//, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/Vivaldi\//, 'Vivaldi'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/HeadlessChrome\//, 'Headless Chrome'],
  [/Chrome\/|CriOS\/|Chromium\//, 'Chrome'],
  [/Safari\//, 'Safari'],
  [/^curl\//, 'curl'],
  [/^PostmanRuntime\//, 'Postman'],
  [/^(node|undici|axios)\b/i, 'A Node.js program'],
  [/^(python|Python)/, 'A Python program'],
];

const systems: readonly (readonly [RegExp, string])[] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/CrOS/, 'ChromeOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'macOS'],
  [/Linux|X11/, 'Linux'],
];

/** A user-agent header as a person would say it: `Firefox on Windows`. Never repeats the header itself. */
export function userAgentInWords(userAgent: string | null | undefined): string {
  const text = userAgent ?? '';
  const browser = browsers.find(([pattern]) => pattern.test(text))?.[1];
  const system = systems.find(([pattern]) => pattern.test(text))?.[1];
  if (browser !== undefined && system !== undefined) return `${browser} on ${system}`;
  return browser ?? (system === undefined ? 'Unknown browser' : `Unknown browser on ${system}`);
}
