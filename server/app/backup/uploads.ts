import { existsSync, globSync, mkdirSync, renameSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { syncFolderOf } from './folders.ts';
import { digestOf, type TarWriter } from './tar.ts';

/** The last entry of a backup with uploaded files: a line for each, as `sha256sum` writes them. */
export const UPLOADS_ENTRY = 'files.sha256';
const ENTRY = /^files\/\d+\/[0-9a-z]+\/[0-9a-z]+-[\w-]{24}(\.thumbnail(2x)?)?$/;

/**
 * Adds uploaded files to an archive. The database was copied before: what it names is there already, and a file
 * never changes. What is removed meanwhile is left out.
 * @param folder undefined, or one that does not exist, adds nothing
 * @returns how many there are
 */
export function addUploads(tar: TarWriter, folder: string | undefined): number {
  if (folder === undefined || !existsSync(folder)) return 0;
  const lines: string[] = [];
  for (const path of globSync('*/*/*', { cwd: folder })) {
    const name = `files/${path.split(sep).join('/')}`;
    if (!ENTRY.test(name)) continue;
    try {
      const digest = digestOf(join(folder, path));
      tar.add(name, { file: join(folder, path) });
      lines.push(`${digest}  ${name}\n`);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  if (lines.length > 0) tar.add(UPLOADS_ENTRY, Buffer.from(lines.join('')));
  return lines.length;
}

/** Where an entry of uploaded files is unpacked to, below a folder; undefined for other entries. */
export function unpackedUpload(name: string, folder: string): string | undefined {
  if (!ENTRY.test(name)) return undefined;
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  return path;
}

/**
 * Compares what was unpacked with the last entry.
 * @throws Error that says what is wrong
 */
export function compareUploads(list: string | undefined, unpacked: ReadonlyMap<string, string>): void {
  const listed = new Map(
    (list ?? '').split('\n').flatMap((line): [string, string][] => {
      const [digest, name] = line.split('  ');
      return digest && name ? [[name, digest]] : [];
    }),
  );
  for (const [name, digest] of listed)
    if (unpacked.get(name) !== digest) throw new Error(`${name} in it is missing, or not what it was`);
  if (unpacked.size !== listed.size) throw new Error(`the list of uploaded files in it is not whole`);
}

/** Puts restored files in the place of those that are there, which go aside. */
export function putUploads(restored: string, folder: string, aside: string): boolean {
  const had = existsSync(folder);
  if (had) {
    mkdirSync(aside, { recursive: true, mode: 0o700 });
    renameSync(folder, join(aside, 'files'));
  }
  if (existsSync(restored)) {
    mkdirSync(dirname(folder), { recursive: true });
    renameSync(restored, folder);
    syncFolderOf(folder);
  }
  return had;
}
