/** An element's opening tag as it stands in a rendered page. */
export type ParsedElement = { tag: string; attributes: Record<string, string>; start: number; end: number };

const opening = /<([a-z][a-z0-9]*)((?:\s+[^\s=>"/]+(?:="[^"]*")?)*)\s*\/?>/gi;

/** All opening tags of a page in order. Reads what the renderer writes: attributes in double quotes. */
export function elementsOf(page: string): ParsedElement[] {
  return [...page.matchAll(opening)].map((match) => ({
    tag: (match[1] ?? '').toLowerCase(),
    attributes: Object.fromEntries(
      [...(match[2] ?? '').matchAll(/\s+([^\s=>"/]+)(?:="([^"]*)")?/g)].map((pair) => [
        pair[1] ?? '',
        pair[2] ?? '',
      ]),
    ),
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** The page's skeleton: what foreign text must never change. */
export function skeletonOf(page: string): string[] {
  return elementsOf(page).map((one) => `${one.tag} ${Object.keys(one.attributes).join(' ')}`);
}

/** Markup inside the first element of this tag. */
export function insideOf(page: string, tag: string): string {
  const first = elementsOf(page).find((one) => one.tag === tag);
  if (!first) throw new Error(`the page has no <${tag}>`);
  return page.slice(first.end, page.indexOf(`</${tag}>`, first.end));
}

/** Text without tags, white space collapsed. */
export function textOf(markup: string): string {
  return markup
    .replace(/<[^>]*>/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
