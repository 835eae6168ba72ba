import type { Micros } from '../../kernel/clock.ts';

/** `arriving` until its bytes are kept, `doomed` while they are being removed. */
export type FileState = 'arriving' | 'stored' | 'doomed';

/** An uploaded file. Its bytes lie elsewhere, under a name made from key and secret. */
export interface StoredFile {
  licenseId: number;
  /** Grows with time. */
  key: number;
  /** What makes the address unguessable: 24 characters of base64url, 18 random bytes. */
  secret: string;
  name: string;
  contentType: string;
  /** Bytes, without the thumbnails. */
  size: number;
  /** Of an image that could be read, in pixels as it is shown; null for everything else. */
  image: { width: number; height: number } | null;
  /** The agent's e-mail, the bot's id, the customer's UUID. */
  uploadedBy: string;
  createdAt: Micros;
  state: FileState;
  /** When an event first named it. Files that none names within a day are removed. */
  usedAt: Micros | null;
}

/** The two sizes of thumbnails: they fit into squares of so many pixels. */
export const THUMBNAILS = { thumbnail: 300, thumbnail2x: 600 } as const;
export type ThumbnailName = keyof typeof THUMBNAILS;
export const THUMBNAIL_TYPE = 'image/webp';
