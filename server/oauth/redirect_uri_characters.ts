import { named, type ProblemDraft, problem, quoted } from './redirect_uri_problem.ts';

/** The characters of RFC 3986 §2 and the percent sign; anything else in a URI is a parser's guess. */
const rfc3986 = /^[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]*$/;

/** `undefined` when the text is made of the characters of RFC 3986 alone. */
export function checkCharacters(text: string): ProblemDraft | undefined {
  if (rfc3986.test(text)) return undefined;
  const trimmed = text.trim();
  if (trimmed !== text && rfc3986.test(trimmed)) {
    return problem(
      'characters',
      'character_whitespace',
      `Remove the blank at the beginning or end.`,
      trimmed,
    );
  }
  for (const char of text) {
    if (rfc3986.test(char)) continue;
    const index = text.indexOf(char) + 1;
    const where = `at character ${index}`;
    if (char === '\\') {
      return problem(
        'characters',
        'character_backslash',
        `There is a backslash ${where}. Browsers read it as "/", others do not: write "/".`,
        text.replaceAll('\\', '/'),
      );
    }
    if (/\s/u.test(char)) {
      const advice = 'A redirect URI holds no blanks. Add several URIs one by one.';
      return problem(
        'characters',
        'character_whitespace',
        `There is a blank (${named(char)}) ${where}. ${advice}`,
      );
    }
    if (/\p{Cc}/u.test(char)) {
      return problem(
        'characters',
        'character_control',
        `There is an invisible control character (${named(char)}) ${where}. Remove it.`,
        text.replace(/\p{Cc}/gu, ''),
      );
    }
    if (/[^\0-\x7f]/u.test(char)) return nonAscii(text, char, where);
    return problem(
      'characters',
      'character_forbidden',
      `The character ${named(char)} ${where} cannot stand in a URI (RFC 3986 §2). Remove it or percent-encode it.`,
    );
  }
  return undefined;
}

function nonAscii(text: string, char: string, where: string): ProblemDraft {
  const authorityEnd = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i.exec(text)?.[0].length ?? 0;
  const inHost = text.indexOf(char) < authorityEnd;
  const advice = inHost
    ? 'Write the host in its ASCII form, which begins with "xn--", and check that it is the host you mean'
    : 'Percent-encode it';
  return problem(
    'characters',
    'character_non_ascii',
    `The character ${named(char)} ${where} is not ASCII. ${advice}.`,
    // No suggestion for a host: a letter that merely looks like another would be proposed as if it were right.
    inHost ? undefined : encodeURI(text.toWellFormed()),
  );
}

/** What decoding must never uncover: separators, dots, the percent sign itself, control characters. */
const hidden = /[./\\%?#]|\p{Cc}/u;

/** Checks the percent-encodings of a path; `undefined` when none of them hides anything. */
export function checkPercentEncoding(path: string): ProblemDraft | undefined {
  if (!path.includes('%')) return undefined;
  for (const [triplet, digits] of path.matchAll(/%([0-9A-Fa-f]{2})?/g)) {
    if (digits === undefined) {
      return problem(
        'path',
        'percent_malformed',
        `A "%" in the path ${quoted(path)} is not followed by two hexadecimal digits. A percent sign itself has no place in a redirect URI.`,
      );
    }
    const char = String.fromCharCode(Number.parseInt(digits, 16));
    if (hidden.test(char)) {
      return problem(
        'path',
        'percent_hidden_character',
        `"${triplet}" in the path stands for ${named(char)}. A server that decodes it may see another address: ${
          /[./]/.test(char) ? `write ${named(char)} itself` : 'leave it out'
        }.`,
      );
    }
  }
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    // Overlong forms such as %C0%AE for "." land here.
    return problem(
      'path',
      'percent_not_utf8',
      `The percent-encoding in the path ${quoted(path)} is not UTF-8. Encode the path anew.`,
    );
  }
  for (const char of decoded.match(/[^\0-\x7f]/gu) ?? []) {
    // A full-width dot or slash becomes a plain one when a server normalizes (UAX #15, NFKC).
    if (hidden.test(char.normalize('NFKC')) || /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(char)) {
      return problem(
        'path',
        'percent_hidden_character',
        `The path holds the encoded character ${named(char)}, which is invisible or turns into a separator when it is normalized. Leave it out.`,
      );
    }
  }
  return undefined;
}
