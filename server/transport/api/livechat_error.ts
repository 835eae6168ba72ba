import type { FastifyReply, FastifyRequest } from 'fastify';
import { livechatError } from '../../apis/present/livechat_error.ts';
import { HTTP_STATUS, toGatehouseError } from '../http/error_mapping.ts';

/** What was thrown, in the words of LiveChat's messaging and configuration APIs. */
export function sendLivechatError(
  thrown: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const error = toGatehouseError(thrown);
  if (error.code === 'internal') request.log.error({ err: error.cause ?? error }, 'internal error');
  if (error.retryAfterSeconds !== undefined) reply.header('retry-after', String(error.retryAfterSeconds));
  if (error.code === 'authentication') reply.header('www-authenticate', 'Bearer realm="gatehouse"');
  return reply
    .code(HTTP_STATUS[error.code])
    .header('content-type', 'application/json; charset=utf-8')
    .send(JSON.stringify(livechatError(error)));
}
