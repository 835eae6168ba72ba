import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FileContents } from '../../domain/files/file_contents.ts';
import { prepareIncoming, receiveFile } from './incoming.ts';

export const INCOMING = 'incoming';

/** Keeps files in a folder of this machine, readable by its owner alone. */
export function folderContents(folder: string): FileContents {
  const incoming = join(folder, INCOMING);
  let ready = false;

  function prepare(): void {
    if (!ready) prepareIncoming(incoming);
    ready = true;
  }

  /** A new name is on disk only when its folder is. */
  async function syncFolder(path: string): Promise<void> {
    if (process.platform === 'win32') return;
    const handle = await open(path, 'r');
    await handle.sync().finally(() => handle.close());
  }

  return {
    receive(stream, name, limit) {
      prepare();
      return receiveFile(incoming, stream, name, limit);
    },
    async put(name, content) {
      prepare();
      const path = join(folder, name);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      if (!(content instanceof Uint8Array)) await rename(content.path, path);
      else {
        const part = join(incoming, randomUUID());
        const handle = await open(part, 'wx', 0o600);
        try {
          await handle.writeFile(content);
          await handle.sync();
        } finally {
          await handle.close();
        }
        await rename(part, path);
      }
      await syncFolder(dirname(path));
    },
    async read(name, range) {
      const stream = createReadStream(join(folder, name), range);
      return new Promise((resolve, reject) => {
        stream.once('open', () => resolve(stream));
        stream.once('error', (error: NodeJS.ErrnoException) =>
          error.code === 'ENOENT' ? resolve(undefined) : reject(error),
        );
      });
    },
    async remove(names) {
      for (const name of names) await rm(join(folder, name), { force: true });
    },
  };
}
