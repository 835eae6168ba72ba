/** The longest word that is indexed; what is longer is cut there, in texts and in questions alike. */
const LONGEST = 40;
/** Scripts that write without blanks: each of their characters is a word. */
const ALONE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;
const WORD = /[\p{L}\p{N}]+/gu;

/** One spelling for what people take for the same: without case, without marks above and below letters, without width. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}+/gu, '')
    .replace(/ß/g, 'ss')
    .replace(/ł/g, 'l')
    .replace(/ø/g, 'o')
    .replace(/đ/g, 'd');
}

/**
 * The words of a text, each once, folded. Done here and not by the engines, so that both find the same, and so
 * that nothing in a question is ever an operator.
 */
export function wordsOf(text: string): Set<string> {
  const words = new Set<string>();
  for (const [run] of fold(text).matchAll(WORD)) {
    let plain = '';
    for (const character of run) {
      if (!ALONE.test(character)) plain += character;
      else {
        words.add(character);
        if (plain !== '') words.add(cut(plain));
        plain = '';
      }
    }
    if (plain !== '') words.add(cut(plain));
  }
  return words;
}

function cut(word: string): string {
  return [...word].slice(0, LONGEST).join('');
}

/** Puts tags around the words of a text that a question asks for; the rest of the text stays as it is. */
export function highlight(
  text: string,
  asked: ReadonlySet<string>,
  tags: { pre: string; post: string },
): string {
  // Marks belong to the letter before them, which a text may hold as a character of its own.
  return text.replace(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu, (run) => {
    const words = wordsOf(run);
    if (![...words].some((word) => asked.has(word))) return run;
    if (words.size === 1) return tags.pre + run + tags.post;
    return [...run.normalize('NFC')]
      .map((character) =>
        ALONE.test(character) && asked.has(fold(character)) ? tags.pre + character + tags.post : character,
      )
      .join('');
  });
}
