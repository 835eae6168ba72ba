import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));

const nativeOnes = ['@node-rs/argon2', 'pg-native', 'sharp'];
/** Two of them must also be loaded in a certain order, which a bundle does not keep. */
const rarelyLoaded = ['@aws-sdk/client-s3', '@node-saml/node-saml', '@peculiar/x509', 'reflect-metadata'];

/**
 * Puts the server and its libraries into one file: reading a thousand small ones takes most of a second at
 * each start. What is native, or loaded only when it is needed, stays in node_modules.
 */
export default defineConfig({
  root,
  publicDir: false,
  logLevel: 'error',
  ssr: { noExternal: true, external: [...nativeOnes, ...rarelyLoaded] },
  build: {
    ssr: 'server/app/main.ts',
    outDir: 'dist/server',
    emptyOutDir: true,
    target: 'node24',
    minify: false,
    sourcemap: true,
  },
});
