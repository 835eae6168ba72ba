import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { GatehouseError } from '../../kernel/errors.ts';

const YEAR = 31_536_000;
/** Stands in the built index.html (`html.cspNonce` of Vite) for the nonce of one page. */
const NONCE_PLACE = '__CSP_NONCE__';

/** The files of a web page that was built beforehand. */
export interface BuiltFiles {
  /**
   * The page itself, with a nonce of its own in the places that were kept for it (CSP3, section 6.7.3).
   * @throws GatehouseError `service_unavailable` when nothing was built
   */
  page(): Promise<{ html: string; nonce: string }>;
  /** Sends a file, compressed by the build where the browser can read that. @throws GatehouseError `not_found` */
  send(name: string, reply: FastifyReply, caching: string): FastifyReply;
  /** Sends a file whose name holds a hash of its content. @param name below `assets/` */
  sendAsset(name: string, reply: FastifyReply): FastifyReply;
}

/**
 * @param options.folder where the build lies
 * @param options.title what is told when a file is not there: "The Console"
 * @param options.protect sets the headers that every file and page of it has
 */
export async function builtFiles(
  app: FastifyInstance,
  options: { folder: string; title: string; protect(reply: FastifyReply): FastifyReply },
): Promise<BuiltFiles> {
  const { folder, title, protect } = options;
  // The routes decide what is a file; the plugin only sends it.
  await app.register(fastifyStatic, {
    root: folder,
    serve: false,
    preCompressed: true,
    cacheControl: false,
    index: false,
    dotfiles: 'deny',
    suppressWarning: true,
  });

  function send(name: string, reply: FastifyReply, caching: string): FastifyReply {
    // Looked up before, so that a missing file is never answered by a page that says 200.
    if (!existsSync(join(folder, name)))
      throw new GatehouseError('not_found', `${title} has no such file; perhaps it was updated. Reload it.`);
    return protect(reply).header('cache-control', caching).sendFile(name);
  }

  return {
    async page() {
      if (!existsSync(join(folder, 'index.html')))
        throw new GatehouseError(
          'service_unavailable',
          `${title} has not been built. Whoever runs this server can build it with "npm run build"; the APIs and the account pages work without it.`,
        );
      const nonce = randomBytes(16).toString('base64');
      const html = await readFile(join(folder, 'index.html'), 'utf8');
      return { html: html.replaceAll(NONCE_PLACE, nonce), nonce };
    },
    send,
    sendAsset: (name, reply) =>
      send(
        /^[A-Za-z0-9_-][A-Za-z0-9_.-]*$/.test(name) ? `assets/${name}` : 'assets/none',
        reply,
        `public, max-age=${YEAR}, immutable`,
      ),
  };
}
