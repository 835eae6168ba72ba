import { closeSync, copyFileSync, fsyncSync, linkSync, openSync } from 'node:fs';
import { dirname } from 'node:path';

/** Makes sure that a new name is on disk, and not only what it names. */
export function syncFolderOf(file: string): void {
  // Windows has no such thing.
  if (process.platform === 'win32') return;
  const descriptor = openSync(dirname(file), 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
}

/** A second name for a file; a copy where the file system, or two of them, do not allow that. */
export function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}
