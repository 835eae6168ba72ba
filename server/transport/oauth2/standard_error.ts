import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ErrorCode } from '../../kernel/errors.ts';
import { describable } from '../../oauth/standard_error.ts';
import { HTTP_STATUS, toGatehouseError } from '../http/error_mapping.ts';

/** RFC 6749 §5.2 and RFC 8707 §2 by name; what they have no name for takes the nearest that clients know. */
export const STANDARD_OAUTH: Record<ErrorCode, string> = {
  validation: 'invalid_request',
  authentication: 'invalid_client',
  authorization: 'unauthorized_client',
  missing_access: 'unauthorized_client',
  not_found: 'invalid_request',
  chat_inactive: 'invalid_request',
  chat_already_active: 'invalid_request',
  already_exists: 'invalid_request',
  conflict: 'invalid_request',
  limit_reached: 'invalid_request',
  customer_banned: 'unauthorized_client',
  group_not_found: 'invalid_request',
  agent_offline: 'invalid_request',
  group_offline: 'invalid_request',
  group_unavailable: 'invalid_request',
  greeting_not_found: 'invalid_request',
  license_not_found: 'invalid_request',
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

/** RFC 6749 §5.2: 400 for everything that is the client's to mend, but for `invalid_client`. */
export function standardStatusOf(code: ErrorCode): number {
  const status = HTTP_STATUS[code];
  const own = [401, 405, 413, 429, 500, 503, 504];
  return own.includes(status) ? status : 400;
}

/** `{ error, error_description }`, as RFC 6749 §5.2 has it. */
export function sendStandardError(
  thrown: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const error = toGatehouseError(thrown);
  if (error.code === 'internal') request.log.error({ err: error.cause ?? error }, 'internal error');
  else if (error.reason) request.log.info({ reason: error.reason }, 'token request refused');
  if (error.retryAfterSeconds !== undefined) reply.header('retry-after', String(error.retryAfterSeconds));
  // A client that tried HTTP authentication is told which scheme is taken.
  if (STANDARD_OAUTH[error.code] === 'invalid_client' && request.headers.authorization !== undefined)
    reply.header('www-authenticate', 'Basic realm="gatehouse", charset="UTF-8"');
  return sendStandardRefusal(reply, standardStatusOf(error.code), STANDARD_OAUTH[error.code], error.message);
}

/** The same, for answers that are no failure of ours: a device that has to wait, for one. */
export function sendStandardRefusal(
  reply: FastifyReply,
  status: number,
  error: string,
  description: string,
): FastifyReply {
  return reply
    .code(status)
    .header('content-type', 'application/json; charset=utf-8')
    .send(JSON.stringify({ error, error_description: describable(description) }));
}
