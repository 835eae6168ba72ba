/** Text around the place where two values part: the same beginning, the differing character, the rest. */
export type Split = { before: string; at: string; after: string };

/**
 * Splits two values at their first differing character (by code point). `at` is empty where a value has ended.
 * Equal values have no difference: undefined.
 */
export function splitAtFirstDifference(
  received: string,
  expected: string,
): { position: number; received: Split; expected: Split } | undefined {
  if (received === expected) return undefined;
  const ours = [...received];
  const theirs = [...expected];
  let position = 0;
  while (position < ours.length && ours[position] === theirs[position]) position += 1;
  const split = (characters: string[]): Split => ({
    before: characters.slice(0, position).join(''),
    at: characters[position] ?? '',
    after: characters.slice(position + 1).join(''),
  });
  return { position: position + 1, received: split(ours), expected: split(theirs) };
}

/** A character so that it can be told from its look-alikes: anything but printable ASCII is named by its number. */
export function nameCharacter(character: string): string {
  if (character === '') return 'the end';
  if (character === ' ') return 'a space';
  if (/^[\x21-\x7e]$/.test(character)) return `“${character}”`;
  const number = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return /^[\p{L}\p{N}\p{P}\p{S}]$/u.test(character) ? `“${character}” (U+${number})` : `U+${number}`;
}
