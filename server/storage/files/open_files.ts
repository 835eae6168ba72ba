import { join } from 'node:path';
import type { FileContents } from '../../domain/files/file_contents.ts';
import { folderContents } from './folder_contents.ts';
import { type S3Address, s3Contents } from './s3_contents.ts';

/**
 * The place that an address names. Nothing is opened or made before the first file.
 * @param url `folder:<path>` or `s3://[<key>:<secret>@]<bucket>[/<prefix>][?region=…&endpoint=…]`
 * @param dataDir for what is on its way to a bucket
 */
export function openFiles(url: string, dataDir: string): FileContents {
  const folder = filesFolder(url);
  return folder === undefined
    ? s3Contents(readS3Url(url), join(dataDir, 'incoming'))
    : folderContents(folder);
}

/** The folder that an address names; undefined for a bucket. */
export function filesFolder(url: string): string | undefined {
  return url.startsWith('folder:') ? url.slice('folder:'.length) : undefined;
}

/** @throws Error whose message says what would be right */
export function readS3Url(url: string): S3Address {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed?.protocol !== 's3:' || parsed.hostname === '') throw new Error(S3_FORM);
  const { username, password, hostname, pathname, searchParams } = parsed;
  const prefix = decodeURIComponent(pathname).replace(/^\/+|\/+$/g, '');
  const endpoint = searchParams.get('endpoint') ?? undefined;
  if (endpoint !== undefined && !/^https?:\/\/[^/]/.test(endpoint)) throw new Error(S3_FORM);
  return {
    bucket: hostname,
    prefix: prefix === '' ? '' : `${prefix}/`,
    region: searchParams.get('region') ?? 'us-east-1',
    endpoint,
    credentials:
      username === '' || password === ''
        ? undefined
        : {
            accessKeyId: decodeURIComponent(username),
            secretAccessKey: decodeURIComponent(password),
          },
  };
}

const S3_FORM =
  's3://<key>:<secret>@<bucket>/<prefix>?region=eu-central-1&endpoint=https://…, of which all but the bucket may be left out';
