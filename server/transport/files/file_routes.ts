import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { isShown } from '../../domain/files/file_kind.ts';
import type { FileService } from '../../domain/files/file_service.ts';
import { type StoredFile, THUMBNAIL_TYPE, type ThumbnailName } from '../../domain/files/records.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import { readRange } from './byte_range.ts';

/** The bytes came from people: whatever they are, a browser may do nothing with them but show them. */
const HARMLESS = {
  'x-content-type-options': 'nosniff',
  // An own, empty origin and nothing loaded but the picture, sound or film itself.
  'content-security-policy':
    "sandbox; default-src 'none'; img-src 'self'; media-src 'self'; frame-ancestors 'none'",
  // Chat windows on the organization's own site show them.
  'cross-origin-resource-policy': 'cross-origin',
  'access-control-allow-origin': '*',
} as const;
const USED = 'public, max-age=31536000, immutable';
/** It may be gone tomorrow. */
const UNUSED = 'private, max-age=3600';

/** Uploaded files. Their addresses cannot be guessed, and open them without a login, as LiveChat's do. */
export function fileRoutes({ files }: { files: FileService }): FastifyPluginAsync {
  return async (app: FastifyInstance) => {
    app.get('/files/:file_id/:name', (request, reply) => serve(request, reply, undefined));
    for (const size of ['thumbnail', 'thumbnail2x'] as const)
      app.get(`/files/:file_id/${size}/:name`, (request, reply) => serve(request, reply, size));

    async function serve(request: FastifyRequest, reply: FastifyReply, size: ThumbnailName | undefined) {
      const { file_id: id, name } = request.params as { file_id: string; name: string };
      const file = await files.file(id);
      if (!file || file.name !== name || (size !== undefined && !file.image)) throw notFound();
      reply.headers({
        ...HARMLESS,
        'cache-control': file.usedAt === null ? UNUSED : USED,
        etag: `"${id.slice(-24)}"`,
        'content-disposition': disposition(file, size),
        'content-type': size === undefined ? typeOf(file) : THUMBNAIL_TYPE,
      });
      if (request.headers['if-none-match'] === reply.getHeader('etag')) return reply.code(304).send();
      if (size !== undefined) return reply.send(await bytesOf(file, size));
      return sendPart(request, reply, file);
    }

    async function sendPart(request: FastifyRequest, reply: FastifyReply, file: StoredFile) {
      const range = readRange(request.headers, String(reply.getHeader('etag')), file.size);
      reply.header('accept-ranges', 'bytes');
      if (range === 'unsatisfiable')
        return reply
          .code(416)
          .header('content-range', `bytes */${file.size}`)
          .header('cache-control', 'no-store')
          .header('content-type', 'text/plain; charset=utf-8')
          .send(`The file has ${file.size} bytes, and the range begins beyond them.\n`);
      if (range) reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${file.size}`);
      reply.header('content-length', range ? range.end - range.start + 1 : file.size);
      // Of a stream, an answer to HEAD takes the headers alone.
      if (request.method === 'HEAD') return reply.send(Readable.from([]));
      return reply.send(await bytesOf(file, undefined, range));
    }

    async function bytesOf(...asked: Parameters<FileService['open']>) {
      const stream = await files.open(...asked);
      if (!stream) throw notFound();
      return stream;
    }
  };
}

function notFound(): GatehouseError {
  return new GatehouseError(
    'not_found',
    'There is no file at this address, or it was never sent to a chat and is gone.',
  );
}

function typeOf({ contentType }: StoredFile): string {
  return contentType.startsWith('text/') ? `${contentType}; charset=utf-8` : contentType;
}

/** RFC 6266: the name in ASCII, for all, and the true one beside it (RFC 8187). */
function disposition({ contentType, name }: StoredFile, size: ThumbnailName | undefined): string {
  if (size !== undefined) return 'inline';
  const ascii = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const extended = encodeURIComponent(name).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${isShown(contentType) ? 'inline' : 'attachment'}; filename="${ascii}"; filename*=UTF-8''${extended}`;
}
