import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { GatehouseError } from '../../kernel/errors.ts';
import { type PagesDeps, safeNext, sendErrorPage, signInFirst } from '../accounts/pages_plugin.ts';

const policy = (styles: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src ${styles}`,
    "connect-src 'self'",
    // Previews of a picture that was chosen and not yet sent.
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ].join('; ');

/** Stands in the built index.html (`html.cspNonce` of Vite) for the nonce of one page. */
const NONCE_PLACE = '__CSP_NONCE__';

const YEAR = 31_536_000;
/** What lies beside index.html: `favicon.svg`. The names of pages have no dot. */
const FILE_BESIDE = /^[a-z0-9_-]+\.[a-z0-9]+$/;

/**
 * The built Console: its page at `/console` and at every address below that is no file, so that a link into
 * the Console can be followed, shared and reloaded. Only the page asks for a login; its files are no secret.
 * @param options.folder where the build lies
 */
export function consoleWebApp({ pages, folder }: { pages: PagesDeps; folder: string }): FastifyPluginAsync {
  return async (app: FastifyInstance) => {
    app.setErrorHandler((error, request, reply) => sendErrorPage(pages, error, request, reply));
    // The route below decides what is a file; the plugin only sends it, compressed by the build.
    await app.register(fastifyStatic, {
      root: folder,
      serve: false,
      preCompressed: true,
      cacheControl: false,
      index: false,
      dotfiles: 'deny',
      suppressWarning: true,
    });

    const page = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      if (!existsSync(join(folder, 'index.html')))
        throw new GatehouseError(
          'service_unavailable',
          'The Developer Console has not been built. Whoever runs this server can build it with "npm run build"; the APIs and the account pages work without it.',
        );
      const { active } = await pages.browsers.read(request, reply);
      if (!active)
        return signInFirst(
          reply.header('cache-control', 'no-store'),
          safeNext(request.raw.url) ?? '/console',
        );
      // The component library writes style elements; they carry the page's nonce (CSP3, section 6.7.3).
      const nonce = randomBytes(16).toString('base64');
      const html = await readFile(join(folder, 'index.html'), 'utf8');
      return protect(reply, `'self' 'nonce-${nonce}'`)
        .header('cache-control', 'no-store')
        .type('text/html; charset=utf-8')
        .send(html.replaceAll(NONCE_PLACE, nonce));
    };
    const file = async (name: string, reply: FastifyReply, caching: string): Promise<FastifyReply> => {
      // Looked up before, so that a missing file is never answered by a page that says 200.
      if (!existsSync(join(folder, name)))
        throw new GatehouseError(
          'not_found',
          'The Console has no such file; perhaps it was updated. Reload it.',
        );
      protect(reply).header('cache-control', caching);
      return reply.sendFile(name);
    };

    app.get('/console', page);
    app.get('/console/*', async (request, reply) => {
      const rest = (request.params as { '*': string })['*'];
      const asset = /^assets\/([A-Za-z0-9_.-]+)$/.exec(rest)?.[1];
      // Their names hold a hash of their content.
      if (asset !== undefined && !asset.startsWith('.'))
        return file(`assets/${asset}`, reply, `public, max-age=${YEAR}, immutable`);
      if (rest.startsWith('assets/'))
        throw new GatehouseError(
          'not_found',
          'The Console has no such file; perhaps it was updated. Reload it.',
        );
      if (FILE_BESIDE.test(rest) && rest !== 'index.html') return file(rest, reply, 'no-cache');
      return page(request, reply);
    });
  };
}

function protect(reply: FastifyReply, styles = "'self'"): FastifyReply {
  return reply
    .header('content-security-policy', policy(styles))
    .header('x-content-type-options', 'nosniff')
    .header('x-frame-options', 'DENY')
    .header('cross-origin-opener-policy', 'same-origin')
    .header('cross-origin-resource-policy', 'same-origin')
    .header('permissions-policy', 'camera=(), geolocation=(), microphone=()');
}
