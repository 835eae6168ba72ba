import type { FastifyRequest } from 'fastify';
import type { RequestInfo } from '../../apis/registry/method.ts';

/** Where a request came from, for the audit log and session data. */
export function requestInfo(request: FastifyRequest): RequestInfo {
  const { origin } = request.headers;
  return {
    id: request.id,
    ip: request.ip,
    userAgent: (request.headers['user-agent'] ?? '').slice(0, 512),
    origin: Array.isArray(origin) ? origin[0] : origin,
    referrer: request.headers.referer,
    unexpected: (error) => request.log.error({ err: error }, 'internal error'),
  };
}

/** The same, in the domain's word. */
export function actorOf(request: FastifyRequest): { ip: string; userAgent: string; requestId: string } {
  return {
    ip: request.ip,
    userAgent: (request.headers['user-agent'] ?? '').slice(0, 512),
    requestId: request.id,
  };
}
