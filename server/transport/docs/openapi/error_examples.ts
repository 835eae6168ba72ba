import { LIVECHAT_TYPE } from '../../../apis/present/livechat_error.ts';
import type { ErrorCode } from '../../../kernel/errors.ts';
import { HTTP_STATUS } from '../../http/error_mapping.ts';
import { LIVECHAT_OAUTH, oauthStatusOf } from '../../oauth/oauth_error.ts';
import { STANDARD_OAUTH, standardStatusOf } from '../../oauth2/standard_error.ts';
import type { Json } from './operation.ts';

/** One refusal, as the documentation shows it. */
export interface ErrorExample {
  code: ErrorCode;
  status: number;
  /** The word on the wire. */
  type: string;
  body: Json;
}

/** What a message of each code reads like. A new code does not compile until it has words. */
export const EXAMPLE_MESSAGE: Record<ErrorCode, string> = {
  validation: '`limit` is 500. It should be at most 100.',
  authentication: 'The access token expired. Use the refresh token to get another.',
  authorization: 'This call needs another scope, and this credential does not have it.',
  missing_access: 'You have no access to this chat: it is in none of your groups.',
  not_found: 'There is nothing with this id in your organization.',
  chat_inactive: 'The chat has no open thread. Resume it first.',
  chat_already_active: 'The chat has an open thread already.',
  already_exists: 'There is one like this already.',
  conflict: 'It was changed meanwhile. Read it again.',
  limit_reached: 'There may be no more of these.',
  customer_banned: 'This customer is banned.',
  group_not_found: 'There is no group with this id.',
  agent_offline: 'The agent does not accept chats at the moment.',
  group_offline: 'Nobody of the group accepts chats at the moment.',
  group_unavailable: 'The group cannot take the chat.',
  greeting_not_found: 'There is no such greeting.',
  license_not_found: 'There is no organization with this id.',
  entity_too_large: 'The body is larger than this address takes.',
  unsupported_media_type: 'The body should be JSON.',
  method_not_allowed: 'This address is called by POST.',
  unsupported_version: 'The version "3.3" is not served. Use v3.6.',
  too_many_requests: 'This credential may call this API 180 times a minute. Call again in 20 seconds.',
  request_timeout: 'The answer took too long.',
  invalid_client: 'The client is unknown, or its secret is wrong.',
  invalid_grant: 'The code was used already, expired, or belongs to another client.',
  invalid_scope: 'The app does not have this scope.',
  invalid_target: 'This server has no API at this address.',
  unauthorized_client: 'The client may not use this grant.',
  unsupported_grant_type: 'grant_type should be authorization_code or refresh_token.',
  service_unavailable: 'The server is busy. Try again in a moment.',
  internal: 'Internal server error',
};

/** Of the action APIs: `{ error: { type, message } }`. */
export function actionError(code: ErrorCode): ErrorExample {
  const type = LIVECHAT_TYPE[code];
  return { code, status: HTTP_STATUS[code], type, body: { error: { type, message: EXAMPLE_MESSAGE[code] } } };
}

/** Of LiveChat's token endpoints: both shapes that they document, in one. */
export function oauthError(code: ErrorCode): ErrorExample {
  const type = LIVECHAT_OAUTH[code];
  const message = EXAMPLE_MESSAGE[code];
  return {
    code,
    status: oauthStatusOf(code),
    type,
    body: {
      error: type,
      error_description: message,
      oauth_exception: type,
      exception_description: message,
      request_id: '0b0e6a5e-6d0f-4a7c-9c58-0c1d7f0f9f3e',
    },
  };
}

/** Of the standard dialect (RFC 6749 §5.2). @param type where an endpoint has a word of its own */
export function standardError(
  code: ErrorCode,
  type: string = STANDARD_OAUTH[code],
  status = standardStatusOf(code),
): ErrorExample {
  return { code, status, type, body: { error: type, error_description: EXAMPLE_MESSAGE[code] } };
}
