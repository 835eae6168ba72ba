/** A piece of what somebody wrote: plain, or an address that may be opened. */
export interface TextPart {
  text: string;
  href?: string;
}

const ADDRESS = /https?:\/\/[^\s<>"'`]+/gi;
/** Marks that end the sentence, not the address. */
const TRAILING = /[.,;:!?)\]}'"»”]+$/;

/**
 * Finds the web addresses in a text, so that they can be shown as links. Whatever else is in it stays text.
 * @returns the parts; joined, their texts are the text again
 */
export function textParts(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const found = match[0].replace(TRAILING, '');
    const href = safeAddress(found, ['http:', 'https:']);
    if (href === undefined) continue;
    if (match.index > from) parts.push({ text: text.slice(from, match.index) });
    parts.push({ text: found, href });
    from = match.index + found.length;
  }
  if (from < text.length) parts.push({ text: text.slice(from) });
  return parts;
}

/**
 * An address that others wrote, if following it can run nothing: only the given schemes, absolute, no login.
 * @returns undefined for every other
 */
export function safeAddress(address: unknown, schemes: readonly string[]): string | undefined {
  if (typeof address !== 'string' || address.length > 4096) return undefined;
  const url = URL.parse(address);
  if (!url || !schemes.includes(url.protocol) || url.username !== '' || url.password !== '') return undefined;
  return url.href;
}

/** A picture or file: of this server, or over https. */
export function safePicture(address: unknown, origin: string): string | undefined {
  const href = safeAddress(address, ['http:', 'https:']);
  if (href === undefined) return undefined;
  const url = new URL(href);
  return url.protocol === 'https:' || url.origin === origin ? href : undefined;
}
