import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compressedAssets } from '../tools/compressed_assets.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/**
 * The Console is served by Gatehouse itself under /console/, with a policy that admits scripts of the
 * same origin only. Nothing may therefore be inlined into index.html as a script.
 */
export default defineConfig({
  root: here('.'),
  base: '/console/',
  publicDir: here('./public'),
  plugins: [react(), compressedAssets()],
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
