import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** In memory where the system has such a place: the tests commit thousands of times, and none needs its data later. */
export const SCRATCH_PARENT = process.platform === 'linux' && existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** A new folder for a test's own data. */
export function scratchFolder(name: string): string {
  return mkdtempSync(join(SCRATCH_PARENT, `gatehouse-${name}-`));
}
