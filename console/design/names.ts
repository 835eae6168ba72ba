const LONGEST = 60;

/** Shortens a stored name for a title or a sentence; whole characters, not halves of surrogate pairs. */
export function clipName(name: string, longest = LONGEST): string {
  const characters = Array.from(name.slice(0, longest * 4));
  return characters.length > longest ? `${characters.slice(0, longest - 1).join('')}…` : name;
}

/**
 * A stored name for use inside a sentence: clipped, and wrapped in Unicode isolates (FSI … PDI), so that a
 * right-to-left name does not turn the words around it.
 */
export function nameInSentence(name: string): string {
  return `⁨${clipName(name)}⁩`;
}

/** The first letter for a picture-less app; a whole grapheme, so that an emoji stays one. */
export function initialOf(name: string): string {
  const first = new Intl.Segmenter().segment(name.trim().slice(0, 40))[Symbol.iterator]().next();
  return first.done ? '?' : first.value.segment.toLocaleUpperCase();
}
