import type { Readable } from 'node:stream';
import type { Clock } from '../../kernel/clock.ts';
import { days } from '../../kernel/clock.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import type { Identifiers } from '../../kernel/identifiers.ts';
import { equalBytes } from '../../kernel/keyring.ts';
import type { Random } from '../../kernel/random.ts';
import type { ServerSettings } from '../server_settings.ts';
import { contentName, fileUrl, readFileId } from './file_address.ts';
import type { ByteRange, FileContents, IncomingFile } from './file_contents.ts';
import { contentTypeOf, rasterFormat } from './file_kind.ts';
import { cleanFileName } from './file_name.ts';
import type { FileStore } from './file_store.ts';
import { type ImageReader, imageReader } from './image_reader.ts';
import { type StoredFile, THUMBNAILS, type ThumbnailName } from './records.ts';

/** The part of the storage that files use. */
export interface FileStorage {
  read: { files: FileStore };
  write<T>(unit: (stores: { files: FileStore }) => Promise<T>): Promise<T>;
}

export interface FileService {
  /** How large a file may be, in bytes. */
  limit: number;
  /** Writes an upload to this server's disk; who calls discards it in the end, whatever comes of it. */
  receive(stream: Readable, name: string): Promise<IncomingFile>;
  /**
   * Keeps a file. Nobody finds it but by its address.
   * @returns the address; it dies after a day, unless an event names it
   * @throws GatehouseError `validation` for empty files, programs and pixel bombs, `limit_reached` beyond the quota
   */
  keep(owner: FileOwner, incoming: IncomingFile): Promise<{ url: string }>;
  /** A file by the id in its address; undefined also for one whose secret is another. */
  file(id: string): Promise<StoredFile | undefined>;
  open(file: StoredFile, size: ThumbnailName | undefined, range?: ByteRange): Promise<Readable | undefined>;
  /** Removes files that no event has named within a day. @returns how many */
  purge(): Promise<number>;
}

export interface FileOwner {
  licenseId: number;
  /** The agent or the customer. */
  userId: string;
}

/** Docs: agent-chat-api#upload-file. */
export const UNUSED_LIFE = days(1);
const SECRET_BYTES = 18;
const PURGED_AT_ONCE = 100;

/** Uploads, and the way back to their bytes. */
export function createFileService(services: {
  storage: FileStorage;
  contents: FileContents;
  clock: Clock;
  identifiers: Identifiers;
  random: Random;
  settings: ServerSettings;
  images?: ImageReader;
}): FileService {
  const { storage, contents, clock, settings } = services;
  const images = services.images ?? imageReader();

  async function keep(owner: FileOwner, incoming: IncomingFile): Promise<{ url: string }> {
    if (incoming.size === 0) throw invalid('It is empty: there are no bytes in it.');
    const name = cleanFileName(incoming.name);
    const contentType = await contentTypeOf(incoming.head, name);
    const format = rasterFormat(contentType);
    const image = format === undefined ? undefined : await images.read(incoming.path, format);
    const file: StoredFile = {
      licenseId: owner.licenseId,
      key: services.identifiers.key(),
      secret: services.random.bytes(SECRET_BYTES).toString('base64url'),
      name,
      // What begins like an image and cannot be read as one is offered for saving, not shown.
      contentType: format === undefined || image ? contentType : 'application/octet-stream',
      size: incoming.size,
      image: image ? { width: image.width, height: image.height } : null,
      uploadedBy: owner.userId,
      createdAt: clock.now(),
      state: 'arriving',
      usedAt: null,
    };
    // Noted before the bytes are kept: whatever happens in between, the purge finds them.
    const fits = await storage.write(({ files }) => files.reserve(file, settings.files.quotaBytes));
    if (!fits) throw overQuota(settings.files.quotaBytes);
    for (const { name: size, bytes } of image?.thumbnails ?? [])
      await contents.put(contentName(file, size), bytes, 'image/webp');
    await contents.put(contentName(file), incoming, file.contentType);
    await storage.write(({ files }) => files.markStored(file));
    return { url: fileUrl(settings.publicUrl, file) };
  }

  async function file(id: string): Promise<StoredFile | undefined> {
    const reference = readFileId(id);
    const found = reference && (await storage.read.files.file(reference));
    if (!found || !equalBytes(Buffer.from(found.secret), Buffer.from(reference.secret))) return undefined;
    return found.state === 'stored' && !isOver(found) ? found : undefined;
  }

  function isOver({ usedAt, createdAt }: StoredFile): boolean {
    return usedAt === null && createdAt <= clock.now() - UNUSED_LIFE;
  }

  return {
    limit: settings.files.limitBytes,
    receive: (stream, name) => contents.receive(stream, name, settings.files.limitBytes),
    keep,
    file,
    open: (found, size, range) => contents.read(contentName(found, size), range),
    async purge() {
      const doomed = await storage.write(({ files }) =>
        files.doom(clock.now() - UNUSED_LIFE, PURGED_AT_ONCE),
      );
      for (const one of doomed) {
        await contents.remove(namesOf(one));
        await storage.write(({ files }) => files.remove(one));
      }
      return doomed.length;
    },
  };
}

/** Under which names the bytes of a file may lie. */
function namesOf(file: StoredFile): string[] {
  const sizes = file.image ? (Object.keys(THUMBNAILS) as ThumbnailName[]) : [];
  return [contentName(file), ...sizes.map((size) => contentName(file, size))];
}

function overQuota(quota: number): GatehouseError {
  return new GatehouseError(
    'limit_reached',
    `The files of this organization may take ${Math.floor(quota / 1e6)} MB in all, and this one does not fit in. The server's operator can raise FILES_QUOTA_MB.`,
  );
}

function invalid(message: string): GatehouseError {
  return new GatehouseError('validation', `file: ${message}`, { fields: [{ field: 'file', message }] });
}
