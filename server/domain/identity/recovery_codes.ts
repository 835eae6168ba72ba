import type { Random } from '../../kernel/random.ts';

export const RECOVERY_CODES = 10;
/** Crockford's 32 letters: none is taken for another when it was written down by hand. */
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';
/** 50 bits each: out of reach for guesses that are counted. */
const LENGTH = 10;

/** Ten codes in two groups of five, as they are shown and printed. */
export function makeRecoveryCodes(random: Random): string[] {
  return Array.from({ length: RECOVERY_CODES }, () => {
    // 32 divides 256, so that every letter is as likely as any other.
    const letters = [...random.bytes(LENGTH)].map((byte) => LETTERS[byte % LETTERS.length]).join('');
    return `${letters.slice(0, LENGTH / 2)}-${letters.slice(LENGTH / 2)}`;
  });
}

/** The one spelling of a typed code that is hashed; undefined for what cannot be one. */
export function readRecoveryCode(typed: string): string | undefined {
  const letters = typed
    .slice(0, 64)
    .toLowerCase()
    .replace(/[\s-]/g, '')
    .replaceAll('o', '0')
    .replace(/[il]/g, '1');
  return letters.length === LENGTH && [...letters].every((letter) => LETTERS.includes(letter))
    ? letters
    : undefined;
}
