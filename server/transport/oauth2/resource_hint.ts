import type { FastifyInstance } from 'fastify';
import type { ServerSettings } from '../../domain/server_settings.ts';
import { protectedResourceMetadataPath } from '../../oauth/metadata.ts';
import type { ResourceName } from '../../oauth/resource_indicator.ts';

/**
 * Tells a client that comes without a good token where it learns how to get one (RFC 9728 §5.1), and whether
 * the one that it brought was the trouble (RFC 6750 §3).
 */
export function hintAtMetadata(app: FastifyInstance, settings: ServerSettings, name: ResourceName): void {
  const path = protectedResourceMetadataPath(name);
  app.addHook('onSend', (request, reply, _payload, done) => {
    if (reply.statusCode === 401) {
      const brought = /^Bearer /i.test(request.headers.authorization ?? '');
      const parts = [
        'Bearer realm="gatehouse"',
        ...(brought ? ['error="invalid_token"'] : []),
        `resource_metadata="${settings.publicUrl}${path}"`,
      ];
      reply.header('www-authenticate', parts.join(', '));
    }
    done();
  });
}
