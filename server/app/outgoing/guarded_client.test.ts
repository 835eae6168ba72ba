import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { OutgoingFailure, type OutgoingRequests } from '../../domain/outgoing.ts';
import { guardedClient } from './guarded_client.ts';

/** What each name resolves to in these tests. */
const NAMES: Record<string, string[]> = {
  'private.test': ['10.1.2.3'],
  'metadata.test': ['169.254.169.254'],
  'mapped.test': ['::ffff:192.168.0.1'],
  'six.test': ['fd00::1'],
  'both.test': ['93.184.216.34', '10.0.0.1'],
  'both-six.test': ['2606:2800:220:1::1', '::1'],
  'nothing.test': [],
  localhost: ['127.0.0.1'],
  'localhost.': ['127.0.0.1'],
  'internal.localhost': ['::1'],
  '127.0.0.1.nip.test': ['127.0.0.1'],
};

const hostile = [
  'http://127.0.0.1/',
  'http://127.1/',
  'http://127.0.1/',
  'http://2130706433/',
  'http://0x7f000001/',
  'http://0x7f.1/',
  'http://0177.0.0.1/',
  'http://017700000001/',
  'http://127.0.0.1./',
  'http://①②⑦.⓪.⓪.①/',
  'http://%31%32%37.0.0.1/',
  'http://0/',
  'http://0.0.0.0/',
  'http://localhost/',
  'http://localhost./',
  'http://LOCALHOST/',
  'http://internal.localhost/',
  'http://127.0.0.1.nip.test/',
  'http://[::1]/',
  'http://[::]/',
  'http://[0:0:0:0:0:0:0:1]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[::ffff:7f00:1]/',
  'http://[::127.0.0.1]/',
  'http://[64:ff9b::127.0.0.1]/',
  'http://[2002:7f00:1::]/',
  'http://[2001:0:7f00:1::]/',
  'http://[fe80::1]/',
  'http://[fc00::1]/',
  'http://[fd00:ec2::254]/latest/meta-data/',
  'http://[ff02::1]/',
  'http://10.0.0.1/',
  'http://172.16.0.1/',
  'http://172.31.255.255/',
  'http://192.168.1.1/admin',
  'http://100.64.0.1/',
  'http://169.254.169.254/latest/meta-data/',
  'http://2852039166/latest/meta-data/',
  'http://0xa9fea9fe/',
  'http://192.0.0.192/',
  'http://198.18.0.1/',
  'http://224.0.0.1/',
  'http://255.255.255.255/',
  'http://private.test/',
  'http://metadata.test/computeMetadata/v1/',
  'http://mapped.test/',
  'http://six.test/',
  'http://both.test/',
  'https://both-six.test/',
  'http://nothing.test/',
  'http://93.184.216.34:22/',
  'http://93.184.216.34:8080/',
  'https://93.184.216.34:80/',
  'http://user@93.184.216.34/',
  'http://user:word@93.184.216.34/',
  'http://93.184.216.34@127.0.0.1/',
  'http://127.0.0.1\\@93.184.216.34/',
  'ftp://93.184.216.34/',
  'file:///etc/passwd',
  'gopher://127.0.0.1:6379/_INFO',
  'data:text/html,x',
  'javascript:alert(1)',
  '//93.184.216.34/',
  'not a url',
  `http://93.184.216.34/${'x'.repeat(2100)}`,
];

const isRefused = (error: unknown) => error instanceof OutgoingFailure && error.reason === 'refused';
const isFailed = (error: unknown) => error instanceof OutgoingFailure && error.reason === 'failed';

describe('the guarded client', () => {
  const client = guardedClient({
    allowLoopback: () => false,
    userAgent: 'test',
    resolve: async (host) => NAMES[host] ?? assert.fail(`${host} was looked up`),
  });
  for (const url of hostile)
    it(`does not reach ${url.slice(0, 60)}`, () => assert.rejects(client.read(url, '*/*'), isRefused));
  it('posts to none of them either', async () => {
    for (const url of hostile) await assert.rejects(client.post(url, '{}'), isRefused);
  });

  describe('at a server that it may reach', () => {
    let server: Server;
    let port: number;
    let listener: RequestListener;
    const lookups: string[] = [];
    let answers: string[][] = [];
    let outgoing: OutgoingRequests;
    before(async () => {
      server = createServer((request, response) => listener(request, response));
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      port = (server.address() as AddressInfo).port;
      outgoing = guardedClient({
        allowLoopback: () => true,
        userAgent: 'test',
        patience: 1_000,
        resolve: async (host) => {
          lookups.push(host);
          return answers.shift() ?? ['127.0.0.1'];
        },
      });
    });
    after(() => {
      server.closeAllConnections();
      server.close();
    });
    const at = (path: string, host = 'page.test') => `http://${host}:${port}${path}`;
    const read = (path = '/', host?: string) => outgoing.read(at(path, host), 'text/html');

    it('connects to the address that it checked, though the name points inside a moment later', async () => {
      lookups.length = 0;
      answers = [['127.0.0.1'], ['10.0.0.1'], ['10.0.0.1']];
      let seen: IncomingMessage | undefined;
      listener = (request, response) => {
        seen = request;
        response.end('hello');
      };
      const answer = await read('/a?b=c');
      assert.equal(Buffer.from(answer.body).toString(), 'hello');
      assert.deepEqual(lookups, ['page.test']);
      assert.equal(seen?.headers.host, `page.test:${port}`);
      assert.equal(seen?.url, '/a?b=c');
      answers = [];
    });

    it('checks the address anew at each redirect', async () => {
      for (const inside of [
        'http://10.0.0.1/',
        'http://169.254.169.254/',
        'http://[fd00::1]/',
        'http://0xa000001/',
        '//10.0.0.1/',
        'file:///etc/passwd',
        'http://93.184.216.34:8080/',
        'http://a:b@page.test/',
      ]) {
        listener = (_, response) => response.writeHead(302, { location: inside }).end();
        await assert.rejects(read(), isRefused, inside);
      }
      answers = [['127.0.0.1'], ['192.168.0.1']];
      listener = (_, response) => response.writeHead(302, { location: at('/b', 'other.test') }).end();
      await assert.rejects(read(), isRefused);
      answers = [];
    });

    it('follows three redirects and no more, and says where it ended', async () => {
      let left = 3;
      listener = (request, response) =>
        left-- > 0 ? response.writeHead(301, { location: `${request.url}x` }).end() : response.end('there');
      const answer = await read('/');
      assert.equal(answer.url, at('/xxx'));
      left = 4;
      await assert.rejects(read('/'), isRefused);
    });

    it('follows no redirect of a POST', async () => {
      listener = (_, response) => response.writeHead(302, { location: 'http://10.0.0.1/' }).end();
      assert.equal(await outgoing.post(at('/'), '{}'), 302);
    });

    it('reads the first half a megabyte of a body without an end', async () => {
      listener = (_, response) => {
        const more = () => {
          while (!response.destroyed && response.write(Buffer.alloc(64 * 1024, 'x')));
          if (!response.destroyed) response.once('drain', more);
        };
        more();
      };
      const { body } = await read();
      assert.ok(body.length <= 512 * 1024 && body.length > 256 * 1024, `${body.length} bytes`);
    });

    it('unpacks no more than that either', async () => {
      const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
      for (const [encoding, data] of [
        ['gzip', bomb],
        ['br', brotliCompressSync(Buffer.alloc(8 * 1024 * 1024))],
      ] as const) {
        listener = (_, response) => response.writeHead(200, { 'content-encoding': encoding }).end(data);
        assert.equal((await read()).body.length, 512 * 1024);
      }
    });

    it('reads compressed pages, and gives up on what is none', async () => {
      listener = (_, response) =>
        response
          .writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'Text/HTML; charset="ISO-8859-1"' })
          .end(gzipSync('hello'));
      const answer = await read();
      assert.equal(Buffer.from(answer.body).toString(), 'hello');
      assert.deepEqual([answer.mediaType, answer.charset], ['text/html', 'ISO-8859-1']);
      listener = (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip');
      await assert.rejects(read(), isFailed);
      listener = (_, response) => response.writeHead(200, { 'content-encoding': 'zstd' }).end('?');
      await assert.rejects(read(), isFailed);
    });

    it('waits for nobody: not for an answer, not for the rest of one, not for a name', async () => {
      const impatient = (resolve: () => Promise<string[]>) =>
        guardedClient({ allowLoopback: () => true, userAgent: 'test', patience: 30, resolve });
      const here = async () => ['127.0.0.1'];
      listener = () => {};
      await assert.rejects(impatient(here).read(at('/'), '*/*'), isFailed);
      listener = (_, response) => void response.write('begun');
      await assert.rejects(impatient(here).read(at('/'), '*/*'), isFailed);
      await assert.rejects(impatient(() => new Promise(() => {})).read(at('/'), '*/*'), isFailed);
    });

    it('fails where nobody listens, and where a name is unknown', async () => {
      listener = (_, response) => void response.destroy();
      await assert.rejects(read(), isFailed);
      const lost = guardedClient({
        allowLoopback: () => true,
        userAgent: 'test',
        resolve: () => Promise.reject(new Error('ENOTFOUND')),
      });
      await assert.rejects(lost.read('http://nowhere.test/', '*/*'), isFailed);
    });

    it('posts JSON and gives the status', async () => {
      let got = '';
      listener = (request, response) => {
        request.on('data', (chunk) => {
          got += chunk;
        });
        request.on('end', () => response.writeHead(204).end());
      };
      assert.equal(await outgoing.post(at('/'), '{"a":"ü"}'), 204);
      assert.equal(got, '{"a":"ü"}');
    });
  });
});
