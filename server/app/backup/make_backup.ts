import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { copySqlite } from '../../storage/maintenance/sqlite_copy.ts';
import { syncFolderOf } from './folders.ts';
import { DATABASE_ENTRY, KEY_ENTRY, keyFingerprint, MANIFEST_ENTRY, type Manifest } from './manifest.ts';
import { digestOf, writeTar } from './tar.ts';
import { addUploads } from './uploads.ts';

/**
 * Writes a backup of a SQLite database, which may be served meanwhile. The file has its name only when it is
 * whole and on disk; what an interrupted run leaves is `<to>.partial…`, and is removed by the next.
 */
export function makeBackup(parts: {
  databaseFile: string;
  secretKey: Buffer;
  /** False leaves the key out: keep it elsewhere. */
  withKey: boolean;
  version: string;
  /** Of uploaded files; undefined when they are in a bucket. */
  filesFolder: string | undefined;
  to: string;
}): Manifest & { uploads: number } {
  const copy = `${parts.to}.partial-database`;
  const archive = `${parts.to}.partial`;
  const clear = () => {
    for (const file of [copy, archive]) rmSync(file, { force: true });
  };
  clear();
  try {
    const { migrations, tables } = copySqlite(parts.databaseFile, copy);
    const manifest: Manifest = {
      format: 'gatehouse-backup/1',
      made_at: new Date().toISOString(),
      gatehouse_version: parts.version,
      migration: migrations.at(-1) ?? 'none',
      tables,
      files: [{ name: DATABASE_ENTRY, bytes: statSync(copy).size, sha256: digestOf(copy) }],
      secret_key_fingerprint: keyFingerprint(parts.secretKey),
    };
    const tar = writeTar(archive);
    tar.add(MANIFEST_ENTRY, Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`));
    if (parts.withKey) tar.add(KEY_ENTRY, Buffer.from(`${parts.secretKey.toString('hex')}\n`));
    tar.add(DATABASE_ENTRY, { file: copy });
    const uploads = addUploads(tar, parts.filesFolder);
    tar.close();
    renameSync(archive, parts.to);
    syncFolderOf(parts.to);
    return { ...manifest, uploads };
  } finally {
    clear();
  }
}

/** `gatehouse-2026-01-31T07-11-28Z.tar` */
export function backupName(now: Date): string {
  return `gatehouse-${now.toISOString().slice(0, 19).replaceAll(':', '-')}Z.tar`;
}

/** Where the backup goes: the named file, or one of today's name in the named folder. */
export function backupPath(to: string | undefined, now: Date): string {
  if (to === undefined) return backupName(now);
  return existsSync(to) && statSync(to).isDirectory() ? `${to.replace(/\/$/, '')}/${backupName(now)}` : to;
}
