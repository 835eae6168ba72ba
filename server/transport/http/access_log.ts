import type { FastifyInstance, FastifyRequest } from 'fastify';

/** The path without its query: codes, states and handles travel there. */
export function loggedPath(request: FastifyRequest): string {
  return request.raw.url?.split('?')[0] ?? '';
}

/** One line per answer: what was asked, by whom, how it ended and how long it took. Never a query, header or body. */
export function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', (request, reply, done) => {
    request.log.info(
      {
        method: request.method,
        path: loggedPath(request),
        status: reply.statusCode,
        milliseconds: Math.round(reply.elapsedTime * 100) / 100,
        ip: request.ip,
      },
      'request',
    );
    done();
  });
}
