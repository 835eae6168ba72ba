import type { FastifyInstance, FastifyRequest } from 'fastify';
import { GatehouseError } from '../../kernel/errors.ts';
import { parseStrictJson } from './strict_json.ts';

export type Parameters = Record<string, unknown>;
export type BodyKind = 'json' | 'form';

/**
 * Bodies arrive as bytes everywhere: whether they are JSON or a form is decided once, here, by the surface
 * that reads them.
 */
export function takeBodiesAsBytes(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
}

/** What most requests send is not worth taking apart. */
function mediaTypeOf(header: string): string {
  if (header === 'application/json' || header === 'application/x-www-form-urlencoded') return header;
  return header.split(';')[0]?.trim().toLowerCase() ?? '';
}

/** The raw body; empty when none came. */
export function rawBody(request: FastifyRequest): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
}

/**
 * Reads a body as JSON or form.
 *
 * Where JSON is taken, a body that begins like an object counts as JSON under any text type or none:
 * LiveChat's SDKs send it without a type, and its curl samples as a form.
 * @throws GatehouseError `unsupported_media_type`, `validation`
 */
export function readBody(request: FastifyRequest, kinds: readonly BodyKind[]): Parameters {
  const bytes = rawBody(request);
  const mediaType = mediaTypeOf(request.headers['content-type'] ?? '');
  const text = decodeUtf8(bytes);
  const looksLikeJson = /^\s*[{[]/.test(text);
  const takesJson = kinds.includes('json');
  if (mediaType === 'application/json' || mediaType.endsWith('+json')) {
    if (takesJson) return readJson(text);
    throw unsupported(mediaType, kinds);
  }
  if (mediaType === 'application/x-www-form-urlencoded') {
    if (takesJson && looksLikeJson) return readJson(text);
    if (kinds.includes('form')) return readForm(text, takesJson);
    if (text.trim() === '') return {};
    throw unsupported(mediaType, kinds);
  }
  if (mediaType === '' || mediaType === 'text/plain') {
    if (text.trim() === '') return {};
    if (takesJson && looksLikeJson) return readJson(text);
    if (mediaType === '' && kinds.includes('form')) return readForm(text, takesJson);
    if (takesJson) return readJson(text);
  }
  throw unsupported(mediaType || '(none)', kinds);
}

/**
 * The same for OAuth's endpoints, whose parameters are printable (RFC 6749 appendix A): a line break in one is
 * always a slip, or an attempt at somebody's log or header.
 * @throws GatehouseError `validation`, naming the parameter
 */
export function readOauthBody(request: FastifyRequest, kinds: readonly BodyKind[]): Parameters {
  const parameters = readBody(request, kinds);
  for (const name in parameters) refuseUnprintable(name, parameters[name]);
  return parameters;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROLS = /[\u0000-\u001f\u007f]/;

/** @throws GatehouseError `validation` for control characters and halves of surrogate pairs */
export function refuseUnprintable(name: string, value: unknown): void {
  if (typeof value !== 'string') return;
  if (!value.isWellFormed())
    throw new GatehouseError(
      'validation',
      `The parameter "${name.slice(0, 64)}" holds half of a surrogate pair, which is no character.`,
      { fields: [{ field: name.slice(0, 64), message: 'It is not well-formed Unicode.' }] },
    );
  const found = CONTROLS.exec(value);
  if (!found) return;
  const code = found[0].charCodeAt(0).toString(16).padStart(4, '0').toUpperCase();
  throw new GatehouseError(
    'validation',
    `The parameter "${name.slice(0, 64)}" contains a control character, U+${code}, at position ${found.index}. Line breaks often get in where a value is copied or printed.`,
    { fields: [{ field: name.slice(0, 64), message: 'Control characters are not taken.' }] },
  );
}

function readJson(text: string): Parameters {
  if (text.trim() === '') return {};
  const value = parseStrictJson(text);
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value as Parameters;
  throw new GatehouseError('validation', 'The body should be a JSON object: { … }.');
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function decodeUtf8(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new GatehouseError('validation', 'The body is not valid UTF-8.');
  }
}

/**
 * @param lenient names lose white space around them: LiveChat's printed curl samples break lines inside the
 *   form and so indent the names
 */
function readForm(text: string, lenient: boolean): Parameters {
  return collect(text, lenient);
}

/** The query string, each parameter at most once. @throws GatehouseError `validation` */
export function readQuery(request: FastifyRequest): Record<string, string> {
  const url = request.raw.url ?? '';
  const start = url.indexOf('?');
  if (start === -1) return {};
  const query = url.slice(start + 1);
  // Such bytes arrive here as Latin-1, whatever they were.
  if (/[^\x20-\x7e]/.test(query))
    throw new GatehouseError(
      'validation',
      'The address has characters that belong percent-encoded: é is written %C3%A9 (RFC 3986 §2.1).',
    );
  return collect(query, false);
}

/**
 * The pairs of a form or query, decoded. Where each `%` begins a character, `decodeURIComponent` gives what
 * URLSearchParams would, at a third of its cost; all else is left to that.
 */
function pairsOf(text: string): Iterable<[string, string]> {
  const pairs: [string, string][] = [];
  try {
    for (const pair of (text.startsWith('?') ? text.slice(1) : text).split('&')) {
      if (pair === '') continue;
      const equals = pair.indexOf('=');
      if (equals === -1) pairs.push([decodePart(pair), '']);
      else pairs.push([decodePart(pair.slice(0, equals)), decodePart(pair.slice(equals + 1))]);
    }
    return pairs;
  } catch {
    return decodePairs(text);
  }
}

function decodePart(part: string): string {
  const spaced = part.includes('+') ? part.replaceAll('+', ' ') : part;
  return spaced.includes('%') ? decodeURIComponent(spaced) : spaced;
}

/**
 * Splits and decodes pairs. What URLSearchParams would quietly turn into U+FFFD is refused, so that no value
 * is read as another than was sent.
 */
function decodePairs(text: string): URLSearchParams {
  for (const [run] of text.matchAll(/(?:%[0-9a-f]{2})+/gi)) {
    try {
      decodeURIComponent(run);
    } catch {
      throw new GatehouseError(
        'validation',
        `A parameter is not valid UTF-8: ${run.slice(0, 24)} stands for no character.`,
      );
    }
  }
  return new URLSearchParams(text);
}

/** RFC 8707 §2: one token may be for several APIs. Its values, which hold no spaces, are joined by one. */
const REPEATABLE = 'resource';

function collect(text: string, lenient: boolean): Record<string, string> {
  const parameters: Record<string, string> = Object.create(null);
  for (const [rawName, value] of pairsOf(text)) {
    const name = lenient ? rawName.trim() : rawName;
    if (name === '__proto__')
      throw new GatehouseError('validation', 'The parameter "__proto__" is not taken.');
    if (name in parameters && name !== REPEATABLE)
      throw new GatehouseError(
        'validation',
        `The parameter "${name.slice(0, 64)}" came more than once. Send it once.`,
        {
          fields: [{ field: name.slice(0, 64), message: 'Sent more than once.' }],
        },
      );
    if (value.includes('\0'))
      throw new GatehouseError(
        'validation',
        `The parameter "${name.slice(0, 64)}" contains a NUL character.`,
      );
    parameters[name] = name in parameters ? `${parameters[name]} ${value}` : value;
  }
  return parameters;
}

function unsupported(mediaType: string, kinds: readonly BodyKind[]): GatehouseError {
  const words = { json: 'application/json', form: 'application/x-www-form-urlencoded' };
  const taken = kinds.map((kind) => words[kind]).join(' or ');
  return new GatehouseError(
    'unsupported_media_type',
    `The content type ${mediaType.slice(0, 100)} is not taken here. Send ${taken}.`,
  );
}
