import type { Readable } from 'node:stream';

/** A file as it came in: whole, on the disk of this server, and nobody's yet. */
export interface IncomingFile {
  path: string;
  /** As the sender called it; not to be trusted. */
  name: string;
  size: number;
  /** The first bytes, for finding out what it is. */
  head: Uint8Array;
  /** Removes it, unless it was kept. */
  discard(): Promise<void>;
}

/** Bytes from … to, both included (RFC 9110 §14.1.2). */
export interface ByteRange {
  start: number;
  end: number;
}

/** Where the bytes of files are kept: a folder, or a bucket. Names hold organization, key and secret. */
export interface FileContents {
  /**
   * Writes what arrives to this server's disk.
   * @throws GatehouseError `entity_too_large` as soon as more than `limit` bytes have come; whatever the stream throws
   */
  receive(stream: Readable, name: string, limit: number): Promise<IncomingFile>;
  /** Keeps bytes under a name; they are durable when the promise resolves. An incoming file may be moved. */
  put(name: string, content: { path: string } | Uint8Array, contentType: string): Promise<void>;
  /** @returns undefined when there is nothing under the name */
  read(name: string, range: ByteRange | undefined): Promise<Readable | undefined>;
  /** Removes what is there under the names. */
  remove(names: readonly string[]): Promise<void>;
}
