import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from 'fastify';
import Type from 'typebox';
import { validator } from '../../apis/registry/validate.ts';
import type { Services } from '../../apis/services.ts';
import type { ClientCredentials } from '../../domain/grants/client_authentication.ts';
import type { IssuedTokens } from '../../domain/grants/issue_tokens.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import { formatScopes } from '../../oauth/scopes.ts';
import { readOauthBody, readQuery, takeBodiesAsBytes } from '../http/body.ts';
import { allowAnyOrigin } from '../http/cross_origin.ts';
import { noteClient, watchRefusals } from '../http/refusals.ts';
import { actorOf } from '../http/request_info.ts';
import { LIVECHAT_OAUTH, sendOauthError } from './oauth_error.ts';

const LARGEST_BODY = 64 * 1024;
const text = (description: string) => Type.Optional(Type.String({ maxLength: 4096, description }));

export const tokenRequest = Type.Object({
  grant_type: Type.String({
    minLength: 1,
    maxLength: 128,
    description: '`authorization_code` (LiveChat’s specification says `code`) or `refresh_token`.',
  }),
  client_id: text('The app.'),
  client_secret: text('Of a server-side app.'),
  code: text('With `authorization_code`: the code that arrived at the redirect URI.'),
  redirect_uri: text('With `authorization_code`: the one that the code was asked for with.'),
  code_verifier: text('With `authorization_code`, where a `code_challenge` was sent (RFC 7636).'),
  refresh_token: text('With `refresh_token`.'),
});
const readTokenRequest = validator(tokenRequest);

/** LiveChat's `/v2/token` and `/v2/info` (docs: authorization/oauth-authorization, global-accounts-api). */
export function tokenEndpoints(services: Services): FastifyPluginAsync {
  const { exchange, tokens } = services.grants;
  return async (app: FastifyInstance) => {
    takeBodiesAsBytes(app);
    allowAnyOrigin(app, ['GET', 'POST', 'DELETE', 'OPTIONS']);
    app.setErrorHandler((error, request, reply) => sendOauthError(error, request, reply));
    watchRefusals(app, services.insight.refusals, {
      endpoint: ({ method, routeOptions }) =>
        routeOptions.url === '/v2/info' ? 'token_info' : method === 'DELETE' ? 'revoke' : 'token',
      names: LIVECHAT_OAUTH,
    });
    app.addHook('onRequest', (_request, reply, done) => {
      // RFC 6749 §5.1.
      reply.header('cache-control', 'no-store').header('pragma', 'no-cache');
      done();
    });

    app.post('/v2/token', { bodyLimit: LARGEST_BODY }, async (request) => {
      const raw = readOauthBody(request, ['form', 'json']);
      noteClient(request, raw.client_id);
      const body = readTokenRequest(raw);
      refuseSecretsInAddress(request);
      const credentials = clientCredentials(request, body);
      const actor = actorOf(request);
      switch (body.grant_type) {
        // LiveChat's specification says `code`, its guide `authorization_code`.
        case 'authorization_code':
        case 'code': {
          const code = need(body.code, 'code', 'the code that arrived at the redirect URI');
          const issued = await exchange.authorizationCode(
            {
              credentials,
              code,
              redirectUri: body.redirect_uri,
              codeVerifier: body.code_verifier || undefined,
            },
            actor,
          );
          return tokenAnswer(issued, await organizationId(issued));
        }
        case 'refresh_token': {
          const refreshToken = need(body.refresh_token, 'refresh_token', 'the refresh token of the app');
          const issued = await exchange.refreshToken({ credentials, refreshToken }, actor);
          return tokenAnswer(issued, await organizationId(issued));
        }
        default:
          throw new GatehouseError(
            'unsupported_grant_type',
            `grant_type is "${printable(body.grant_type)}". It should be authorization_code or refresh_token.`,
          );
      }
    });

    app.get('/v2/info', async (request) => {
      const token = presentedToken(request);
      const found = await tokens.inspect(token);
      if (!found) {
        noteClient(request, await tokens.clientOf(token));
        throw new GatehouseError('validation', tokenWords(token), {
          fields: [{ field: 'code', message: 'Not a live access token.' }],
          reason: 'token_dead',
        });
      }
      return {
        access_token: token,
        account_id: found.accountId,
        client_id: found.clientId,
        expires_in: found.expiresInSeconds,
        organization_id: found.organizationId,
        scope: formatScopes(found.scopes.split(' '), 'livechat'),
        token_type: 'Bearer',
      };
    });

    app.delete('/v2/token', { bodyLimit: LARGEST_BODY }, async (request) => {
      const token = presentedToken(request);
      if (await tokens.revoke(token, actorOf(request))) return {};
      noteClient(request, await tokens.clientOf(token));
      throw new GatehouseError('not_found', 'There is no live access token or refresh token like this.', {
        reason: 'token_dead',
      });
    });

    for (const [url, methods] of [
      // OPTIONS only so that the hook above, which answers it, is asked.
      ['/v2/token', ['GET', 'PUT', 'PATCH', 'OPTIONS']],
      ['/v2/info', ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']],
    ] as const)
      app.route({
        method: [...methods],
        url,
        bodyLimit: LARGEST_BODY,
        handler: async (request) => {
          throw new GatehouseError('method_not_allowed', `${url} does not take ${request.method}.`);
        },
      });
  };

  async function organizationId(issued: IssuedTokens): Promise<string> {
    const organization = await services.identity.organization(issued.subject.licenseId);
    if (!organization) throw new GatehouseError('internal', 'the organization of a token is gone');
    return organization.id;
  }
}

function tokenAnswer(issued: IssuedTokens, organizationId: string): Record<string, unknown> {
  return {
    access_token: issued.accessToken,
    account_id: issued.subject.accountId,
    client_id: issued.subject.clientId,
    expires_in: issued.expiresInSeconds,
    organization_id: organizationId,
    refresh_token: issued.refreshToken,
    scope: formatScopes(issued.subject.scopes.split(' '), 'livechat'),
    token_type: 'Bearer',
  };
}

function need(value: string | undefined, field: string, what: string): string {
  if (value) return value;
  throw new GatehouseError('validation', `\`${field}\` is missing. Send ${what}.`, {
    fields: [{ field, message: 'It is missing.' }],
  });
}

/** From the body or by HTTP Basic (RFC 6749 §2.3.1), not by both. */
export function clientCredentials(
  request: FastifyRequest,
  body: { client_id?: string | undefined; client_secret?: string | undefined },
): ClientCredentials {
  const { authorization } = request.headers;
  const caller = actorOf(request);
  const fromBody = {
    clientId: body.client_id || undefined,
    clientSecret: body.client_secret || undefined,
    caller,
  };
  if (authorization === undefined) return fromBody;
  const encoded = /^Basic +([A-Za-z0-9+/=_-]+)$/i.exec(authorization)?.[1];
  const pair = encoded === undefined ? '' : Buffer.from(encoded, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  if (colon <= 0)
    throw new GatehouseError(
      'invalid_client',
      'The Authorization header is not understood. Send "Basic" with client_id:client_secret.',
    );
  if (fromBody.clientSecret !== undefined)
    throw new GatehouseError(
      'validation',
      'The client proves itself twice, by Basic and by client_secret. Use one of them.',
      {
        fields: [{ field: 'client_secret', message: 'Leave it out where Basic is used.' }],
      },
    );
  const clientId = formDecode(pair.slice(0, colon));
  noteClient(request, clientId);
  if (fromBody.clientId !== undefined && fromBody.clientId !== clientId)
    throw new GatehouseError(
      'invalid_client',
      'client_id differs between the body and the Authorization header.',
    );
  return { clientId, clientSecret: formDecode(pair.slice(colon + 1)), caller };
}

/** The two halves are form-encoded before they are joined (RFC 6749 §2.3.1); many clients do not, which decodes alike. */
function formDecode(part: string): string {
  try {
    return decodeURIComponent(part.replaceAll('+', ' '));
  } catch {
    return part;
  }
}

/** The token by header, or in the `code` parameter as LiveChat has it. */
function presentedToken(request: FastifyRequest): string {
  const { authorization } = request.headers;
  const { code } = readQuery(request);
  if (authorization !== undefined) {
    const bearer = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
    if (bearer === undefined)
      throw new GatehouseError(
        'authentication',
        'The Authorization header is not understood. Send "Bearer <token>".',
      );
    if (code !== undefined)
      throw new GatehouseError(
        'validation',
        'The token came twice, in the header and as `code`. Send it once.',
      );
    return bearer;
  }
  if (!code)
    throw new GatehouseError(
      'authentication',
      'No token came. Send it as "Authorization: Bearer <token>", or as the parameter `code`.',
    );
  return code;
}

/** Secrets in an address end up in logs of every proxy on the way. */
function refuseSecretsInAddress(request: FastifyRequest): void {
  for (const name of ['client_secret', 'code', 'refresh_token', 'code_verifier'])
    if (name in readQuery(request))
      throw new GatehouseError(
        'validation',
        `\`${name}\` came in the address, where it would be logged. Send it in the body.`,
        {
          fields: [{ field: name, message: 'Send it in the body.' }],
        },
      );
}

function tokenWords(token: string): string {
  if (/%3a/i.test(token)) return 'The token contains %3A. In a header it is a colon: write ":" in its place.';
  return 'This is not a live access token: it is unknown, expired, revoked, or of another kind.';
}

function printable(value: string): string {
  return value.replace(/[^\x20-\x7e]/g, '?').slice(0, 64);
}
