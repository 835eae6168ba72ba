import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendLivechatError } from './api/livechat_error.ts';
import { sendConsoleError } from './console/console_error.ts';
import { sendOauthError } from './oauth/oauth_error.ts';
import { sendStandardError } from './oauth2/standard_error.ts';

type ErrorRenderer = (error: unknown, request: FastifyRequest, reply: FastifyReply) => FastifyReply;

const BY_PREFIX: readonly [prefix: string, renderer: ErrorRenderer][] = [
  ['/v2/', sendOauthError],
  ['/oauth2/', sendStandardError],
  ['/.well-known/', sendStandardError],
  ['/console/api', sendConsoleError],
];

/**
 * In which shape an error is told that no route has: an address that does not exist or cannot be read. A client
 * of the token endpoints understands theirs, also where it slipped in the address.
 */
export function rendererOf(url: string | undefined): ErrorRenderer {
  return BY_PREFIX.find(([prefix]) => url?.startsWith(prefix))?.[1] ?? sendLivechatError;
}
