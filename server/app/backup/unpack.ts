import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DATABASE_ENTRY, KEY_ENTRY, MANIFEST_ENTRY, type Manifest } from './manifest.ts';
import { readTar, type TarEntry } from './tar.ts';
import { compareUploads, UPLOADS_ENTRY, unpackedUpload } from './uploads.ts';

export interface Unpacked {
  manifest: Manifest;
  databaseFile: string;
  /** Undefined when it was left out. */
  keyText: string | undefined;
  /** Where uploaded files are, if there are any. */
  uploadsFolder: string;
  uploads: number;
}

const LARGEST_TEXT = 1 << 20;

/**
 * Unpacks a backup into an empty folder, and compares each file with the manifest.
 * @throws Error that says what is wrong with it
 */
export function unpackBackup(file: string, folder: string): Unpacked {
  let manifest: Manifest | undefined;
  let keyText: string | undefined;
  const databaseFile = join(folder, DATABASE_ENTRY);
  let unpacked = false;
  const uploads = new Map<string, string>();
  let uploadList: string | undefined;
  for (const entry of readTar(file)) {
    if (entry.name === MANIFEST_ENTRY) manifest = readManifest(textOf(entry));
    else if (!manifest) throw new Error('it does not begin with a manifest');
    else if (entry.name === KEY_ENTRY) keyText = textOf(entry).trim();
    else if (entry.name === DATABASE_ENTRY) {
      const digest = unpackFile(entry, databaseFile);
      const noted = manifest.files.find(({ name }) => name === DATABASE_ENTRY);
      if (noted?.sha256 !== digest || noted.bytes !== entry.size)
        throw new Error(`${DATABASE_ENTRY} in it is not what the manifest says (SHA-256 ${digest})`);
      unpacked = true;
    } else if (entry.name === UPLOADS_ENTRY) uploadList = textOf(entry, Number.POSITIVE_INFINITY);
    else {
      const path = unpackedUpload(entry.name, folder);
      if (path !== undefined) uploads.set(entry.name, unpackFile(entry, path));
    }
  }
  if (!manifest || !unpacked) throw new Error('there is no database in it');
  compareUploads(uploadList, uploads);
  if (keyText !== undefined && !/^[0-9a-f]{64}$/.test(keyText)) throw new Error('its secret.key is no key');
  return { manifest, databaseFile, keyText, uploadsFolder: join(folder, 'files'), uploads: uploads.size };
}

function readManifest(text: string): Manifest {
  const manifest = JSON.parse(text) as Manifest;
  if (manifest.format !== 'gatehouse-backup/1')
    throw new Error(
      `its format is ${JSON.stringify(manifest.format)}; this version reads gatehouse-backup/1`,
    );
  return manifest;
}

function textOf(entry: TarEntry, largest = LARGEST_TEXT): string {
  if (entry.size > largest) throw new Error(`${entry.name} in it is too large`);
  const pieces: Uint8Array[] = [];
  entry.read((bytes) => pieces.push(bytes));
  return Buffer.concat(pieces).toString('utf8');
}

/** @returns the file's SHA-256 */
function unpackFile(entry: TarEntry, to: string): string {
  const hash = createHash('sha256');
  const descriptor = openSync(to, 'wx', 0o600);
  try {
    entry.read((bytes) => {
      hash.update(bytes);
      for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done);
    });
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  return hash.digest('hex');
}
