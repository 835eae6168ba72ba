import assert from 'node:assert/strict';
import { readdirSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { days } from '../../server/kernel/clock.ts';
import { scratchFolder } from '../support/scratch_folder.ts';
import { openWorld, type World } from '../support/world.ts';
import { type Company, company, formWith } from './support.ts';

describe('upload_file', () => {
  let world: World;
  let folder: string;
  let acme: Company;
  let other: Company;
  let picture: Buffer;
  before(async () => {
    folder = scratchFolder('files');
    const flags = ['--files-url', `folder:${folder}`, '--file-limit-mb', '1', '--files-quota-mb', '20'];
    world = await openWorld(undefined, flags);
    acme = await company(world, 'Acme');
    other = await company(world, 'Other');
    picture = await sharp({ create: { width: 800, height: 400, channels: 3, background: '#369' } })
      .png()
      .toBuffer();
  });
  after(async () => {
    await world.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const get = (path: string, headers: Record<string, string> = {}) => fetch(world.url + path, { headers });
  const problemOf = (answer: { status: number; body: { error: { type: string; message: string } } }) => [
    answer.status,
    answer.body.error.type,
    answer.body.error.message,
  ];

  /** A chat of Acme's customer, which the agent is in. */
  async function openChat(): Promise<string> {
    const { customer } = acme;
    const known = await customer.call('list_chats', {});
    const [first] = known.body.chats_summary;
    if (first?.active) return first.id;
    const started = first
      ? await customer.call('resume_chat', { chat: { id: first.id } })
      : await customer.call('start_chat', {});
    assert.equal(started.status, 200, JSON.stringify(started.body));
    return first?.id ?? started.body.chat_id;
  }

  it('gives an image an address, its size and thumbnails, as the file event shows', async () => {
    const path = await acme.agent.uploaded(picture, 'screen shot.png');
    const url = world.url + path;
    const chat = await openChat();
    const sent = await acme.agent.call('send_event', {
      chat_id: chat,
      event: { type: 'file', url, alternative_text: 'A blue page' },
    });
    assert.equal(sent.status, 200, JSON.stringify(sent.body));
    for (const reader of [acme.agent, acme.customer]) {
      const { body } = await reader.call('get_chat', { chat_id: chat });
      const event = body.thread.events.find(({ id }: { id: string }) => id === sent.body.event_id);
      const { name, content_type, size, width, height, thumbnail_url, thumbnail2x_url, alternative_text } =
        event;
      assert.deepEqual(
        { url: event.url, name, content_type, size, width, height, alternative_text },
        {
          ...{ url, name: 'screen shot.png', content_type: 'image/png', size: picture.length },
          ...{ width: 800, height: 400, alternative_text: 'A blue page' },
        },
      );
      for (const [address, side] of [
        [thumbnail_url, 300],
        [thumbnail2x_url, 600],
      ]) {
        const answer = await fetch(address);
        assert.equal(answer.headers.get('content-type'), 'image/webp');
        const made = await sharp(Buffer.from(await answer.arrayBuffer())).metadata();
        assert.deepEqual([made.width, made.height], [side, side / 2]);
      }
    }
  });

  it('takes a file of the customer, who may send it, and start a chat with it', async () => {
    const path = await acme.customer.uploaded('one,two\n1,2\n', 'table.csv');
    const chat = await openChat();
    const event = { type: 'file', url: world.url + path };
    const sent = await acme.customer.call('send_event', { chat_id: chat, event });
    assert.equal(sent.status, 200, JSON.stringify(sent.body));
    const started = await other.customer.call('start_chat', {
      chat: {
        thread: {
          events: [{ type: 'file', url: world.url + (await other.customer.uploaded('Hi', 'hi.txt')) }],
        },
      },
    });
    assert.equal(started.status, 200, JSON.stringify(started.body));
    const shown = await other.customer.call('get_chat', { chat_id: started.body.chat_id });
    assert.equal(shown.body.thread.events[0].name, 'hi.txt');
  });

  it('gives addresses that only its own organization can send', async () => {
    const chat = await openChat();
    const foreign = await other.agent.uploaded('theirs', 'theirs.txt');
    const own = await acme.agent.uploaded('ours', 'ours.txt');
    for (const url of [
      world.url + foreign,
      `${world.url}${own.replace(/-[^-/]{5}/, '-AAAAA')}`,
      `https://evil.example${own}`,
      'javascript:alert(1)',
      `${world.url}/files/../${own}`,
      '',
    ]) {
      const answer = await acme.agent.call('send_event', { chat_id: chat, event: { type: 'file', url } });
      assert.equal(answer.status, 400, url);
      assert.equal(answer.body.error.type, 'validation');
      assert.equal(answer.body.error.data.fields[0].field, 'event.url');
    }
  });

  describe('serves', () => {
    it('what may be shown where it lies, and offers the rest for saving', async () => {
      const cases: [Uint8Array | string, string, string, string][] = [
        [picture, 'a.png', 'image/png', 'inline'],
        ['<script>alert(1)</script>', 'page.html', 'text/plain; charset=utf-8', 'attachment'],
        [
          '<!doctype html><script>alert(1)</script>',
          'polyglot.png',
          'text/plain; charset=utf-8',
          'attachment',
        ],
        ['<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', 'x.svg', 'image/svg+xml', 'attachment'],
        [
          '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
          'y.svg',
          'image/svg+xml',
          'attachment',
        ],
        ['%PDF-1.7\n%âãÏÓ\n', 'b.pdf', 'application/pdf', 'attachment'],
        [Buffer.from([0, 1, 2, 3, 255]), 'c.bin', 'application/octet-stream', 'attachment'],
        [picture.subarray(0, 60), 'half.png', 'application/octet-stream', 'attachment'],
      ];
      for (const [bytes, name, type, how] of cases) {
        const answer = await get(await acme.agent.uploaded(bytes, name));
        assert.equal(answer.status, 200, name);
        assert.deepEqual(Buffer.from(await answer.arrayBuffer()), Buffer.from(bytes as string), name);
        assert.equal(answer.headers.get('content-type'), type, name);
        assert.match(answer.headers.get('content-disposition') ?? '', new RegExp(`^${how}; `), name);
        assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
        assert.match(answer.headers.get('content-security-policy') ?? '', /^sandbox; default-src 'none';/);
        assert.equal(answer.headers.get('cross-origin-resource-policy'), 'cross-origin');
      }
    });

    it('ranges, and nothing to who has it already', async () => {
      const path = await acme.agent.uploaded('0123456789', 'digits.txt');
      const part = await get(path, { range: 'bytes=2-4' });
      assert.equal(part.status, 206);
      assert.equal(part.headers.get('content-range'), 'bytes 2-4/10');
      assert.equal(await part.text(), '234');
      assert.equal((await get(path, { range: 'bytes=10-' })).status, 416);
      const etag = part.headers.get('etag') ?? '';
      assert.equal((await get(path, { 'if-none-match': etag })).status, 304);
      const head = await fetch(world.url + path, { method: 'HEAD' });
      assert.deepEqual([head.status, head.headers.get('content-length')], [200, '10']);
    });

    it('nothing under another name, another secret, or another place', async () => {
      const path = await acme.agent.uploaded('secret', 'secret.txt');
      const last = path.lastIndexOf('/');
      const id = path.slice('/files/'.length, last);
      for (const wrong of [
        `${path.slice(0, last)}/page.html`,
        `/files/${id.slice(0, -1)}${id.endsWith('A') ? 'B' : 'A'}/secret.txt`,
        `/files/${id}/thumbnail/secret.txt`,
        `/files/${id}/..%2f..%2fsecret.key`,
        '/files/..%2f..%2fsecret.key/secret.key',
      ])
        assert.equal((await get(wrong)).status, 404, wrong);
    });
  });

  it('cleans names: no path, no control characters, nothing that turns the direction of writing', async () => {
    for (const [given, kept] of [
      ['../../etc/passwd', 'passwd'],
      ['C:\\Users\\x\\report.pdf', 'report.pdf'],
      ['a\u202Egnp.txt', 'agnp.txt'],
      ['résumé – 東京.txt', 'résumé – 東京.txt'],
      ['..', 'file'],
      [`${'x'.repeat(300)}.txt`, `${'x'.repeat(96)}.txt`],
      [`${'東'.repeat(300)}.txt`, `${'東'.repeat(96)}.txt`],
    ] as const) {
      const path = await acme.agent.uploaded('text', given);
      assert.equal(decodeURIComponent(path.slice(path.lastIndexOf('/') + 1)), kept);
      assert.equal((await get(path)).status, 200);
    }
  });

  describe('refuses', () => {
    const left = () => readdirSync(join(folder, 'incoming'));
    const refused = async (body: BodyInit, status: number, type: string, words: RegExp, headers = {}) => {
      const answer = await acme.agent.upload(body, headers);
      const [gotStatus, gotType, message] = problemOf(answer as never);
      assert.deepEqual([gotStatus, gotType], [status, type], String(message));
      assert.match(String(message), words);
    };
    const multipart = { 'content-type': 'multipart/form-data; boundary=x' };
    const partOf = (disposition: string, content = 'text') =>
      `--x\r\nContent-Disposition: ${disposition}\r\nContent-Type: text/plain\r\n\r\n${content}\r\n`;
    const fileOf = (content?: string) => partOf('form-data; name="file"; filename="a.txt"', content);

    it('what is no form', async () => {
      await refused('{}', 415, 'validation', /multipart\/form-data/, { 'content-type': 'application/json' });
      await refused('x', 400, 'validation', /boundary/, { 'content-type': 'multipart/form-data' });
      await refused('x', 400, 'validation', /whole multipart|no part named/, multipart);
      await refused('', 400, 'validation', /whole multipart|no part named/, multipart);
    });

    it('a form that ends too early', async () => {
      await refused(fileOf(), 400, 'validation', /ends too early/, multipart);
      await refused(`${fileOf()}--x`, 400, 'validation', /ends too early/, multipart);
    });

    it('two files, none, an empty one, and one under another name', async () => {
      await refused(`${fileOf()}${fileOf()}--x--\r\n`, 400, 'validation', /several files/, multipart);
      await refused(`${partOf('form-data; name="a"')}--x--\r\n`, 400, 'validation', /missing/, multipart);
      await refused(
        `${partOf('form-data; name="file"')}--x--\r\n`,
        400,
        'validation',
        /text field/,
        multipart,
      );
      await refused(formWith('', 'empty.txt'), 400, 'validation', /empty/);
      await refused(formWith('x', 'a.txt', 'upload'), 400, 'validation', /name it "file"/);
    });

    it('programs', async () => {
      await refused(formWith('MZ', 'setup.exe'), 400, 'validation', /Programs/);
      await refused(formWith('#!/bin/sh\nrm -rf /', 'notes.txt'), 400, 'validation', /Programs/);
      const elf = Buffer.concat([Buffer.from('7f454c46020101', 'hex'), Buffer.alloc(60)]);
      await refused(formWith(elf, 'picture.png'), 400, 'validation', /Programs/);
    });

    it('files above the limit, whether their size is told or not', async () => {
      const large = Buffer.alloc(2 ** 20 + 1, 65);
      await refused(formWith(large, 'large.txt'), 413, 'entity_too_large', /1 MB/);
      await refused(formWith(Buffer.alloc(3 * 2 ** 20), 'larger.bin'), 413, 'entity_too_large', /1 MB/);
      const body = `${fileOf('A'.repeat(2 ** 20 + 1))}--x--\r\n`;
      const status = await new Promise<number | undefined>((resolve, reject) => {
        const { port } = new URL(world.url);
        const path = '/v3.6/agent/action/upload_file';
        const authorization = acme.agent.authorization;
        const sending = request({ port, method: 'POST', path, headers: { ...multipart, authorization } });
        sending.on('response', (answer) => resolve(answer.resume().statusCode));
        sending.on('error', reject);
        sending.write(body.slice(0, 100_000));
        sending.end(body.slice(100_000));
      });
      assert.equal(status, 413);
    });

    it('an image that unpacks to more pixels than any picture has', async () => {
      await refused(formWith(bomb(60_000, 60_000), 'bomb.png'), 400, 'validation', /60000 × 60000 pixels/);
    });

    it('and leaves nothing of it on the disk', () => assert.deepEqual(left(), []));

    it('who has no token', async () => {
      const body = formWith('x', 'a.txt');
      const answer = await fetch(`${world.url}/v3.6/agent/action/upload_file`, { method: 'POST', body });
      assert.equal(answer.status, 401);
    });
  });

  it('stops at the quota of the organization, and takes again what was removed', async () => {
    const full = await company(world, 'Full');
    const million = Buffer.alloc(2 ** 20, 65);
    const answers = await Promise.all(
      Array.from({ length: 22 }, (_, n) => full.agent.upload(formWith(million, `${n}.txt`))),
    );
    const statuses = answers.map(({ status }) => status).sort();
    assert.deepEqual(statuses, [...Array(20).fill(200), 409, 409]);
    const refused = answers.find(({ status }) => status === 409);
    assert.equal(refused?.body.error.type, 'limit_reached');
    world.server.clock.advance(days(1));
    while ((await world.server.services.files.purge()) > 0);
    world.server.clock.reset();
    assert.equal((await full.agent.upload(formWith(million, 'again.txt'))).status, 200);
  });

  it('removes within a day what no event names, and keeps the rest', async () => {
    const chat = await openChat();
    const unused = await acme.agent.uploaded('unused', 'unused.txt');
    const used = await acme.agent.uploaded('used', 'used.txt');
    const send = (path: string) =>
      acme.agent.call('send_event', { chat_id: chat, event: { type: 'file', url: world.url + path } });
    assert.equal((await send(used)).status, 200);
    assert.match((await get(used)).headers.get('cache-control') ?? '', /immutable/);
    world.server.clock.advance(days(1));
    assert.equal((await get(unused)).status, 404);
    while ((await world.server.services.files.purge()) > 0);
    world.server.clock.reset();
    assert.equal((await get(unused)).status, 404);
    assert.equal((await send(unused)).status, 400);
    assert.equal((await get(used)).status, 200);
    assert.equal((await send(used)).status, 200);
  });
});

/** A PNG of a few kilobytes with a row of zeros for each of its many lines. */
function bomb(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width);
  header.writeUInt32BE(height, 4);
  header.set([1, 0, 0, 0, 0], 8);
  const data = deflateSync(Buffer.alloc(1_000_000));
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
