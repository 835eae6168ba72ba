import type { FastifyInstance, FastifyReply } from 'fastify';

/** On every answer, whatever the surface. Pages add their own content security policy. */
export function addSecurityHeaders(app: FastifyInstance, options: { https: boolean }): void {
  const same = Object.entries(everywhere(options));
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    for (const [name, value] of same) reply.header(name, value);
    done();
  });
}

/** What no answer goes without; also for those that the framework gives before any hook. */
export function everywhere(options: { https: boolean }): Record<string, string> {
  return {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    ...(options.https ? { 'strict-transport-security': 'max-age=63072000; includeSubDomains' } : {}),
  };
}

/**
 * The policy of the server-rendered pages. Browsers apply `form-action` to the redirect that follows a form,
 * so that pages of an authorization flow admit the place the answer goes to.
 */
export function pagePolicy(reply: FastifyReply, formTargets: readonly string[] = []): FastifyReply {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    `form-action ${["'self'", ...formTargets].join(' ')}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');
  return reply
    .header('content-security-policy', policy)
    .header('x-frame-options', 'DENY')
    .header('cross-origin-opener-policy', 'same-origin')
    .header('cross-origin-resource-policy', 'same-origin')
    .header('permissions-policy', 'camera=(), geolocation=(), microphone=()');
}

/**
 * For the pages and redirects of an Accounts SDK popup alone: with the strict policy the browser would cut the
 * popup from the page that waits for its answer.
 */
export function keepOpener(reply: FastifyReply): FastifyReply {
  return reply.header('cross-origin-opener-policy', 'unsafe-none');
}
