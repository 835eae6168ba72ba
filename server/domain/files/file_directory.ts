import { type FileReference, fileUrl, readFileUrl } from './file_address.ts';
import type { FileStorage } from './file_service.ts';
import type { StoredFile } from './records.ts';

/** What a file event says of its file, in wire spelling (docs: data-structures#file). */
export interface FileContent extends Record<string, unknown> {
  name: string;
  url: string;
  content_type: string;
  size: number;
  thumbnail_url?: string;
  thumbnail2x_url?: string;
  width?: number;
  height?: number;
}

/** The files of an organization, as far as chats need them. */
export interface FileDirectory {
  /** The file that an address names, whatever became of it since; undefined for every other address. */
  reference(url: unknown): FileReference | undefined;
  /** @returns undefined when this organization has no such file */
  describe(licenseId: number, url: string): Promise<FileContent | undefined>;
}

/** @param origin of the addresses that are given out */
export function fileDirectory(storage: FileStorage, origin: () => string): FileDirectory {
  const reference = (url: unknown) => (typeof url === 'string' ? readFileUrl(origin(), url) : undefined);
  return {
    reference,
    async describe(licenseId, url) {
      const named = reference(url);
      // Another organization's file is as unknown as one that never was.
      if (!named || named.licenseId !== licenseId) return undefined;
      const file = await storage.read.files.file(named);
      return file && file.secret === named.secret && file.state === 'stored'
        ? contentOf(origin(), file)
        : undefined;
    },
  };
}

function contentOf(origin: string, file: StoredFile): FileContent {
  return {
    name: file.name,
    url: fileUrl(origin, file),
    content_type: file.contentType,
    size: file.size,
    ...(file.image
      ? {
          thumbnail_url: fileUrl(origin, file, 'thumbnail'),
          thumbnail2x_url: fileUrl(origin, file, 'thumbnail2x'),
          ...file.image,
        }
      : {}),
  };
}
