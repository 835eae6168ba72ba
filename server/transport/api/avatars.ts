import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import type { Services } from '../../apis/services.ts';
import { isUuid } from '../../kernel/identifiers.ts';
import { noPicture, showOnly } from '../http/pictures.ts';

/**
 * Pictures of people. No login is asked for: customers see them on pages of any origin. An address names one picture
 * for good, since a new one gets a new id. A browser may do nothing with the bytes but show them.
 */
export function avatars({ services }: { services: Services }): FastifyPluginAsync {
  return async (app: FastifyInstance) => {
    app.get('/avatars/:picture_id', async (request, reply) => {
      const { picture_id: id } = request.params as { picture_id: string };
      const found = isUuid(id) ? await services.accounts.pictures.picture(id) : undefined;
      showOnly(reply, 'cross-origin');
      if (!found) return noPicture(reply);
      const { buffer, byteOffset, byteLength } = found.bytes;
      return reply
        .header('cache-control', 'public, max-age=31536000, immutable')
        .header('content-type', found.mediaType)
        .send(Buffer.from(buffer, byteOffset, byteLength));
    });
  };
}
