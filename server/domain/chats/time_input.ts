import type { Micros } from '../../kernel/clock.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import { parseTimestamp } from '../../kernel/timestamp.ts';

/**
 * A time as it arrives.
 * @param field where it stands in the request, for the error
 * @throws GatehouseError `validation`
 */
export function needTime(text: string, field: string): Micros {
  const time = parseTimestamp(text);
  if (time !== undefined) return time;
  const message = `"${text.slice(0, 40)}" is not an RFC 3339 time such as 2026-01-31T07:11:28.288340Z.`;
  throw new GatehouseError('validation', `${field}: ${message}`, { fields: [{ field, message }] });
}
