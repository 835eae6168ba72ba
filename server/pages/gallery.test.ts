import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { writeGallery } from './gallery.ts';
import { gallery } from './gallery_views.ts';

test('the gallery writes every state, the assets and an index', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'gallery-'));
  t.after(() => rm(folder, { recursive: true }));
  await writeGallery(folder);
  const files = await readdir(folder);
  assert.equal(files.length, gallery.length + 2);
  assert.equal(new Set(gallery.map((entry) => entry.name)).size, gallery.length);
  assert.match(await readFile(join(folder, 'assets/accounts.css'), 'utf8'), /--brand/);
});
