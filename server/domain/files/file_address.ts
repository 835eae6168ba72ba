import type { StoredFile, ThumbnailName } from './records.ts';

/** What an address of a file names: the organization, the row, and the secret that proves it was given out. */
export interface FileReference {
  licenseId: number;
  key: number;
  secret: string;
}

const ID = /^([1-9a-z][0-9a-z]{0,7})-([1-9a-z][0-9a-z]{0,10})-([A-Za-z0-9_-]{24})$/;

/** `<organization>-<key>-<secret>`, the numbers to the base of 36. */
export function fileId({ licenseId, key, secret }: FileReference): string {
  return `${licenseId.toString(36)}-${key.toString(36)}-${secret}`;
}

/** @returns undefined for what cannot be an id of a file */
export function readFileId(id: string): FileReference | undefined {
  const [, license = '', key = '', secret = ''] = ID.exec(id) ?? [];
  const reference = { licenseId: Number.parseInt(license, 36), key: Number.parseInt(key, 36), secret };
  return secret !== '' && Number.isSafeInteger(reference.key) ? reference : undefined;
}

/** @param origin without a slash at the end */
export function fileUrl(
  origin: string,
  file: FileReference & Pick<StoredFile, 'name'>,
  size?: ThumbnailName,
): string {
  const middle = size === undefined ? '' : `${size}/`;
  return `${origin}/files/${fileId(file)}/${middle}${encodeURIComponent(file.name)}`;
}

/** The file that an address of this server names; undefined for every other address. */
export function readFileUrl(origin: string, url: string): FileReference | undefined {
  const start = `${origin}/files/`;
  if (!url.startsWith(start) || url.length > 2_048) return undefined;
  const [id = '', name, ...rest] = url.slice(start.length).split('/');
  return name && rest.length === 0 ? readFileId(id) : undefined;
}

/** Where the bytes lie: `<organization>/<days>/<key>-<secret>`, so that no folder grows without end. */
export function contentName(file: FileReference, size?: ThumbnailName): string {
  const key = file.key.toString(36);
  return `${file.licenseId}/${key.slice(0, -8) || '0'}/${key}-${file.secret}${size === undefined ? '' : `.${size}`}`;
}
