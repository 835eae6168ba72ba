import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compressedAssets } from '../tools/compressed_assets.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The inbox is served by Gatehouse at /inbox, like the Console, whose design and API client it shares. */
export default defineConfig({
  root: here('.'),
  base: '/inbox/',
  // The mark, and the script that knows the colours before the first paint.
  publicDir: here('../console/public'),
  // Said, since what is shared with the chat page lies beside a tsconfig.json that says Preact.
  plugins: [react({ jsxImportSource: 'react' }), compressedAssets()],
  // The server puts each page's own nonce in its place.
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    outDir: here('../dist/inbox'),
    emptyOutDir: true,
    target: 'es2023',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        // What never changes between two builds of ours stays in the browser's cache.
        codeSplitting: { groups: [{ name: 'libraries', test: /node_modules\// }] },
      },
    },
  },
});
