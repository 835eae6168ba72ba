import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { galleryContext } from './gallery_samples.ts';
import { gallery } from './gallery_views.ts';

/**
 * Writes every page state as static HTML with its assets and an index, to be looked at and checked:
 * `node server/pages/gallery.ts <folder>`.
 */
export async function writeGallery(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await cp(fileURLToPath(new URL('assets', import.meta.url)), join(folder, 'assets'), { recursive: true });
  for (const entry of gallery) {
    await writeFile(join(folder, `${entry.name}.html`), entry.render(galleryContext));
  }
  const links = gallery.map((entry) => `<li><a href="${entry.name}.html">${entry.name}</a></li>`).join('\n');
  const index = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Gallery</title><ul>\n${links}\n</ul></html>\n`;
  await writeFile(join(folder, 'index.html'), index);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = process.argv[2];
  if (folder === undefined) {
    console.error('Name the folder to write to: node server/pages/gallery.ts <folder>');
    process.exitCode = 2;
  } else {
    await writeGallery(folder);
    console.log(`${gallery.length} page states written to ${folder}`);
  }
}
