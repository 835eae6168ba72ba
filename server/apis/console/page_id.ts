import { GatehouseError } from '../../kernel/errors.ts';

/**
 * A `page_id`: base64url of a place in a list as a JSON array. It is not signed, since it opens nothing: the list
 * is read within the caller's organization whatever it says.
 */
export function writePageId(place: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** @throws GatehouseError `validation` when it cannot have been given out */
export function readPageId(text: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (Array.isArray(value)) return value;
  } catch {
    // Refused below.
  }
  throw refusedPageId();
}

export function refusedPageId(
  message = 'It was not given out by this server, or not copied whole.',
): GatehouseError {
  return new GatehouseError('validation', `\`page_id\`: ${message}`, {
    fields: [{ field: 'page_id', message }],
  });
}
