import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ErrorCode, GatehouseError } from '../../kernel/errors.ts';
import { HTTP_STATUS, toGatehouseError } from '../http/error_mapping.ts';

type ConsoleErrorType =
  | 'validation'
  | 'authentication'
  | 'authorization'
  | 'not_found'
  | 'conflict'
  | 'limit_reached'
  | 'entity_too_large'
  | 'too_many_requests'
  | 'internal'
  | 'service_unavailable';

/** The error types that the Console knows; what it has no word for takes the one that asks the same of a person. */
export const CONSOLE_TYPE: Record<ErrorCode, ConsoleErrorType> = {
  validation: 'validation',
  authentication: 'authentication',
  authorization: 'authorization',
  missing_access: 'authorization',
  not_found: 'not_found',
  chat_inactive: 'conflict',
  chat_already_active: 'conflict',
  already_exists: 'conflict',
  conflict: 'conflict',
  limit_reached: 'limit_reached',
  customer_banned: 'authorization',
  group_not_found: 'not_found',
  agent_offline: 'not_found',
  group_offline: 'not_found',
  group_unavailable: 'not_found',
  greeting_not_found: 'not_found',
  license_not_found: 'not_found',
  entity_too_large: 'entity_too_large',
  unsupported_media_type: 'validation',
  method_not_allowed: 'validation',
  unsupported_version: 'validation',
  too_many_requests: 'too_many_requests',
  request_timeout: 'service_unavailable',
  invalid_client: 'authentication',
  invalid_grant: 'validation',
  invalid_scope: 'validation',
  invalid_target: 'validation',
  unauthorized_client: 'authorization',
  unsupported_grant_type: 'validation',
  service_unavailable: 'service_unavailable',
  internal: 'internal',
};

/** `{ error: { type, message, fields?, current_version? }, request_id }` */
export function sendConsoleError(
  thrown: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const error = toGatehouseError(thrown);
  if (error.code === 'internal') request.log.error({ err: error.cause ?? error }, 'internal error');
  if (error.retryAfterSeconds !== undefined) reply.header('retry-after', String(error.retryAfterSeconds));
  const version = error.data?.current_version;
  return reply
    .code(HTTP_STATUS[error.code])
    .header('content-type', 'application/json; charset=utf-8')
    .send(
      JSON.stringify({
        error: {
          type: CONSOLE_TYPE[error.code],
          message: messageOf(error, request),
          ...(error.fields.length > 0 ? { fields: error.fields } : {}),
          ...(typeof version === 'number' ? { current_version: version } : {}),
        },
        request_id: request.id,
      }),
    );
}

function messageOf(error: GatehouseError, request: FastifyRequest): string {
  if (error.code === 'internal')
    return 'Something broke on the server; it has been written down. Tell the request id when you ask for help.';
  if (error.code === 'entity_too_large' && request.routeOptions.bodyLimit !== undefined)
    return `What was sent is larger than ${request.routeOptions.bodyLimit / 1024} KB, the most that is taken here.`;
  return error.message;
}
