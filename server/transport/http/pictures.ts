import type { FastifyReply } from 'fastify';

/**
 * Heads of an answer with a picture whose bytes came from people: a browser may do nothing with them but show them.
 * @param shownOn pages of which origins may show it
 */
export function showOnly(reply: FastifyReply, shownOn: 'same-origin' | 'cross-origin'): FastifyReply {
  return reply
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('cross-origin-resource-policy', shownOn);
}

export function noPicture(reply: FastifyReply): FastifyReply {
  return reply
    .code(404)
    .header('cache-control', 'no-store')
    .header('content-type', 'text/plain; charset=utf-8')
    .send('There is no picture at this address.\n');
}
