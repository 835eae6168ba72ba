import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Type, { type TSchema } from 'typebox';
import { validator } from '../../apis/registry/validate.ts';
import type { AuthenticatedClient } from '../../domain/grants/client_authentication.ts';
import type { TokenExchange } from '../../domain/grants/token_exchange.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import type { EndpointMember, ServedFacts } from '../../oauth/metadata.ts';
import { readOauthBody, readQuery } from '../http/body.ts';
import { noteClient } from '../http/refusals.ts';
import { clientCredentials } from '../oauth/token_endpoints.ts';

/** Filled while the routes are put up, so that the metadata names what is served and nothing else. */
export type Served = Pick<ServedFacts, 'endpoints' | 'grantTypes' | 'clientAuthentication'>;

const LARGEST_BODY = 64 * 1024;
/** Opaque strings and addresses of a form; no honest one is longer. */
const text = () => Type.Optional(Type.String({ maxLength: 4096 }));

/** The ways in which a client proves itself: RFC 6749 §2.3.1, or by name alone where it has no secret. */
const EVERY_WAY = ['client_secret_basic', 'client_secret_post', 'none'] as const;
const BY_SECRET = ['client_secret_basic', 'client_secret_post'] as const;

export interface EndpointRequest<Name extends string> {
  request: FastifyRequest;
  reply: FastifyReply;
  form: Partial<Record<Name, string>>;
  client: AuthenticatedClient;
}

/**
 * One endpoint of the standard dialect: a form by POST, from a client that proves itself first. Parameters
 * without a value count as left out (RFC 6749 §3.2), unknown ones are ignored.
 */
export function serveEndpoint<const Name extends string>(
  app: FastifyInstance,
  served: Served,
  exchange: TokenExchange,
  endpoint: {
    member: EndpointMember;
    url: string;
    /** The form's parameters beside the client's own. */
    parameters: readonly Name[];
    /** Takes apps with a secret alone. */
    confidential?: boolean;
    handler(request: EndpointRequest<Name>): Promise<unknown>;
  },
): void {
  const { member, url, parameters } = endpoint;
  const names = ['client_id', 'client_secret', 'client_assertion', ...parameters];
  const read = validator(Type.Object(Object.fromEntries(names.map((name) => [name, text() as TSchema]))));
  served.endpoints[member] = url;
  served.clientAuthentication[member] = endpoint.confidential ? BY_SECRET : EVERY_WAY;

  app.post(url, { bodyLimit: LARGEST_BODY }, async (request, reply) => {
    refuseQuery(request, names);
    const raw = readOauthBody(request, ['form']);
    noteClient(request, raw.client_id);
    const form = filled(read(raw));
    if (form.client_assertion !== undefined)
      throw new GatehouseError(
        'invalid_client',
        'Clients prove themselves by client_secret here, not by client_assertion.',
        { reason: 'client_assertion' },
      );
    const client = await exchange.client(clientCredentials(request, form));
    if (endpoint.confidential && !client.policy.confidential)
      throw new GatehouseError(
        'invalid_client',
        'This endpoint takes server-side apps alone, which prove themselves by a secret.',
        { reason: 'client_public' },
      );
    return endpoint.handler({ request, reply, form: form as EndpointRequest<Name>['form'], client });
  });

  // OPTIONS is answered before it comes here, by the cross-origin rules.
  app.route({
    method: ['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    url,
    bodyLimit: LARGEST_BODY,
    handler: async (request, reply) => {
      reply.header('allow', 'POST, OPTIONS');
      throw new GatehouseError('method_not_allowed', `${url} takes a form by POST, not ${request.method}.`);
    },
  });
}

/** Without what counts as left out. */
export function filled(form: Record<string, unknown>): Record<string, string> {
  const pairs = Object.entries(form).filter(([, value]) => typeof value === 'string' && value !== '');
  return Object.fromEntries(pairs) as Record<string, string>;
}

/** Secrets in an address end up in logs of every proxy on the way (RFC 6749 §2.3.1: not in the URI). */
function refuseQuery(request: FastifyRequest, names: readonly string[]): void {
  const query = readQuery(request);
  const name = names.find((candidate) => candidate in query);
  if (name !== undefined)
    throw new GatehouseError(
      'validation',
      `The parameter ${name} came in the address, where it would be logged. Send it in the body.`,
    );
}

/** A parameter without which the request says nothing. @throws GatehouseError `validation` */
export function need(value: string | undefined, name: string, what: string): string {
  if (value !== undefined) return value;
  throw new GatehouseError('validation', `${name} is missing. Send ${what}.`);
}
