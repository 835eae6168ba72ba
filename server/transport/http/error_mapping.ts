import type { FastifyError } from 'fastify';
import { type ErrorCode, GatehouseError, isGatehouseError } from '../../kernel/errors.ts';

/** Design §8: the statuses of the messaging errors, which LiveChat does not document, and of our own. */
export const HTTP_STATUS: Record<ErrorCode, number> = {
  validation: 400,
  authentication: 401,
  authorization: 403,
  missing_access: 403,
  not_found: 404,
  chat_inactive: 409,
  chat_already_active: 409,
  already_exists: 409,
  conflict: 409,
  limit_reached: 409,
  customer_banned: 403,
  group_not_found: 404,
  agent_offline: 409,
  group_offline: 409,
  group_unavailable: 409,
  greeting_not_found: 404,
  license_not_found: 404,
  entity_too_large: 413,
  unsupported_media_type: 415,
  method_not_allowed: 405,
  unsupported_version: 400,
  too_many_requests: 429,
  request_timeout: 504,
  invalid_client: 401,
  invalid_grant: 400,
  invalid_scope: 400,
  invalid_target: 400,
  unauthorized_client: 400,
  unsupported_grant_type: 400,
  service_unavailable: 503,
  internal: 500,
};

/** Turns whatever was thrown into our error type; what is unknown becomes `internal` and says nothing. */
export function toGatehouseError(error: unknown): GatehouseError {
  if (isGatehouseError(error)) return error;
  const { code, statusCode } = error as Partial<FastifyError>;
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new GatehouseError('entity_too_large', 'The body is larger than this address takes.', {
        cause: error,
      });
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new GatehouseError('unsupported_media_type', 'The content type cannot be read.', {
        cause: error,
      });
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return new GatehouseError('validation', 'The body is not as long as Content-Length says.', {
        cause: error,
      });
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return new GatehouseError('validation', 'A part of the address is longer than any id or name is.', {
        cause: error,
      });
    case 'FST_ERR_BAD_URL':
      return new GatehouseError(
        'validation',
        'The address is malformed: a % is not followed by two hexadecimal digits.',
        {
          cause: error,
        },
      );
  }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return new GatehouseError('validation', 'The request cannot be read.', { cause: error });
  return new GatehouseError('internal', 'Internal server error', { cause: error });
}
