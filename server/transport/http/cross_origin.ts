import type { FastifyInstance } from 'fastify';

/**
 * APIs that are opened by a token in a header, never by a cookie, may be called from any page: a foreign page
 * has no token to send. (The Fetch standard forbids credentials with a wildcard origin.)
 */
export function allowAnyOrigin(app: FastifyInstance, methods: readonly string[]): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('access-control-allow-origin', '*');
    reply.header(
      'access-control-expose-headers',
      'x-request-id, x-debug-id, retry-after, ratelimit, ratelimit-policy, legacy, deprecation, www-authenticate',
    );
    if (request.method !== 'OPTIONS') {
      done();
      return;
    }
    reply
      .code(204)
      .header('access-control-allow-methods', methods.join(', '))
      .header(
        'access-control-allow-headers',
        'authorization, content-type, x-api-version, x-region, x-author-id',
      )
      .header('access-control-max-age', '7200')
      .send();
  });
}
