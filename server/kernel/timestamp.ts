import type { Micros } from './clock.ts';

const PATTERN = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:\d{2})$/;

/** `2026-01-31T07:11:28.288340Z`: RFC 3339, UTC, always six fractional digits. */
export function formatTimestamp(time: Micros): string {
  const milliseconds = Math.floor(time / 1000);
  const micros = time - milliseconds * 1000;
  return `${new Date(milliseconds).toISOString().slice(0, -1)}${String(micros).padStart(3, '0')}Z`;
}

/** Reads an RFC 3339 timestamp with up to nine fractional digits; undefined when it is not one. */
export function parseTimestamp(text: string): Micros | undefined {
  const match = PATTERN.exec(text);
  if (!match) return undefined;
  const [, whole, fraction = '', zone] = match;
  const base = Date.parse(`${whole}${zone}`);
  if (Number.isNaN(base)) return undefined;
  return base * 1000 + Number(fraction.slice(0, 6).padEnd(6, '0'));
}
