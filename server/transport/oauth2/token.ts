import type { FastifyInstance } from 'fastify';
import type { Services } from '../../apis/services.ts';
import type { IssuedTokens } from '../../domain/grants/issue_tokens.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import type { RefusalReason } from '../../oauth/refusal_reasons.ts';
import { parseResources } from '../../oauth/resource_indicator.ts';
import { parseScopes, type ScopeSet } from '../../oauth/scopes.ts';
import { DEVICE_GRANT_TYPE, type DeviceAnswer } from '../../oauth/standard_device.ts';
import { tellRefusal } from '../http/refusals.ts';
import { actorOf } from '../http/request_info.ts';
import { type EndpointRequest, need, type Served, serveEndpoint } from './endpoint.ts';
import { sendStandardRefusal } from './standard_error.ts';

export const TOKEN_PARAMETERS = [
  'grant_type',
  'code',
  'redirect_uri',
  'code_verifier',
  'refresh_token',
  'device_code',
  'scope',
  'resource',
] as const;

export type TokenRequest = EndpointRequest<(typeof TOKEN_PARAMETERS)[number]>;

/** One way to get tokens. A device may be told to wait instead. */
export interface Grant {
  grantType: string;
  run(request: TokenRequest, services: Services): Promise<IssuedTokens | { answer: DeviceAnswer }>;
}

const authorizationCode: Grant = {
  grantType: 'authorization_code',
  run({ request, form, client }, { grants, settings }) {
    const code = need(form.code, 'code', 'the code that arrived at the redirect URI');
    return grants.exchange.authorizationCode(
      {
        credentials: client,
        code,
        redirectUri: form.redirect_uri,
        codeVerifier: form.code_verifier,
        redirectUriOptional: true,
        narrowing: { resources: readResources(form.resource, settings.publicUrl) },
      },
      actorOf(request),
    );
  },
};

const refreshToken: Grant = {
  grantType: 'refresh_token',
  run({ request, form, client }, { grants, settings }) {
    const presented = need(form.refresh_token, 'refresh_token', 'the refresh token of the app');
    const narrowing = {
      scopes: readScopes(form.scope),
      resources: readResources(form.resource, settings.publicUrl),
    };
    return grants.exchange.refreshToken(
      { credentials: client, refreshToken: presented, narrowing },
      actorOf(request),
    );
  },
};

const deviceCode: Grant = {
  grantType: DEVICE_GRANT_TYPE,
  async run({ request, form, client }, { grants, settings }) {
    const code = need(form.device_code, 'device_code', 'the one of the device authorization endpoint');
    const narrowing = { resources: readResources(form.resource, settings.publicUrl) };
    const outcome = await grants.devices.poll(client, code, narrowing, actorOf(request));
    return 'issued' in outcome ? outcome.issued : outcome;
  },
};

const clientCredentials: Grant = {
  grantType: 'client_credentials',
  run({ request, form, client }, { grants, settings }) {
    const { publicUrl } = settings;
    const wanted = { scopes: readScopes(form.scope), resources: readResources(form.resource, publicUrl) };
    return grants.bots.issue(client, { ...wanted, publicUrl }, actorOf(request));
  },
};

/** What a device is told that does not get its tokens yet (RFC 8628 §3.5). */
const DEVICE_WORDS: Record<DeviceAnswer, string> = {
  authorization_pending: 'The person has not answered yet. Ask again after the interval.',
  slow_down: 'The device asks too often. Wait five seconds longer between two requests from now on.',
  access_denied: 'The person did not allow the access.',
  expired_token: 'The device code is too old. Start again at the device authorization endpoint.',
};

/** Of these answers, those that end the flow; to wait is no refusal. */
const DEVICE_REASONS: Partial<Record<DeviceAnswer, RefusalReason>> = {
  access_denied: 'device_denied',
  expired_token: 'device_code_expired',
};

/** In the order in which the metadata names them. */
const GRANTS: readonly Grant[] = [authorizationCode, refreshToken, clientCredentials, deviceCode];
export const GRANT_TYPES: readonly string[] = GRANTS.map(({ grantType }) => grantType);
const BY_TYPE = new Map(GRANTS.map((grant) => [grant.grantType, grant]));

/** RFC 6749 §3.2. */
export function standardToken(app: FastifyInstance, services: Services, served: Served): void {
  serveEndpoint(app, served, services.grants.exchange, {
    member: 'token_endpoint',
    url: '/oauth2/token',
    parameters: TOKEN_PARAMETERS,
    async handler(request) {
      const grantType = need(request.form.grant_type, 'grant_type', GRANT_TYPES.join(' or '));
      const grant = BY_TYPE.get(grantType);
      if (grant) {
        const outcome = await grant.run(request, services);
        if (!('answer' in outcome)) return tokenAnswer(outcome, grantType, services);
        const { answer } = outcome;
        const reason = DEVICE_REASONS[answer];
        if (reason)
          tellRefusal(services.insight.refusals, request.request, {
            endpoint: 'token',
            clientId: request.client.known.client.clientId,
            error: answer,
            reason,
            check: DEVICE_WORDS[answer],
          });
        return sendStandardRefusal(request.reply, 400, answer, DEVICE_WORDS[answer]);
      }
      throw new GatehouseError(
        'unsupported_grant_type',
        `grant_type is "${grantType.slice(0, 64)}". It is one of ${GRANT_TYPES.join(', ')}.`,
      );
    },
  });
}

/** RFC 6749 §5.1; organization and account beside it, which LiveChat's APIs ask for by id. */
async function tokenAnswer(
  issued: IssuedTokens,
  grantType: string,
  { identity, openid }: Services,
): Promise<Record<string, unknown>> {
  const { licenseId, accountId, scopes } = issued.subject;
  const [organization, idToken] = await Promise.all([
    identity.organization(licenseId),
    // OpenID Connect Core 1.0 §12.2: an ID token of a refresh should have no nonce.
    openid.idToken(issued, { withNonce: grantType === authorizationCode.grantType }),
  ]);
  if (!organization) throw new GatehouseError('internal', 'the organization of a token is gone');
  return {
    access_token: issued.accessToken,
    token_type: 'Bearer',
    expires_in: issued.expiresInSeconds,
    ...(issued.refreshToken === undefined ? {} : { refresh_token: issued.refreshToken }),
    scope: scopes,
    ...(idToken === undefined ? {} : { id_token: idToken }),
    ...(issued.ofBot ? { bot_id: accountId } : { account_id: accountId }),
    organization_id: organization.id,
  };
}

/** @throws GatehouseError `invalid_scope` */
export function readScopes(text: string | undefined): ScopeSet | undefined {
  if (text === undefined) return undefined;
  const parsed = parseScopes(text, 'standard');
  if (parsed.ok) return parsed.scopes;
  throw new GatehouseError('invalid_scope', parsed.problem.message, { reason: 'scope_malformed' });
}

/** @throws GatehouseError `invalid_target` */
export function readResources(text: string | undefined, issuer: string): string | null {
  const parsed = parseResources(text, issuer);
  if (parsed.ok) return parsed.resources;
  throw new GatehouseError('invalid_target', parsed.message, { reason: 'resource_unknown' });
}
