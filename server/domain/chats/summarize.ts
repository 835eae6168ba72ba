/** Something that was said, with the name of who said it. */
export interface SaidWords {
  author: string;
  text: string;
}

const SENTENCES = 5;
const LENGTH = 200;
/** A long thread is summarized from its newest words. */
const WORDS_LOOKED_AT = 500;

/**
 * The sentences of a conversation that say most of what it is about, in the order in which they were said: those
 * whose words come up most often, and the first one. A pure function: nothing leaves the server.
 * @returns one line for each, beginning with a bullet; undefined when nothing was said
 */
export function summarize(said: readonly SaidWords[]): string | undefined {
  const sentences = said
    .slice(-WORDS_LOOKED_AT)
    .flatMap(({ author, text }) =>
      (text.replaceAll(/\s+/g, ' ').match(/[^.!?]+[.!?]*/g) ?? [])
        .map((sentence) => sentence.trim())
        .filter((sentence) => /\p{L}/u.test(sentence))
        .map((sentence) => ({ author, sentence, words: wordsOf(sentence) })),
    )
    .map((one, place) => ({ ...one, place }));
  const counts = new Map<string, number>();
  for (const { words } of sentences) for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const score = (words: ReadonlySet<string>): number => {
    let sum = 0;
    for (const word of words) sum += counts.get(word) ?? 0;
    // Long sentences have more words, not more to say.
    return sum / Math.sqrt(words.size + 1);
  };
  const [first, ...others] = sentences;
  if (!first) return undefined;
  return [
    first,
    ...others
      .toSorted((a, b) => score(b.words) - score(a.words) || a.place - b.place)
      .slice(0, SENTENCES - 1),
  ]
    .toSorted((a, b) => a.place - b.place)
    .map(({ author, sentence }) => `• ${author}: ${sentence.slice(0, LENGTH)}`)
    .join('\n');
}

/** Each once; words of a few letters say little. */
function wordsOf(sentence: string): ReadonlySet<string> {
  return new Set(sentence.toLowerCase().match(/[\p{L}\p{N}]{4,}/gu) ?? []);
}
