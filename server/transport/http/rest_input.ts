import type { FastifyRequest } from 'fastify';
import type { ConsoleMethod } from '../../apis/registry/method.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import { type BodyKind, rawBody, readBody, readQuery } from './body.ts';

/**
 * Path parameters, query and body as one object, which the method's schema then judges.
 * @throws GatehouseError `validation` when a name stands in two of them; `unsupported_media_type`
 */
export function readInput(
  request: FastifyRequest,
  method: Pick<ConsoleMethod, 'rawBody'>,
  kinds: readonly BodyKind[] = ['json'],
): Record<string, unknown> {
  const body = method.rawBody ? readUpload(request, method.rawBody) : readBody(request, kinds);
  const input: Record<string, unknown> = {};
  for (const part of [request.params as Record<string, string>, readQuery(request), body])
    for (const [name, value] of Object.entries(part)) {
      if (Object.hasOwn(input, name)) throw doubled(name.slice(0, 64));
      input[name] = value;
    }
  return input;
}

function readUpload(request: FastifyRequest, mediaTypes: readonly string[]): { body: Buffer } {
  const mediaType = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (!mediaTypes.includes(mediaType))
    throw new GatehouseError(
      'unsupported_media_type',
      `The content type ${mediaType.slice(0, 100) || '(none)'} is not taken here. Send ${mediaTypes.join(', ')}.`,
    );
  const body = rawBody(request);
  if (body.length === 0)
    throw new GatehouseError('validation', 'The body is empty. Send the file itself as the body.');
  return { body };
}

function doubled(name: string): GatehouseError {
  return new GatehouseError(
    'validation',
    `\`${name}\` came more than once: in the path, the query or the body. Send it once.`,
    { fields: [{ field: name, message: 'Sent more than once.' }] },
  );
}
