import type { FastifyInstance } from 'fastify';
import { allMethods } from '../../apis/registry/registry.ts';
import type { Services } from '../../apis/services.ts';
import {
  authorizationServerMetadata,
  protectedResourceMetadata,
  protectedResourceMetadataPath,
} from '../../oauth/metadata.ts';
import { type ResourceName, resourceNames } from '../../oauth/resource_indicator.ts';
import type { Served } from './endpoint.ts';
import { registrationPath } from './registration.ts';

/** It changes with the server's version and configuration alone. */
const CACHED = 'public, max-age=300';

/** The documents from which client libraries learn all addresses: RFC 8414 and RFC 9728. */
export function metadataRoutes(
  app: FastifyInstance,
  { settings, registration }: Pick<Services, 'settings' | 'registration'>,
  served: Served,
): void {
  const serve = (url: string, document: () => Record<string, unknown> | Promise<Record<string, unknown>>) => {
    app.get(url, async (_request, reply) => {
      reply.header('cache-control', CACHED).header('content-type', 'application/json; charset=utf-8');
      return JSON.stringify(await document());
    });
  };
  // One document at two addresses: RFC 8414 §3, OpenID Connect Discovery 1.0 §4.
  for (const url of ['/.well-known/oauth-authorization-server', '/.well-known/openid-configuration'])
    serve(url, async () => {
      // A client knows one issuer and not its organizations: it is told where to register when there is no choice.
      const organizationId = await registration.onlyOrganization();
      const endpoints =
        organizationId === undefined
          ? served.endpoints
          : { ...served.endpoints, registration_endpoint: registrationPath(organizationId) };
      return authorizationServerMetadata({ issuer: settings.publicUrl, ...served, endpoints });
    });
  for (const name of resourceNames)
    serve(protectedResourceMetadataPath(name), () =>
      protectedResourceMetadata(settings.publicUrl, name, scopesOf(name)),
    );
}

/** The scopes that open a served method of an API, each once. */
function scopesOf(name: ResourceName): string[] {
  const scopes = allMethods().flatMap((method) => {
    const byScope = method.api === 'agent' || method.api === 'configuration' || method.api === 'accounts';
    return byScope && (name === 'server' || name === method.api) ? method.scopes : [];
  });
  return [...new Set(scopes)].sort();
}
