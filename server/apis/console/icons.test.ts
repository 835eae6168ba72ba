import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type ConsoleWorld, openConsoleWorld, type TestPerson } from '../../../test/support/console_world.ts';
import type { App } from './schemas.ts';

/** As much of a PNG as its size is read from. */
function png(width: number, height: number, length = 64): Buffer {
  const bytes = Buffer.alloc(length, 7);
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]).copy(bytes);
  bytes.write('IHDR', 12, 'latin1');
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes;
}

describe('The picture of an app', () => {
  let world: ConsoleWorld;
  let owner: TestPerson;
  let app: App;
  before(async () => {
    world = await openConsoleWorld();
    owner = await world.person(await world.organization('Acme'), { name: 'Olga', role: 'owner' });
    ({ app } = await owner.app('Pictured'));
  });
  after(() => world.close());

  const upload = (body: Buffer, type = 'image/png') =>
    owner.call<App>('PUT', `/console/api/apps/${app.id}/icon`, { body, headers: { 'content-type': type } });

  it('is shown to everybody under an address that changes with it', async () => {
    const picture = png(128, 128);
    const { status, body } = await upload(picture);
    assert.equal(status, 200);
    assert.match(body.icon_url ?? '', new RegExp(`^/console/icons/${app.id}\\?v=[0-9a-f]{16}$`));
    const shown = await world.server.inject(body.icon_url ?? '');
    assert.equal(shown.statusCode, 200);
    assert.equal(shown.headers['content-type'], 'image/png');
    assert.equal(shown.headers['x-content-type-options'], 'nosniff');
    assert.equal(shown.headers['content-security-policy'], "default-src 'none'; sandbox");
    assert.equal(shown.headers['cache-control'], 'public, max-age=31536000, immutable');
    assert.ok(shown.rawPayload.equals(picture));
    const other = await upload(png(256, 256));
    assert.notEqual(other.body.icon_url, body.icon_url);
  });

  it('is asked for again when its address does not name the present one', async () => {
    await upload(png(64, 64));
    const old = await world.server.inject(`/console/icons/${app.id}?v=0000000000000000`);
    assert.equal(old.statusCode, 200);
    assert.equal(old.headers['cache-control'], 'no-cache');
    const again = await world.server.inject({
      url: `/console/icons/${app.id}`,
      headers: { 'if-none-match': String(old.headers.etag) },
    });
    assert.equal(again.statusCode, 304);
  });

  it('takes the type that its bytes have, not the one that was said', async () => {
    const { body } = await upload(png(64, 64), 'image/webp');
    assert.equal((await world.server.inject(body.icon_url ?? '')).headers['content-type'], 'image/png');
  });

  it('is refused unless it is a square picture of 64 to 1024 pixels', async () => {
    for (const [bytes, words] of [
      [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), /not a PNG, JPEG or WebP/],
      [png(100, 200), /100 × 200/],
      [png(32, 32), /64 to 1024/],
      [png(2048, 2048), /64 to 1024/],
    ] as const) {
      const { status, body } = await upload(bytes);
      assert.equal(status, 400);
      assert.equal(body.error.fields[0]?.field, 'icon');
      assert.match(body.error.message, words);
    }
    assert.equal((await upload(Buffer.alloc(0))).status, 400);
  });

  it('is refused above 256 KB, and under other media types', async () => {
    assert.equal((await upload(png(512, 512, 256 * 1024))).status, 200);
    const large = await upload(png(512, 512, 256 * 1024 + 1));
    assert.equal(large.status, 413);
    assert.equal(large.body.error.type, 'entity_too_large');
    const svg = await upload(png(64, 64), 'image/svg+xml');
    assert.equal(svg.status, 415);
    assert.match(svg.body.error.message, /image\/png/);
  });

  it('goes when it is removed', async () => {
    await upload(png(64, 64));
    const { status, body } = await owner.call<App>('DELETE', `/console/api/apps/${app.id}/icon`);
    assert.equal(status, 200);
    assert.equal(body.icon_url, null);
    for (const id of [app.id, 'nothing', '%00'])
      assert.equal((await world.server.inject(`/console/icons/${id}`)).statusCode, 404);
  });
});
