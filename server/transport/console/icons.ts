import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import type { Services } from '../../apis/services.ts';
import { isUuid } from '../../kernel/identifiers.ts';
import { noPicture, showOnly } from '../http/pictures.ts';

/**
 * Apps' pictures. No login is asked for: consent pages show them to whoever is sent there, and their
 * addresses hold the app's UUID. The bytes came from people, so that a browser may do nothing with them
 * but show them.
 */
export function appIcons({ services }: { services: Services }): FastifyPluginAsync {
  return async (app: FastifyInstance) => {
    app.get('/console/icons/:app_id', async (request, reply) => {
      const { app_id: appId } = request.params as { app_id: string };
      const icon = isUuid(appId) ? await services.apps.icon(appId) : undefined;
      showOnly(reply, 'same-origin');
      if (!icon) return noPicture(reply);
      const etag = `"${icon.digest}"`;
      const current = (request.query as { v?: unknown }).v === icon.digest;
      reply
        .header('cache-control', current ? 'public, max-age=31536000, immutable' : 'no-cache')
        .header('etag', etag);
      if (request.headers['if-none-match'] === etag) return reply.code(304).send();
      const { buffer, byteOffset, byteLength } = icon.bytes;
      return reply.header('content-type', icon.mediaType).send(Buffer.from(buffer, byteOffset, byteLength));
    });
  };
}
