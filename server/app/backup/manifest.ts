import { keyring } from '../../kernel/keyring.ts';

/** The first entry of a backup: what is in it, and how to tell that it is whole. */
export interface Manifest {
  format: 'gatehouse-backup/1';
  /** ISO 8601, UTC. */
  made_at: string;
  gatehouse_version: string;
  /** The newest migration of the tables. */
  migration: string;
  /** Rows by table. */
  tables: Record<string, number>;
  files: { name: string; bytes: number; sha256: string }[];
  /** Tells whether a key is the one the backup belongs to, and nothing about the key. */
  secret_key_fingerprint: string;
}

export const MANIFEST_ENTRY = 'manifest.json';
export const DATABASE_ENTRY = 'gatehouse.db';
export const KEY_ENTRY = 'secret.key';

export function keyFingerprint(secretKey: Uint8Array): string {
  return keyring(secretKey).derive('fingerprint in backups').toString('hex').slice(0, 16);
}
