import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { consoleOwner, type SignedIn } from './support/endpoints/people.ts';
import { gatehouse } from './support/gatehouse.ts';
import { scratchFolder } from './support/scratch_folder.ts';
import { openWorld, REDIRECT, type RegisteredApp, type World } from './support/world.ts';

describe('the manifest of an app', () => {
  let world: World;
  let owner: SignedIn;
  let app: RegisteredApp;
  const folder = scratchFolder('manifest');
  const file = join(folder, 'livechat.config.json');
  before(async () => {
    world = await openWorld();
    const acme = await world.organization();
    owner = await consoleOwner(world, acme);
    app = await world.app(owner, acme, { scopes: ['chats--all:ro'] });
    const made = await owner.call('POST', '/console/api/personal_access_tokens', {
      name: 'Command line',
      scopes: ['organization--my:rw'],
    });
    writeFileSync(join(folder, 'token'), `${owner.accountId}:${made.secret}\n`);
  });
  after(() => world.close());

  const run = (...argv: string[]) =>
    gatehouse(
      'app',
      ...argv,
      ...['--dir', folder, '--server', world.url, '--token-file', join(folder, 'token')],
    );
  const read = () => JSON.parse(readFileSync(file, 'utf8'));
  const write = (manifest: object) => writeFileSync(file, JSON.stringify(manifest));
  const address = () => `/console/api/apps/${app.details.app.id}/manifest`;

  it('is pulled with the keys of LiveChat, changed, compared and pushed on the command line', async () => {
    const pulled = await run('pull', '--id', app.details.app.id);
    assert.equal(pulled.code, 0, pulled.noted);
    const manifest = read();
    assert.equal(manifest.product, 'livechat');
    assert.equal(manifest.blocks.authorization.clientId, app.clientId);
    assert.equal(manifest.blocks.authorization.redirectUri, REDIRECT);
    assert.equal((await run('diff')).code, 0, 'nothing differs yet');

    manifest.name = 'Chats, listed';
    manifest.blocks.authorization.redirectUri += ',https://www.example.com/second';
    manifest.blocks.authorization.scopes.push({ scope: 'agents--all:ro', required: false });
    write(manifest);
    const differs = await run('diff');
    assert.equal(differs.code, 1);
    assert.match(differs.printed, /~ name: "List Chats" → "Chats, listed"/);
    assert.match(differs.printed, /redirectUri: .*second/);
    const pushed = await run('push');
    assert.equal(pushed.code, 0, pushed.noted);
    const { manifest: now } = await owner.call('GET', address());
    assert.equal(now.name, 'Chats, listed');
    assert.match(now.blocks.authorization.redirectUri, /,https:\/\/www\.example\.com\/second$/);
    assert.equal(now.blocks.authorization.scopes.length, 2);
    assert.equal((await run('diff')).code, 0);
  });

  it('never holds a secret', async () => {
    const text = JSON.stringify(await owner.call('GET', address()));
    assert.ok(!text.includes(app.clientSecret) && !/secret/i.test(text));
  });

  it('does not change what cannot change, nor anything where a part is refused', async () => {
    const { manifest, version } = await owner.call('GET', address());
    const other = { ...manifest, product: 'text', id: 'another' };
    const fixed = await owner.call('POST', `${address()}/diff`, { manifest: other });
    assert.equal(fixed.error.type, 'validation');
    assert.deepEqual(
      fixed.error.fields.map(({ field }: { field: string }) => field),
      ['id', 'product'],
    );
    const bad = structuredClone(manifest);
    bad.name = 'Half';
    bad.blocks.authorization.redirectUri = 'ftp://x';
    const refused = await owner.call('PUT', address(), { manifest: bad, version });
    assert.equal(refused.error.type, 'validation');
    assert.deepEqual(await owner.call('GET', address()), { manifest, version });
    const late = await owner.call('PUT', address(), { manifest: { ...manifest, name: 'L' }, version: 1 });
    assert.equal(late.error.type, 'conflict');
  });

  it('makes a new app like it, with ids of its own, and none where it is refused', async () => {
    const { manifest } = await owner.call('GET', address());
    const made = await owner.call('POST', '/console/api/app_imports', { manifest });
    assert.notEqual(made.app.id, manifest.id);
    assert.notEqual(made.app.authorization.client_id, app.clientId);
    assert.equal(made.app.authorization.redirect_uris.length, 2);
    assert.ok(made.client_secret);
    const count = async () => (await owner.call('GET', '/console/api/apps')).total;
    const before = await count();
    const bad = structuredClone(manifest);
    bad.blocks.authorization.scopes = [{ scope: 'nonsense', required: true }];
    assert.equal(
      (await owner.call('POST', '/console/api/app_imports', { manifest: bad })).error.type,
      'validation',
    );
    assert.equal(await count(), before);
  });

  it('says what is missing when it is called wrongly', async () => {
    assert.equal((await run('nonsense')).code, 2);
    write({});
    assert.match((await run('diff')).noted, /Name the app by --id/);
    const foreign = await run('pull', '--id', crypto.randomUUID());
    assert.equal(foreign.code, 1);
    assert.match(foreign.noted, /no app with this id/);
  });
});
