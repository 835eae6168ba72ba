import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ErrorCode } from '../../kernel/errors.ts';
import { HTTP_STATUS, toGatehouseError } from '../http/error_mapping.ts';

/** LiveChat's names at its token endpoints (reference: errors, accounts), which are RFC 6749's where both have one. */
export const LIVECHAT_OAUTH: Record<ErrorCode, string> = {
  validation: 'invalid_request',
  authentication: 'unauthorized',
  authorization: 'access_denied',
  missing_access: 'access_denied',
  not_found: 'resource_not_found',
  chat_inactive: 'conflict',
  chat_already_active: 'conflict',
  already_exists: 'conflict',
  conflict: 'conflict',
  limit_reached: 'conflict',
  customer_banned: 'access_denied',
  group_not_found: 'resource_not_found',
  agent_offline: 'resource_not_found',
  group_offline: 'resource_not_found',
  group_unavailable: 'resource_not_found',
  greeting_not_found: 'resource_not_found',
  license_not_found: 'resource_not_found',
  entity_too_large: 'invalid_request',
  unsupported_media_type: 'invalid_request',
  method_not_allowed: 'invalid_request',
  unsupported_version: 'invalid_request',
  too_many_requests: 'temporarily_unavailable',
  request_timeout: 'temporarily_unavailable',
  invalid_client: 'invalid_client',
  invalid_grant: 'invalid_grant',
  invalid_scope: 'invalid_scope',
  invalid_target: 'invalid_target',
  unauthorized_client: 'unauthorized_client',
  unsupported_grant_type: 'unsupported_grant_type',
  service_unavailable: 'temporarily_unavailable',
  internal: 'server_error',
};

/** LiveChat answers a failed field check by 422 here, and by 400 elsewhere. */
export function oauthStatusOf(code: ErrorCode): number {
  return code === 'validation' ? 422 : HTTP_STATUS[code];
}

/**
 * LiveChat documents two shapes for its token endpoints (`error` with `error_description`, and
 * `oauth_exception` with `exception_description`); the answer is both, so that clients of either read it.
 */
export function sendOauthError(thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const error = toGatehouseError(thrown);
  if (error.code === 'internal') request.log.error({ err: error.cause ?? error }, 'internal error');
  else if (error.reason) request.log.info({ reason: error.reason }, 'token request refused');
  const name = LIVECHAT_OAUTH[error.code];
  const scopeMissing = error.code === 'authorization' && error.reason === 'scope_missing';
  const fields = Object.fromEntries(error.fields.map(({ field, message }) => [field, message]));
  if (error.retryAfterSeconds !== undefined) reply.header('retry-after', String(error.retryAfterSeconds));
  // RFC 6749 §5.2: a client that tried HTTP authentication is told which scheme failed.
  if (error.code === 'invalid_client' && request.headers.authorization)
    reply.header('www-authenticate', 'Basic realm="gatehouse"');
  return reply
    .code(oauthStatusOf(error.code))
    .header('content-type', 'application/json; charset=utf-8')
    .send(
      JSON.stringify({
        error: name,
        error_description: error.message,
        ...namedResource(error.data),
        ...(scopeMissing ? { sub_error: 'insufficient_scope' } : {}),
        ...(error.fields.length > 0 ? { invalid_fields: fields } : {}),
        oauth_exception: name,
        exception_description: error.message,
        request_id: request.id,
      }),
    );
}

/** Of what is not there, or stands against it (docs: global-accounts-api). */
function namedResource(data: Record<string, unknown> | undefined): Record<string, unknown> {
  const { resource_name: name, resource_id: id } = data ?? {};
  return typeof name === 'string' ? { resource_name: name, resource_id: id } : {};
}
