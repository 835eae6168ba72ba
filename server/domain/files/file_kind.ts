import { GatehouseError } from '../../kernel/errors.ts';
import { extensionOf } from './file_name.ts';

/** Images that are read for their size and for thumbnails. SVG is a document with scripts, and is not among them. */
const RASTER: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpeg',
  'image/gif': 'gif',
  'image/webp': 'webp',
};

/** What browsers show by themselves and nothing in it can act. PDF is missing: viewers do not work in a sandbox. */
const SHOWN =
  /^(image\/(png|jpeg|gif|webp|avif|bmp)|audio\/(mpeg|ogg|opus|wav|wave|x-wav|mp4|x-m4a|aac|flac|x-flac|webm)|video\/(mp4|webm|ogg|quicktime|x-m4v|3gpp))$/;

/** Texts that say by their extension what they are; all are offered for saving, never shown. */
const TEXTS: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  json: 'application/json',
  log: 'text/plain',
  md: 'text/markdown',
  svg: 'image/svg+xml',
  xml: 'application/xml',
};

/** Programs by their first bytes, as the sniffing library names them … */
const PROGRAMS = new Set(
  'exe elf macho msi deb rpm apk class dmg lnk wasm jar nes swf ar cpl dll crx xpi'.split(' '),
);
/** … and by their extension: what a system runs on a double click. */
const PROGRAM_NAMES = new Set(
  'app apk appimage bat cmd com cpl deb dll dmg exe gadget hta jar js jse lnk mjs msi msp pif pkg ps1 psm1 reg rpm scr sh vb vbe vbs ws wsf wsh xpi'.split(
    ' ',
  ),
);

/** The format of an image that can be read; undefined for everything else. */
export function rasterFormat(contentType: string): string | undefined {
  return RASTER[contentType];
}

/** May a browser show it where it lies? */
export function isShown(contentType: string): boolean {
  return SHOWN.test(contentType);
}

/**
 * What a file is, by its first bytes; the name decides only which kind of text a text is.
 * @throws GatehouseError `validation` for programs (docs: agent-chat-api#upload-file)
 */
export async function contentTypeOf(head: Uint8Array, name: string): Promise<string> {
  const extension = extensionOf(name);
  if (PROGRAM_NAMES.has(extension)) throw program(`its name ends in .${extension}`);
  if (head[0] === 0x23 && head[1] === 0x21) throw program('it begins with #!, as scripts do');
  const sniffed = await sniff(head);
  if (sniffed && PROGRAMS.has(sniffed.ext)) throw program(`it begins as ${sniffed.mime} does`);
  // What XML is about, its name says.
  if (sniffed && sniffed.mime !== 'application/xml') return sniffed.mime;
  if (isText(head)) return TEXTS[extension] ?? 'text/plain';
  return 'application/octet-stream';
}

/** The library is loaded for the first upload. */
async function sniff(head: Uint8Array): Promise<{ ext: string; mime: string } | undefined> {
  const { fileTypeFromBuffer } = await import('file-type');
  try {
    return await fileTypeFromBuffer(head);
  } catch {
    // It looks on inside archives, which may end where the first bytes do.
    return undefined;
  }
}

/** UTF-8 without control characters; the last character may be cut. */
function isText(head: Uint8Array): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    return !/[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/.test(text);
  } catch {
    return false;
  }
}

function program(why: string): GatehouseError {
  const message = `Programs are not taken, and this is one: ${why}. Send it in an archive, if the reader expects it.`;
  return new GatehouseError('validation', `file: ${message}`, { fields: [{ field: 'file', message }] });
}
