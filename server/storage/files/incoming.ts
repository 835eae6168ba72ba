import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { IncomingFile } from '../../domain/files/file_contents.ts';
import { GatehouseError } from '../../kernel/errors.ts';

/** So much of a file is looked at to find out what it is. */
const HEAD = 64 * 1024;

/** Makes the folder of what is on its way, and empties it: what lies there was cut off by the last stop. */
export function prepareIncoming(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { force: true });
}

/** @throws GatehouseError `entity_too_large`; whatever the stream throws. The file is removed then. */
export async function receiveFile(
  folder: string,
  stream: Readable,
  name: string,
  limit: number,
): Promise<IncomingFile> {
  const path = join(folder, randomUUID());
  const handle = await open(path, 'wx', 0o600);
  const discard = () => rm(path, { force: true });
  try {
    const written = await write(handle, stream, limit);
    await handle.sync();
    return { path, name, ...written, discard };
  } catch (error) {
    await discard();
    throw error;
  } finally {
    await handle.close();
  }
}

async function write(handle: FileHandle, stream: Readable, limit: number) {
  const head: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    if (size < HEAD) head.push(chunk.subarray(0, HEAD - size));
    size += chunk.length;
    if (size > limit) throw tooLarge(limit);
    await handle.write(chunk);
  }
  return { size, head: Buffer.concat(head) };
}

export function tooLarge(limit: number): GatehouseError {
  return new GatehouseError(
    'entity_too_large',
    `The file is larger than ${Math.floor(limit / 2 ** 20)} MB, the most that is taken here.`,
  );
}
