import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Lays a .br and a .gz beside each text file, so that the server never compresses while somebody waits. */
function compressed(): Plugin {
  let folder = '';
  return {
    name: 'compressed',
    apply: 'build',
    configResolved: (config) => {
      folder = config.build.outDir;
    },
    closeBundle: async () => {
      for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile() || !/\.(js|css|svg|html)$/.test(entry.name)) continue;
        const file = join(entry.parentPath, entry.name);
        const content = await readFile(file);
        await writeFile(`${file}.gz`, gzipSync(content, { level: 9 }));
        const quality = { [constants.BROTLI_PARAM_QUALITY]: 11 };
        await writeFile(`${file}.br`, brotliCompressSync(content, { params: quality }));
      }
    },
  };
}

/**
 * The Console is served by Gatehouse itself under /console/, with a policy that admits scripts of the
 * same origin only. Nothing may therefore be inlined into index.html as a script.
 */
export default defineConfig({
  root: here('.'),
  base: '/console/',
  publicDir: here('./public'),
  plugins: [react(), compressed()],
  // The server puts each page's own nonce in its place.
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    outDir: here('../dist/console'),
    emptyOutDir: true,
    target: 'es2023',
    // Everything we support preloads modules natively.
    modulePreload: { polyfill: false },
    // A font or picture as data: URL would work for images only; one rule for all is easier to keep.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // What never changes between two builds of ours stays in the browser's cache; and what several
          // pages share comes as one file, not as twenty.
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\//, priority: 30 },
            { name: 'tanstack', test: /node_modules\/@tanstack\//, priority: 20 },
            { name: 'shared', test: /console\/(api|design|texts)\//, priority: 10 },
            { name: 'mantine', test: /node_modules\//, minShareCount: 3, priority: 5 },
          ],
        },
      },
    },
  },
  server: {
    // `vite` in development: the pages come from Vite, the API from a running Gatehouse.
    proxy: Object.fromEntries(
      ['/console/api', '/signin', '/signout', '/account', '/docs'].map((path) => [
        path,
        'http://127.0.0.1:8080',
      ]),
    ),
  },
});
