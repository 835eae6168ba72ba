import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import { type ConsoleWorld, openConsoleWorld, type TestPerson } from '../../../test/support/console_world.ts';

describe('The Console as a web app', () => {
  let world: ConsoleWorld;
  let folder: string;
  let member: TestPerson;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gatehouse-console-'));
    mkdirSync(join(folder, 'assets'));
    writeFileSync(
      join(folder, 'index.html'),
      '<!doctype html><title>Console</title><meta property="csp-nonce" nonce="__CSP_NONCE__">',
    );
    writeFileSync(join(folder, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
    writeFileSync(join(folder, 'assets/index-Bc7S0xnk.js'), 'console.log(1)');
    writeFileSync(join(folder, 'assets/index-Bc7S0xnk.js.gz'), gzipSync('console.log(1)'));
    world = await openConsoleWorld({ consoleFolder: folder });
    member = await world.person(await world.organization('Acme'), { name: 'Mira', role: 'member' });
  });
  after(async () => {
    await world.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is one page for every address below /console, never cached, each time with a new nonce for its styles', async () => {
    const nonces = new Set<string>();
    for (const url of [
      '/console',
      '/console/',
      '/console/apps/7c2f9a54-0b8e-4f57-8d25-0d5a4a3f1c11/authorization',
    ]) {
      const { status, text, headers } = await member.call('GET', url);
      assert.equal(status, 200, url);
      assert.match(text, /<title>Console/);
      assert.match(String(headers['content-type']), /^text\/html/);
      assert.equal(headers['cache-control'], 'no-store');
      const nonce = /nonce="([A-Za-z0-9+/]{22}==)"/.exec(text)?.[1];
      assert.ok(nonce !== undefined && !nonces.has(nonce), text);
      nonces.add(nonce);
      assert.equal(
        headers['content-security-policy'],
        `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; connect-src 'self'; font-src 'self'; frame-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; img-src 'self' data: blob:`,
      );
    }
  });

  it('sends who is not logged in to the login, and back to where they wanted to go', async () => {
    const { status, headers } = await world.stranger('GET', '/console/personal-access-tokens?new=1');
    assert.equal(status, 303);
    assert.equal(headers.location, '/signin?next=%2Fconsole%2Fpersonal-access-tokens%3Fnew%3D1');
  });

  it('comes back to the start from an address that the login would not take', async () => {
    const { headers } = await world.stranger('GET', '/console/[x]');
    assert.equal(headers.location, '/signin?next=%2Fconsole');
  });

  it('serves its assets to be kept for ever, compressed where the browser can read it', async () => {
    const plain = await world.stranger('GET', '/console/assets/index-Bc7S0xnk.js');
    assert.equal(plain.status, 200);
    assert.equal(plain.text, 'console.log(1)');
    assert.match(String(plain.headers['content-type']), /javascript/);
    assert.equal(plain.headers['cache-control'], 'public, max-age=31536000, immutable');
    const packed = await world.server.inject({
      url: '/console/assets/index-Bc7S0xnk.js',
      headers: { 'accept-encoding': 'gzip' },
    });
    assert.equal(packed.headers['content-encoding'], 'gzip');
    assert.match(String(packed.headers['content-type']), /javascript/);
    assert.equal(gunzipSync(packed.rawPayload).toString(), 'console.log(1)');
  });

  it('serves what lies beside its page, to be checked each time', async () => {
    const { status, headers } = await world.stranger('GET', '/console/favicon.svg');
    assert.equal(status, 200);
    assert.equal(headers['content-type'], 'image/svg+xml');
    assert.equal(headers['cache-control'], 'no-cache');
  });

  it('has no files but its own', async () => {
    for (const url of [
      '/console/assets/gone.js',
      '/console/assets/..%2f..%2fpackage.json',
      '/console/assets/',
      '/console/missing.js',
    ]) {
      const { status } = await world.stranger('GET', url);
      assert.equal(status, 404, url);
    }
  });

  it('says what to do when it was not built', async () => {
    const unbuilt = await openConsoleWorld();
    const { status, text } = await unbuilt.stranger('GET', '/console');
    assert.equal(status, 503);
    assert.match(text, /npm run build/);
    await unbuilt.close();
  });
});
