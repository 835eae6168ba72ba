import type { FastifyRequest } from 'fastify';
import type { IncomingFile } from '../../domain/files/file_contents.ts';
import type { FileService } from '../../domain/files/file_service.ts';
import { GatehouseError, isGatehouseError } from '../../kernel/errors.ts';
import { type MultipartOptions, UNSAID } from '../http/multipart.ts';

const FIELD = 'file';
/** What stands around a file in its body: boundaries and headers, and fields that nobody asked for. */
const AROUND = 64 * 1024;
const LIMITS = {
  files: 2,
  fields: 10,
  parts: 12,
  fieldSize: 1024,
  fieldNameSize: 100,
  headerPairs: 20,
} as const;

/**
 * Takes the one file out of a form (RFC 7578) and writes it to disk as it arrives.
 * @throws GatehouseError `unsupported_media_type`, `validation`, `entity_too_large`; nothing is left then
 */
export async function receiveUpload(request: FastifyRequest, files: FileService): Promise<IncomingFile> {
  if (!request.isMultipart?.())
    throw new GatehouseError(
      'unsupported_media_type',
      'Files are sent as multipart/form-data, with one part named "file": curl -F file=@picture.png does it.',
    );
  const length = Number(request.headers['content-length'] ?? 0);
  if (length > files.limit + AROUND)
    throw new GatehouseError(
      'entity_too_large',
      `The body is larger than a file of ${Math.floor(files.limit / 2 ** 20)} MB, the most that is taken here.`,
    );
  let received: IncomingFile | undefined;
  try {
    const limits = { ...LIMITS, fileSize: files.limit + 1 };
    const options: MultipartOptions = { limits, preservePath: true, headers: UNSAID };
    for await (const part of request.parts(options)) {
      if (part.type !== 'file') {
        if (part.fieldname === FIELD)
          throw invalid('The part is a text field. A file has a filename in its Content-Disposition.');
        continue;
      }
      if (part.fieldname !== FIELD)
        throw invalid(`The part with the file is named "${part.fieldname.slice(0, 40)}"; name it "file".`);
      if (received) throw invalid('There are several files in the body. Send them one by one.');
      received = await files.receive(part.file, part.filename ?? '');
    }
    if (received && length > received.size + AROUND)
      throw new GatehouseError('entity_too_large', 'There is much more in the body than the file.');
  } catch (error) {
    await received?.discard();
    stopReading(request);
    throw isGatehouseError(error) ? error : unreadable(error);
  }
  if (!received) throw invalid('It is missing: there is no part named "file" in the body.');
  return received;
}

/** Lets what is still on its way run off, so that the sender gets to read the answer. */
function stopReading({ raw }: FastifyRequest): void {
  raw.unpipe();
  raw.resume();
}

function unreadable(error: unknown): GatehouseError {
  const { code, message } = error as { code?: string; message?: string };
  const why: Record<string, string> = {
    FST_FILES_LIMIT: 'There are several files in it. Send them one by one.',
    FST_FIELDS_LIMIT: 'There are too many fields in it.',
    FST_PARTS_LIMIT: 'There are too many parts in it.',
    FST_PROTO_VIOLATION: 'A part has a name that is not taken.',
  };
  const words =
    why[code ?? ''] ??
    (/boundary/i.test(message ?? '')
      ? 'Content-Type names no boundary. Leave that header to your HTTP library.'
      : 'It ends too early, or its parts cannot be told apart.');
  return new GatehouseError('validation', `The body is not a whole multipart/form-data: ${words}`, {
    cause: error,
  });
}

function invalid(message: string): GatehouseError {
  return new GatehouseError('validation', `file: ${message}`, { fields: [{ field: FIELD, message }] });
}
