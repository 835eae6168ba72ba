import type { FastifyInstance } from 'fastify';
import type { Services } from '../../apis/services.ts';
import type { Served } from './endpoint.ts';

const URL = '/oauth2/jwks';
/** A key signs a day after it is published at the soonest, so that a copy an hour old is never too old. */
const CACHED = 'public, max-age=3600';

/** The keys with which apps check ID tokens (RFC 7517). */
export function keySet(app: FastifyInstance, { openid }: Services, served: Served): void {
  served.endpoints.jwks_uri = URL;
  app.get(URL, async (_request, reply) => {
    const keys = await openid.keys.published();
    reply.header('cache-control', CACHED).header('content-type', 'application/json; charset=utf-8');
    return JSON.stringify({ keys });
  });
}
