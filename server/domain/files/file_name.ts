/** The router takes parts of addresses that are as long, and no longer. */
const LONGEST = 100;
const LONGEST_EXTENSION = 12;

/**
 * A name that is safe to show, to write into a header and to save under, made from what a sender called the
 * file: the last part of a path, without control characters, without characters that turn the direction of
 * writing (which make `exe.gnp` look like `png.exe`), and without what a file system takes for a path.
 */
export function cleanFileName(name: string): string {
  const last = name.split(/[/\\]/).findLast((part) => part.trim() !== '') ?? '';
  const clean = last
    .toWellFormed()
    .normalize('NFC')
    // Controls, and formatting characters such as U+202E.
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}\ufffd]/gu, '')
    .replace(/["*:<>?|]/g, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '');
  return clean === '' ? 'file' : shorten(clean);
}

/** Cuts the middle out: the extension stays. */
function shorten(name: string): string {
  const characters = [...name];
  if (characters.length <= LONGEST) return name;
  const extension = extensionOf(name);
  return `${characters.slice(0, LONGEST - extension.length - 1).join('')}.${extension}`.replace(/\.$/, '');
}

/** In small letters, without the dot; empty for none. */
export function extensionOf(name: string): string {
  const [, extension = ''] = /\.([A-Za-z0-9]+)$/.exec(name) ?? [];
  return extension.length > LONGEST_EXTENSION ? '' : extension.toLowerCase();
}
