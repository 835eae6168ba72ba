/** What a page says of itself. */
export interface PageMeta {
  title?: string;
  description?: string;
  /** Absolute. */
  imageUrl?: string;
  imageWidth?: number;
  imageHeight?: number;
}

const LONGEST_TITLE = 300;
const LONGEST_DESCRIPTION = 1000;
/** More tags than this are before no page's body. */
const MOST_TAGS = 5_000;
const LONGEST_TAG = 8 * 1024;

/**
 * Reads title, description and image of a page: OpenGraph's, then Twitter's, then HTML's own. It looks at the
 * head alone and reads each character once, whatever the page is made of.
 * @param base the page's address, for images that are named relative to it
 */
export function readPageMeta(markup: string, base: string): PageMeta {
  const { metas, title } = readHead(markup);
  const first = (...names: string[]) => names.map((name) => metas.get(name)).find((value) => value);
  const found: PageMeta = {};
  const titleText = first('og:title', 'twitter:title') ?? title;
  if (titleText) found.title = cut(titleText, LONGEST_TITLE);
  const description = first('og:description', 'twitter:description', 'description');
  if (description) found.description = cut(description, LONGEST_DESCRIPTION);
  const image = first(
    'og:image:secure_url',
    'og:image',
    'og:image:url',
    'twitter:image',
    'twitter:image:src',
  );
  const imageUrl = image && imageAddress(image, base);
  if (!imageUrl) return found;
  found.imageUrl = imageUrl;
  const width = sizeOf(metas.get('og:image:width'));
  const height = sizeOf(metas.get('og:image:height'));
  if (width !== undefined) found.imageWidth = width;
  if (height !== undefined) found.imageHeight = height;
  return found;
}

function readHead(markup: string): { metas: Map<string, string>; title: string | undefined } {
  const metas = new Map<string, string>();
  let title: string | undefined;
  let at = 0;
  for (let count = 0; count < MOST_TAGS; count++) {
    const open = markup.indexOf('<', at);
    if (open === -1) break;
    if (markup.startsWith('<!--', open)) {
      at = after(markup, '-->', open + 4);
      continue;
    }
    const end = endOfTag(markup, open);
    if (end === -1) break;
    const tag = markup.slice(open + 1, end);
    const name = /^[a-z]+/i.exec(tag)?.[0].toLowerCase();
    at = end + 1;
    if (name === 'body') break;
    if (name === 'meta') readMeta(tag, metas);
    if (name !== 'title' && name !== 'script' && name !== 'style' && name !== 'noscript') continue;
    const close = indexOfClose(markup, name, at);
    if (name === 'title') title ??= clean(markup.slice(at, close));
    at = close;
  }
  return { metas, title };
}

/** Where the tag ends that opens here: the first `>` outside of quotes. */
function endOfTag(markup: string, open: number): number {
  let quote = '';
  const last = Math.min(markup.length, open + LONGEST_TAG);
  for (let at = open + 1; at < last; at++) {
    const character = markup.charAt(at);
    if (quote) quote = character === quote ? '' : quote;
    else if ((character === '"' || character === "'") && markup.charAt(at - 1) === '=') quote = character;
    else if (character === '>') return at;
  }
  return markup.indexOf('>', last);
}

function indexOfClose(markup: string, name: string, from: number): number {
  for (let at = from; ; at += 2) {
    at = markup.indexOf('</', at);
    if (at === -1) return markup.length;
    if (markup.slice(at + 2, at + 2 + name.length).toLowerCase() === name) return at;
  }
}

function after(markup: string, mark: string, from: number): number {
  const found = markup.indexOf(mark, from);
  return found === -1 ? markup.length : found + mark.length;
}

const ATTRIBUTE = /([a-z:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/gi;

function readMeta(tag: string, metas: Map<string, string>): void {
  const attributes = new Map<string, string>();
  for (const [, name = '', double, single, bare] of tag.slice(0, LONGEST_TAG).matchAll(ATTRIBUTE))
    attributes.set(name.toLowerCase(), double ?? single ?? bare ?? '');
  const name = (attributes.get('property') ?? attributes.get('name'))?.trim().toLowerCase();
  const content = attributes.get('content');
  if (name && content !== undefined && !metas.has(name)) metas.set(name, clean(content));
}

const ENTITIES: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  laquo: '«',
  raquo: '»',
  copy: '©',
  reg: '®',
};

function clean(text: string): string {
  return text
    .replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,8});/gi, (whole, name: string) => entity(name) ?? whole)
    .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069\s]+/gu, ' ')
    .toWellFormed()
    .trim();
}

function entity(name: string): string | undefined {
  if (!name.startsWith('#')) return ENTITIES[name];
  const hex = name[1] === 'x' || name[1] === 'X';
  const code = Number.parseInt(name.slice(hex ? 2 : 1), hex ? 16 : 10);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

function cut(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1).toWellFormed()}…`;
}

/** A script or an inlined image is no address that a client should load. */
function imageAddress(text: string, base: string): string | undefined {
  if (!URL.canParse(text, base)) return undefined;
  const url = new URL(text, base);
  return /^https?:$/.test(url.protocol) && url.href.length <= 2048 ? url.href : undefined;
}

function sizeOf(text: string | undefined): number | undefined {
  return text !== undefined && /^[1-9]\d{0,4}$/.test(text) ? Number(text) : undefined;
}
