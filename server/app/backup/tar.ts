import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readSync, statSync, writeSync } from 'node:fs';

// The format of POSIX (ustar), so that a backup opens with any `tar`:
// https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html#tag_20_94_13_06
const BLOCK = 512;
const CHUNK = 1 << 20;
/** The largest size that eleven octal digits hold; beyond it GNU's binary form is used, which all read. */
const OCTAL_LIMIT = 8 ** 11;

export interface TarWriter {
  add(name: string, content: Uint8Array | { file: string }): void;
  /** Ends the archive; it is on disk when this returns. */
  close(): void;
}

/** Writes a new archive that only its owner can read. @throws when the file exists */
export function writeTar(file: string): TarWriter {
  const descriptor = openSync(file, 'wx', 0o600);
  const write = (bytes: Uint8Array) => {
    for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done);
  };
  return {
    add(name, content) {
      const size = content instanceof Uint8Array ? content.length : statSync(content.file).size;
      write(header(name, size));
      if (content instanceof Uint8Array) write(content);
      else readWhole(content.file, write);
      write(Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK));
    },
    close() {
      write(Buffer.alloc(2 * BLOCK));
      fsyncSync(descriptor);
      closeSync(descriptor);
    },
  };
}

export interface TarEntry {
  name: string;
  size: number;
  /** Goes through the content once, piece by piece. */
  read(piece: (bytes: Uint8Array) => void): void;
}

/**
 * Goes through an archive's entries.
 * @throws Error when the file is no archive, or ends in the middle
 */
export function* readTar(file: string): Generator<TarEntry> {
  const descriptor = openSync(file, 'r');
  let position = 0;
  const take = (length: number): Buffer => {
    const bytes = Buffer.alloc(length);
    if (readSync(descriptor, bytes, 0, length, position) !== length) throw new Error('it ends too early');
    position += length;
    return bytes;
  };
  try {
    for (;;) {
      const head = take(BLOCK);
      if (head.every((byte) => byte === 0)) return;
      if (checksum(head) !== Number.parseInt(field(head, 148, 8), 8))
        throw new Error('it is not a tar archive');
      const size = readSize(head);
      const start = position;
      yield {
        name: field(head, 0, 100),
        size,
        read(piece) {
          position = start;
          for (let left = size; left > 0; left -= CHUNK) piece(take(Math.min(left, CHUNK)));
        },
      };
      position = start + Math.ceil(size / BLOCK) * BLOCK;
    }
  } finally {
    closeSync(descriptor);
  }
}

/** SHA-256 of a file, in hexadecimal digits. */
export function digestOf(file: string): string {
  const hash = createHash('sha256');
  readWhole(file, (bytes) => hash.update(bytes));
  return hash.digest('hex');
}

function readWhole(file: string, piece: (bytes: Uint8Array) => void): void {
  const descriptor = openSync(file, 'r');
  const buffer = Buffer.alloc(CHUNK);
  try {
    for (;;) {
      const count = readSync(descriptor, buffer);
      if (count === 0) return;
      piece(buffer.subarray(0, count));
    }
  } finally {
    closeSync(descriptor);
  }
}

function header(name: string, size: number): Buffer {
  const head = Buffer.alloc(BLOCK);
  const octal = (value: number, offset: number, length: number) =>
    head.write(`${value.toString(8).padStart(length - 1, '0')}\0`, offset, 'latin1');
  head.write(name, 0, 100, 'utf8');
  octal(0o600, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  if (size < OCTAL_LIMIT) octal(size, 124, 12);
  else {
    head[124] = 0x80;
    head.writeBigUInt64BE(BigInt(size), 128);
  }
  octal(Math.floor(Date.now() / 1000), 136, 12);
  head.write('0', 156, 'latin1');
  head.write('ustar\x0000', 257, 'latin1');
  head.write(`${checksum(head).toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return head;
}

/** The sum of a header's bytes, with blanks in the place of the sum itself. */
function checksum(head: Buffer): number {
  return head.reduce((sum, byte, index) => sum + (index >= 148 && index < 156 ? 0x20 : byte), 0);
}

function readSize(head: Buffer): number {
  if ((head[124] ?? 0) & 0x80) return Number(head.readBigUInt64BE(128));
  return Number.parseInt(field(head, 124, 12), 8);
}

function field(head: Buffer, offset: number, length: number): string {
  const text = head.toString('utf8', offset, offset + length);
  const end = text.indexOf('\0');
  return (end === -1 ? text : text.slice(0, end)).trim();
}
