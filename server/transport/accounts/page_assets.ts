import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';

/** Beside the pages' sources; a bundled server is told where they are. */
const SOURCES = fileURLToPath(new URL('../../pages/assets/', import.meta.url));
const FILES = {
  'accounts.css': 'text/css; charset=utf-8',
  'accounts.js': 'text/javascript; charset=utf-8',
  'passkeys.js': 'text/javascript; charset=utf-8',
  'popup.js': 'text/javascript; charset=utf-8',
  'reference.js': 'text/javascript; charset=utf-8',
  'mark.svg': 'image/svg+xml',
} as const;

export interface PageAssets {
  css: string;
  js: string;
  passkeys: string;
  popup: string;
  reference: string;
  icon: string;
}

/** Serves the pages' few static files; their addresses carry a hash of the content, so that browsers keep them. */
export function pageAssets(app: FastifyInstance, folder: string = SOURCES): PageAssets {
  const address = (name: keyof typeof FILES): string => {
    const bytes = readFileSync(join(folder, name));
    const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
    app.get(`/assets/${name}`, async (request, reply) => {
      const current = (request.query as { v?: unknown }).v === hash;
      reply
        .header('content-type', FILES[name])
        .header('cache-control', current ? 'public, max-age=31536000, immutable' : 'no-cache')
        .header('content-security-policy', "default-src 'none'; sandbox")
        .header('cross-origin-resource-policy', 'same-origin');
      return bytes;
    });
    return `/assets/${name}?v=${hash}`;
  };
  const assets = {
    css: address('accounts.css'),
    js: address('accounts.js'),
    passkeys: address('passkeys.js'),
    popup: address('popup.js'),
    reference: address('reference.js'),
    icon: address('mark.svg'),
  };
  app.get('/favicon.ico', async (_request, reply) => reply.redirect(assets.icon, 302));
  return assets;
}
