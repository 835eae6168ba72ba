import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { after, before, describe, it } from 'node:test';
import { scratchFolder } from '../../../test/support/scratch_folder.ts';
import type { FileContents } from '../../domain/files/file_contents.ts';
import { openFiles, readS3Url } from './open_files.ts';

const NAME = '1001/abc/abcdefgh-SECRET';

/** What of a request proves that it was signed: the shape of AWS Signature Version 4. */
function checkSignature(request: IncomingMessage, body: Buffer): void {
  assert.match(
    request.headers.authorization ?? '',
    /^AWS4-HMAC-SHA256 Credential=KEY\/\d{8}\/eu-central-1\/s3\/aws4_request, SignedHeaders=[a-z0-9;-]*host[a-z0-9;-]*, Signature=[0-9a-f]{64}$/,
  );
  assert.match(String(request.headers['x-amz-date']), /^\d{8}T\d{6}Z$/);
  const digest = createHash('sha256').update(body).digest('hex');
  assert.equal(request.headers['x-amz-content-sha256'], digest);
}

describe('files in a bucket', () => {
  const folder = scratchFolder('s3');
  const objects = new Map<string, { bytes: Buffer; type: string | undefined }>();
  const problems: unknown[] = [];
  let server: Server;
  let contents: FileContents;

  before(async () => {
    server = createServer(async (request, response) => {
      const body = Buffer.concat(await request.toArray());
      try {
        checkSignature(request, body);
      } catch (error) {
        problems.push(error);
      }
      const path = new URL(request.url ?? '', 'http://s3').pathname;
      const found = objects.get(path);
      if (request.method === 'PUT') {
        objects.set(path, { bytes: body, type: request.headers['content-type'] });
        response.setHeader('etag', '"x"').end();
      } else if (request.method === 'DELETE') {
        objects.delete(path);
        response.writeHead(204).end();
      } else if (!found) {
        response
          .writeHead(404, { 'content-type': 'application/xml' })
          .end('<Error><Code>NoSuchKey</Code><Message>none</Message></Error>');
      } else {
        const [, start, end] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
        const part = start === undefined ? found.bytes : found.bytes.subarray(Number(start), Number(end) + 1);
        response.writeHead(start === undefined ? 200 : 206, { 'content-length': part.length }).end(part);
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const endpoint = encodeURIComponent(`http://127.0.0.1:${port}`);
    contents = openFiles(
      `s3://KEY:SE%2FCRET@bucket/chat/files?region=eu-central-1&endpoint=${endpoint}`,
      folder,
    );
  });
  after(() => {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('are sent, read in whole and in part, and removed, by signed requests', async () => {
    const incoming = await contents.receive(
      Readable.from([Buffer.from('01234'), Buffer.from('56789')]),
      'a',
      10,
    );
    await contents.put(NAME, incoming, 'text/plain');
    await contents.put(`${NAME}.thumbnail`, Buffer.from('webp'), 'image/webp');
    await incoming.discard();
    assert.deepEqual(
      [...objects.keys()],
      [`/bucket/chat/files/${NAME}`, `/bucket/chat/files/${NAME}.thumbnail`],
    );
    assert.equal(objects.get(`/bucket/chat/files/${NAME}`)?.type, 'text/plain');
    const read = async (range?: { start: number; end: number }) =>
      Buffer.concat((await (await contents.read(NAME, range))?.toArray()) ?? []).toString();
    assert.equal(await read(), '0123456789');
    assert.equal(await read({ start: 2, end: 4 }), '234');
    await contents.remove([NAME, `${NAME}.thumbnail`]);
    assert.equal(objects.size, 0);
    assert.equal(await contents.read(NAME, undefined), undefined);
    assert.deepEqual(problems, []);
  });

  it('are refused while they arrive when they are too large, and leave nothing', async () => {
    const stream = Readable.from([Buffer.from('01234'), Buffer.from('567890')]);
    await assert.rejects(contents.receive(stream, 'a', 10), { code: 'entity_too_large' });
    assert.deepEqual(readdirSync(join(folder, 'incoming')), []);
  });
});

describe('the address of a bucket', () => {
  it('needs no more than the name', () =>
    assert.deepEqual(readS3Url('s3://bucket'), {
      bucket: 'bucket',
      prefix: '',
      region: 'us-east-1',
      endpoint: undefined,
      credentials: undefined,
    }));
  for (const wrong of ['s3://', 'https://bucket', 's3://bucket?endpoint=minio', 'nonsense'])
    it(`is not ${wrong}`, () => assert.throws(() => readS3Url(wrong), /s3:\/\/<key>/));
});
