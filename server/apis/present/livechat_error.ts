import type { ErrorCode, GatehouseError } from '../../kernel/errors.ts';

/**
 * The error types of LiveChat's messaging and configuration APIs (reference: errors). What those APIs have no
 * type for takes the nearest that their clients know.
 */
export const LIVECHAT_TYPE: Record<ErrorCode, string> = {
  validation: 'validation',
  authentication: 'authentication',
  authorization: 'authorization',
  missing_access: 'missing_access',
  not_found: 'not_found',
  chat_inactive: 'chat_inactive',
  chat_already_active: 'validation',
  already_exists: 'already_exists',
  conflict: 'validation',
  limit_reached: 'limit_reached',
  customer_banned: 'customer_banned',
  group_not_found: 'group_not_found',
  agent_offline: 'agent_offline',
  group_offline: 'group_offline',
  group_unavailable: 'group_unavailable',
  greeting_not_found: 'greeting_not_found',
  license_not_found: 'license_not_found',
  entity_too_large: 'entity_too_large',
  unsupported_media_type: 'validation',
  method_not_allowed: 'validation',
  unsupported_version: 'unsupported_version',
  too_many_requests: 'too_many_requests',
  request_timeout: 'request_timeout',
  invalid_client: 'authentication',
  invalid_grant: 'authentication',
  invalid_scope: 'authorization',
  invalid_target: 'authorization',
  unauthorized_client: 'authorization',
  unsupported_grant_type: 'validation',
  service_unavailable: 'service_unavailable',
  internal: 'internal',
};

interface LivechatError {
  error: { type: string; message: string; data?: Record<string, unknown> };
}

/** `{ error: { type, message, data? } }`, with the fields that are wrong and the scopes that are missing in `data`. */
export function livechatError({ code, message, data: facts, fields }: GatehouseError): LivechatError {
  const data = { ...facts, ...(fields.length > 0 ? { fields } : {}) };
  return {
    error: { type: LIVECHAT_TYPE[code], message, ...(Object.keys(data).length > 0 ? { data } : {}) },
  };
}
