import type { FastifyInstance, FastifyReply } from 'fastify';
import type { ServerSettings } from '../../domain/server_settings.ts';
import { isGatehouseError } from '../../kernel/errors.ts';
import { protectedResourceMetadataPath } from '../../oauth/metadata.ts';
import type { ResourceName } from '../../oauth/resource_indicator.ts';
import { modestScope } from '../../oauth/scopes.ts';
import type { ScopeId } from '../../wire/scope_catalogue.ts';

/**
 * Tells a client that comes without a good token where it learns how to get one (RFC 9728 §5.1), and whether
 * the one that it brought was the trouble (RFC 6750 §3).
 */
export function hintAtMetadata(app: FastifyInstance, settings: ServerSettings, name: ResourceName): void {
  app.addHook('onSend', (request, reply, _payload, done) => {
    if (reply.statusCode === 401) {
      const brought = /^Bearer /i.test(request.headers.authorization ?? '');
      challenge(reply, settings, name, brought ? ['error="invalid_token"'] : []);
    }
    done();
  });
}

/**
 * Names the scope that a refused call needs (RFC 6750 §3.1), so that a client can ask for it by itself. Of
 * several that would do it is the most modest: `scope` lists what is needed together, not a choice.
 */
export function hintAtScope(
  reply: FastifyReply,
  thrown: unknown,
  settings: ServerSettings,
  name: ResourceName,
): void {
  if (!isGatehouseError(thrown) || thrown.reason !== 'scope_missing') return;
  const wanted = modestScope((thrown.data?.required_scopes ?? []) as ScopeId[]);
  challenge(reply, settings, name, [
    'error="insufficient_scope"',
    ...(wanted === undefined ? [] : [`scope="${wanted}"`]),
  ]);
}

function challenge(
  reply: FastifyReply,
  settings: ServerSettings,
  name: ResourceName,
  parameters: readonly string[],
): void {
  const metadata = `resource_metadata="${settings.publicUrl}${protectedResourceMetadataPath(name)}"`;
  reply.header('www-authenticate', ['Bearer realm="gatehouse"', ...parameters, metadata].join(', '));
}
