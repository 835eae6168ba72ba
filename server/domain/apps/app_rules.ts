import { type FieldProblem, GatehouseError } from '../../kernel/errors.ts';
import type { RedirectPolicy } from '../../oauth/client_profile.ts';
import { checkRegistration } from '../../oauth/redirect_uri.ts';
import { findScope, type ScopeId } from '../../wire/scope_catalogue.ts';
import type { RequestedScope } from './records.ts';

export const LIMITS = {
  appsPerOrganization: 500,
  nameLength: 100,
  shortDescriptionLength: 400,
  redirectUris: 50,
  liveSecrets: 2,
  iconBytes: 256 * 1024,
} as const;

export function appNameProblem(name: string): FieldProblem | undefined {
  if (name === '') return { field: 'name', message: 'Give the app a name.' };
  if (name.length > LIMITS.nameLength)
    return {
      field: 'name',
      message: `The name may have at most ${LIMITS.nameLength} characters; this one has ${name.length}.`,
    };
  return undefined;
}

export function shortDescriptionProblem(text: string): FieldProblem | undefined {
  if (text.length <= LIMITS.shortDescriptionLength) return undefined;
  return {
    field: 'short_description',
    message: `The description may have at most ${LIMITS.shortDescriptionLength} characters; this one has ${text.length}.`,
  };
}

/** One problem for each entry that cannot stand on the whitelist, and for each that stands there twice. */
export function redirectUriProblems(
  uris: readonly string[],
  policy: RedirectPolicy,
  list: 'redirect_uris' | 'post_logout_redirect_uris' = 'redirect_uris',
): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (uris.length > LIMITS.redirectUris)
    problems.push({
      field: list,
      message: `An app may have at most ${LIMITS.redirectUris} addresses on this list.`,
    });
  const seen = new Set<string>();
  uris.forEach((uri, index) => {
    const field = `${list}[${index}]`;
    const checked = checkRegistration(uri, policy);
    if (!checked.ok) problems.push({ field, message: checked.problem.message });
    else if (seen.has(uri)) problems.push({ field, message: `"${uri}" is on the list already.` });
    seen.add(uri);
  });
  return problems;
}

/** Reads the scopes of an app. @throws GatehouseError `validation`, naming the scope that does not exist */
export function readRequestedScopes(
  scopes: readonly { scope: string; required: boolean }[],
): RequestedScope[] {
  const problems: FieldProblem[] = [];
  const chosen = new Map<ScopeId, RequestedScope>();
  scopes.forEach(({ scope, required }, index) => {
    const known = findScope(scope);
    if (!known) problems.push({ field: `scopes[${index}].scope`, message: `"${scope}" is not a scope.` });
    else if (!known.selectable)
      problems.push({
        field: `scopes[${index}].scope`,
        message: `The scope "${scope}" cannot be chosen by an app.`,
      });
    else if (chosen.has(known.id))
      problems.push({ field: `scopes[${index}].scope`, message: `"${scope}" is on the list already.` });
    else chosen.set(known.id, { scope: known.id, required });
  });
  if (problems.length > 0)
    throw new GatehouseError('validation', 'Some of the scopes cannot be used.', { fields: problems });
  return [...chosen.values()];
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

interface PictureSize {
  width: number;
  height: number;
}

/**
 * Reads the size of a picture from its own bytes, whatever its name or declared type says.
 * @returns undefined when the bytes are none of the three kinds
 */
export function inspectPicture(bytes: Buffer): (PictureSize & { mediaType: string }) | undefined {
  if (bytes.length > 24 && bytes.subarray(0, 8).equals(PNG) && bytes.toString('latin1', 12, 16) === 'IHDR')
    return { mediaType: 'image/png', width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
  if (
    bytes.length > 30 &&
    bytes.toString('latin1', 0, 4) === 'RIFF' &&
    bytes.toString('latin1', 8, 12) === 'WEBP'
  ) {
    const size = webpSize(bytes);
    return size && { mediaType: 'image/webp', ...size };
  }
  if (bytes.length > 4 && bytes[0] === 0xff && bytes[1] === 0xd8) {
    const size = jpegSize(bytes);
    return size && { mediaType: 'image/jpeg', ...size };
  }
  return undefined;
}

/** https://developers.google.com/speed/webp/docs/riff_container */
function webpSize(bytes: Buffer): PictureSize | undefined {
  switch (bytes.toString('latin1', 12, 16)) {
    case 'VP8X':
      return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
    case 'VP8 ':
      return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff };
    case 'VP8L': {
      const bits = bytes.readUInt32LE(21);
      return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
    }
    default:
      return undefined;
  }
}

/** Walks the segments of a JPEG to the frame header (ITU T.81 B.2.2). */
function jpegSize(bytes: Buffer): PictureSize | undefined {
  let offset = 2;
  while (offset + 9 < bytes.length && bytes[offset] === 0xff) {
    const marker = bytes[offset + 1] ?? 0;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { height: bytes.readUInt16BE(offset + 5), width: bytes.readUInt16BE(offset + 7) };
    offset += 2 + bytes.readUInt16BE(offset + 2);
  }
  return undefined;
}

/** @throws GatehouseError `validation` that says what the picture is and what it should be */
export function readIcon(bytes: Buffer): { mediaType: string } {
  const refuse = (message: string): GatehouseError =>
    new GatehouseError('validation', message, { fields: [{ field: 'icon', message }] });
  if (bytes.length > LIMITS.iconBytes)
    throw refuse(
      `The picture has ${Math.ceil(bytes.length / 1024)} KB; at most ${LIMITS.iconBytes / 1024} KB are taken.`,
    );
  const picture = inspectPicture(bytes);
  if (!picture) throw refuse('This file is not a PNG, JPEG or WebP picture.');
  const { width, height } = picture;
  if (width !== height) throw refuse(`The picture is ${width} × ${height} pixels; it should be square.`);
  if (width < 64 || width > 1024)
    throw refuse(`The picture is ${width} × ${height} pixels; it should be 64 to 1024 pixels wide.`);
  return { mediaType: picture.mediaType };
}
