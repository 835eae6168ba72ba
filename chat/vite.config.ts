import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { compressedAssets } from '../tools/compressed_assets.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/**
 * The chat page is served by Gatehouse at /chat/<organization_id>. Its policy admits the files that carry the
 * answer's nonce and nothing else; the server puts one in the placeholder's place.
 */
export default defineConfig({
  root: here('.'),
  base: '/chat/',
  publicDir: false,
  plugins: [compressedAssets()],
  html: { cspNonce: '__CSP_NONCE__' },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: here('../dist/chat'),
    emptyOutDir: true,
    target: 'es2023',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
});
