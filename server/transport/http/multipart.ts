import type { FastifyRequest } from 'fastify';

/** The reader of forms writes the headers that it was given into the log, and it needs none of these. */
export const UNSAID = { authorization: undefined, cookie: undefined };

/** What the reader of forms takes (RFC 7578); its own types leave the headers out. */
export type MultipartOptions = Parameters<FastifyRequest['parts']>[0] & { headers: typeof UNSAID };
