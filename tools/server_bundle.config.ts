import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Puts the server and its libraries into one file: reading a thousand small ones takes most of a second at
 * each start. What is native, or loaded only when it is needed, stays in node_modules.
 */
export default defineConfig({
  root,
  publicDir: false,
  logLevel: 'error',
  ssr: { noExternal: true, external: ['@node-rs/argon2', 'pg-native'] },
  build: {
    ssr: 'server/app/main.ts',
    outDir: 'dist/server',
    emptyOutDir: true,
    target: 'node24',
    minify: false,
    sourcemap: true,
  },
});
