import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { type PagesDeps, safeNext, sendErrorPage, signInFirst } from '../accounts/pages_plugin.ts';
import { builtFiles } from './built_files.ts';

const policy = (styles: string, pictures: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src ${styles}`,
    "connect-src 'self'",
    "font-src 'self'",
    // Previews of pages of this server.
    "frame-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    `img-src ${pictures}`,
  ].join('; ');

/** What lies beside index.html: `favicon.svg`. The names of pages have no dot. */
const FILE_BESIDE = /^[a-z0-9_-]+\.[a-z0-9]+$/;

export interface WebAppOptions {
  pages: PagesDeps;
  /** Where it is found: `/console`. */
  base: string;
  /** What it is called where it cannot be shown. */
  title: string;
  /** Where the build lies. */
  folder: string;
  /** Where its pictures may come from, in the words of a content security policy. */
  pictures: string;
}

/**
 * A built web app for people who are logged in: its page at `base` and at every address below that is no file,
 * so that a link into it can be followed, shared and reloaded. Only the page asks for a login; its files are no
 * secret.
 */
export function webApp({ pages, base, title, folder, pictures }: WebAppOptions): FastifyPluginAsync {
  const protect = (reply: FastifyReply, styles = "'self'"): FastifyReply =>
    protectPage(reply).header('content-security-policy', policy(styles, pictures));

  return async (app: FastifyInstance) => {
    app.setErrorHandler((error, request, reply) => sendErrorPage(pages, error, request, reply));
    const files = await builtFiles(app, { folder, title, protect });

    const page = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      // The component library writes style elements; they carry the page's nonce.
      const { html, nonce } = await files.page();
      const { active } = await pages.browsers.read(request, reply);
      if (!active)
        return signInFirst(reply.header('cache-control', 'no-store'), safeNext(request.raw.url) ?? base);
      return protect(reply, `'self' 'nonce-${nonce}'`)
        .header('cache-control', 'no-store')
        .type('text/html; charset=utf-8')
        .send(html);
    };

    app.get(base, page);
    app.get(`${base}/*`, async (request, reply) => {
      const rest = (request.params as { '*': string })['*'];
      if (rest.startsWith('assets/')) return files.sendAsset(rest.slice('assets/'.length), reply);
      if (FILE_BESIDE.test(rest) && rest !== 'index.html') return files.send(rest, reply, 'no-cache');
      return page(request, reply);
    });
  };
}

/** The headers of a page that runs scripts, and of its files; its policy is its own. */
export function protectPage(reply: FastifyReply): FastifyReply {
  return reply
    .header('x-content-type-options', 'nosniff')
    .header('x-frame-options', 'DENY')
    .header('cross-origin-opener-policy', 'same-origin')
    .header('cross-origin-resource-policy', 'same-origin')
    .header('permissions-policy', 'camera=(), geolocation=(), microphone=()');
}
