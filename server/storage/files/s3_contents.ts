import { readFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import type { FileContents } from '../../domain/files/file_contents.ts';
import { prepareIncoming, receiveFile } from './incoming.ts';

/** A bucket of S3, or of a server that speaks its protocol. */
export interface S3Address {
  bucket: string;
  /** Before each name; empty, or ending with a slash. */
  prefix: string;
  region: string;
  /** Of another server than Amazon's. */
  endpoint: string | undefined;
  /** Undefined leaves it to the usual places of the AWS tools: environment, profile, role of the machine. */
  credentials: { accessKeyId: string; secretAccessKey: string } | undefined;
}

type Library = typeof import('@aws-sdk/client-s3');

/**
 * Keeps files in a bucket. Uploads come to this server's disk first, so that nothing half arrives there. The
 * library is loaded for the first file.
 */
export function s3Contents(address: S3Address, incoming: string): FileContents {
  let opened: Promise<{ library: Library; client: S3Client }> | undefined;
  let ready = false;

  function client() {
    opened ??= import('@aws-sdk/client-s3').then((library) => ({
      library,
      client: new library.S3Client({
        region: address.region,
        ...(address.endpoint === undefined ? {} : { endpoint: address.endpoint, forcePathStyle: true }),
        ...(address.credentials ? { credentials: address.credentials } : {}),
        // Servers other than Amazon's do not know the checksums that are on by default.
        requestChecksumCalculation: 'WHEN_REQUIRED',
        responseChecksumValidation: 'WHEN_REQUIRED',
        maxAttempts: 3,
      }),
    }));
    return opened;
  }

  const target = (name: string) => ({ Bucket: address.bucket, Key: address.prefix + name });

  return {
    receive(stream, name, limit) {
      if (!ready) prepareIncoming(incoming);
      ready = true;
      return receiveFile(incoming, stream, name, limit);
    },
    async put(name, content, contentType) {
      const { library, client: s3 } = await client();
      const Body = content instanceof Uint8Array ? content : await readFile(content.path);
      await s3.send(new library.PutObjectCommand({ ...target(name), Body, ContentType: contentType }));
    },
    async read(name, range) {
      const { library, client: s3 } = await client();
      const Range = range && `bytes=${range.start}-${range.end}`;
      try {
        const found = await s3.send(
          new library.GetObjectCommand({ ...target(name), ...(Range ? { Range } : {}) }),
        );
        return found.Body as Readable | undefined;
      } catch (error) {
        if (error instanceof library.NoSuchKey) return undefined;
        throw error;
      }
    },
    async remove(names) {
      const { library, client: s3 } = await client();
      for (const name of names) await s3.send(new library.DeleteObjectCommand(target(name)));
    },
  };
}
