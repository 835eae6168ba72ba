import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const ALLOWED_HEADERS = 'authorization, content-type, x-api-version, x-region, x-author-id';
const EXPOSED_HEADERS = 'x-request-id, x-debug-id, retry-after';

/** The page that asks; undefined when no browser does. */
export function originOf(request: FastifyRequest): string | undefined {
  const { origin } = request.headers;
  return Array.isArray(origin) ? origin[0] : origin;
}

/** Any page may read the answer, and no cookie counts (the Fetch standard forbids the two together). */
export function openToAnyPage(reply: FastifyReply): void {
  reply.header('access-control-allow-origin', '*').removeHeader('access-control-allow-credentials');
}

/** This origin alone may read the answer, and may have sent its cookies. */
export function openToPage(reply: FastifyReply, origin: string): void {
  reply.header('access-control-allow-origin', origin).header('access-control-allow-credentials', 'true');
}

export function openToNoPage(reply: FastifyReply): void {
  reply
    .removeHeader('access-control-allow-origin')
    .removeHeader('access-control-allow-credentials')
    .removeHeader('access-control-expose-headers');
}

/**
 * Cross-origin rules of addresses that take cookies from some pages, and tokens from any.
 *
 * A preflight says neither the app nor the grant. So the pages of all apps are told that they may send
 * cookies, which the request itself checks for its own app, and every other page that it may call without.
 * An answer that fails before its app is known follows the same rule.
 */
export function allowRegisteredPages(
  app: FastifyInstance,
  options: {
    urls: readonly string[];
    methods: readonly string[];
    isKnownOrigin: (origin: string) => Promise<boolean>;
  },
): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('vary', 'Origin').header('access-control-expose-headers', EXPOSED_HEADERS);
    const origin = originOf(request);
    if (origin !== undefined && (await options.isKnownOrigin(origin))) openToPage(reply, origin);
    else openToAnyPage(reply);
  });
  for (const url of options.urls)
    app.options(url, async (_request, reply) =>
      reply
        .code(204)
        .header('access-control-allow-methods', options.methods.join(', '))
        .header('access-control-allow-headers', ALLOWED_HEADERS)
        .header('access-control-max-age', '7200')
        .send(),
    );
}
