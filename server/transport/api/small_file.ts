import type { FastifyRequest } from 'fastify';
import { GatehouseError, isGatehouseError } from '../../kernel/errors.ts';
import { type MultipartOptions, UNSAID } from '../http/multipart.ts';

/** One more than is taken, so that what is too large is told by its rules. */
const MOST_BYTES = 1024 * 1024 + 1;
const LIMITS = {
  files: 1,
  fields: 5,
  parts: 6,
  fieldSize: 1024,
  fieldNameSize: 100,
  headerPairs: 20,
} as const;
/**
 * A form (RFC 7578) with text fields and one small file, which is held in memory.
 * @param name of the part with the file
 * @throws GatehouseError `validation`, `entity_too_large`
 */
export async function receiveSmallFile(
  request: FastifyRequest,
  name: string,
): Promise<Record<string, unknown>> {
  const form: Record<string, unknown> = Object.create(null);
  try {
    const options: MultipartOptions = { limits: { ...LIMITS, fileSize: MOST_BYTES }, headers: UNSAID };
    for await (const part of request.parts(options)) {
      if (Object.hasOwn(form, part.fieldname))
        throw invalid(`The part "${part.fieldname.slice(0, 40)}" came more than once.`);
      if (part.type === 'file' && part.fieldname !== name)
        throw invalid(`The part with the file is named "${part.fieldname.slice(0, 40)}"; name it "${name}".`);
      form[part.fieldname] = part.type === 'file' ? await part.toBuffer() : part.value;
    }
  } catch (error) {
    request.raw.unpipe();
    request.raw.resume();
    if (isGatehouseError(error)) throw error;
    const { code } = error as { code?: string };
    if (code === 'FST_REQ_FILE_TOO_LARGE')
      throw new GatehouseError(
        'entity_too_large',
        'The file is larger than 1 MB, the most that is taken here.',
      );
    throw new GatehouseError('validation', 'The body is not a whole multipart/form-data.', { cause: error });
  }
  return form;
}

function invalid(message: string): GatehouseError {
  return new GatehouseError('validation', message);
}
