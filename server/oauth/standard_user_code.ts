/**
 * The code that a person types to find their device again (RFC 8628 §6.1): eight consonants, so that no word
 * comes about and nothing looks like a digit. 20^8 is 34 bits; attempts are counted, and a code lives ten minutes.
 */
const ALPHABET = 'BCDFGHJKLMNPQRSTVWXZ';
const LENGTH = 8;

/** @param bytes at least 32 random ones @returns undefined when too few of them were of use, which never happens */
export function makeUserCode(bytes: Uint8Array): string | undefined {
  // Bytes past the last whole multiple of the alphabet would make some letters likelier.
  const usable = [...bytes].filter((byte) => byte < 256 - (256 % ALPHABET.length));
  if (usable.length < LENGTH) return undefined;
  return usable
    .slice(0, LENGTH)
    .map((byte) => ALPHABET[byte % ALPHABET.length])
    .join('');
}

/** As a person typed it, small or in groups: the code, or undefined for what can be none. */
export function readUserCode(typed: string): string | undefined {
  const letters = typed.toUpperCase().replace(/[\s\-\u2010-\u2015_.]/g, '');
  return letters.length === LENGTH && [...letters].every((letter) => ALPHABET.includes(letter))
    ? letters
    : undefined;
}

/** In two groups, as it is shown: `BCDF-GHJK`. */
export function showUserCode(code: string): string {
  return `${code.slice(0, LENGTH / 2)}-${code.slice(LENGTH / 2)}`;
}
