import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type ConsoleWorld, openConsoleWorld, type TestPerson } from '../../../test/support/console_world.ts';
import type { App } from './schemas.ts';

interface Verdict {
  ok: boolean;
  normalized?: string;
  problem?: { part: string; message: string; suggestion?: string };
}

const off = { accept_sub_paths: false, allow_plain_http: false, rotate_refresh_tokens: false };

describe('The App Authorization block in the Console', () => {
  let world: ConsoleWorld;
  let owner: TestPerson;
  before(async () => {
    world = await openConsoleWorld();
    owner = await world.person(await world.organization('Acme'), { name: 'Olga', role: 'owner' });
  });
  after(() => world.close());

  const settings = (app: App, change: Record<string, unknown> = {}): Record<string, unknown> => ({
    version: app.version,
    redirect_uris: ['https://app.example/callback'],
    scopes: [{ scope: 'chats--all:ro', required: true }],
    profile: 'compatible',
    switches: off,
    ...change,
  });

  it('gives a server-side app a client id and, this once, a secret', async () => {
    const { app, secret } = await owner.app('Server', 'server_side_app');
    assert.match(app.authorization?.client_id ?? '', /^[0-9a-f]{32}$/);
    assert.equal(app.authorization?.type, 'server_side_app');
    assert.equal(app.authorization?.profile, 'compatible');
    assert.ok(secret && secret.length >= 32);
    assert.equal(app.authorization?.secrets[0]?.hint, secret.slice(-4));
    const read = await owner.call<App>('GET', `/console/api/apps/${app.id}`);
    assert.ok(!read.text.includes(secret));
  });

  it('gives a JavaScript app no secret', async () => {
    const { app, secret } = await owner.app('Browser', 'javascript_app');
    assert.equal(secret, undefined);
    assert.deepEqual(app.authorization?.secrets, []);
    const { status, body } = await owner.call('POST', `/console/api/apps/${app.id}/secrets`, { body: {} });
    assert.equal(status, 400);
    assert.match(body.error.message, /JavaScript app/);
  });

  it('is added once', async () => {
    const { app } = await owner.app('Once', 'javascript_app');
    const { status, body } = await owner.call('POST', `/console/api/apps/${app.id}/authorization`, {
      body: { type: 'server_side_app' },
    });
    assert.equal(status, 409);
    assert.equal(body.error.type, 'conflict');
  });

  it('saves redirect URIs, scopes, profile and switches', async () => {
    const { app } = await owner.app('Saved', 'server_side_app');
    const wanted = settings(app, {
      redirect_uris: [' https://app.example/callback ', 'http://127.0.0.1:4000/cb'],
      scopes: [
        { scope: 'chats--all:rw', required: true },
        { scope: 'customers:ro', required: false },
      ],
      profile: 'strict',
      switches: { ...off, rotate_refresh_tokens: true },
    });
    const { status, body } = await owner.call<App>('PUT', `/console/api/apps/${app.id}/authorization`, {
      body: wanted,
    });
    assert.equal(status, 200, JSON.stringify(body));
    assert.deepEqual(body.authorization?.redirect_uris, [
      'https://app.example/callback',
      'http://127.0.0.1:4000/cb',
    ]);
    assert.deepEqual(body.authorization?.scopes, wanted.scopes);
    assert.equal(body.authorization?.profile, 'strict');
    assert.deepEqual(body.authorization?.switches, wanted.switches);
    assert.equal(body.version, app.version + 1);
  });

  it('saves addresses after signing out by the same rules, and leaves them where none are sent', async () => {
    const { app } = await owner.app('Signs out', 'server_side_app');
    const path = `/console/api/apps/${app.id}/authorization`;
    const put = (change: Record<string, unknown>) =>
      owner.call<App>('PUT', path, { body: settings(app, change) });
    assert.deepEqual(app.authorization?.post_logout_redirect_uris, []);
    const uris = [' https://app.example/bye ', 'com.example.app:/bye'];
    const saved = await put({ post_logout_redirect_uris: uris });
    assert.equal(saved.status, 200, saved.text);
    const expected = ['https://app.example/bye', 'com.example.app:/bye'];
    assert.deepEqual(saved.body.authorization?.post_logout_redirect_uris, expected);
    const left = await put({ version: saved.body.version });
    assert.deepEqual(left.body.authorization?.post_logout_redirect_uris, expected);
    const bad = ['https://a.example/?x=1', 'https://a.example/', 'https://a.example/', 'javascript:alert(1)'];
    const wrong = await owner.call('PUT', path, {
      body: settings(app, { version: left.body.version, post_logout_redirect_uris: bad }),
    });
    assert.equal(wrong.status, 400);
    assert.deepEqual(
      wrong.body.error.fields.map(({ field }) => field),
      [0, 2, 3].map((place) => `post_logout_redirect_uris[${place}]`),
    );
    for (const value of ['https://a.example/', [1], null])
      assert.equal((await put({ version: left.body.version, post_logout_redirect_uris: value })).status, 400);
    const none = await put({ version: left.body.version, post_logout_redirect_uris: [] });
    assert.deepEqual(none.body.authorization?.post_logout_redirect_uris, []);
  });

  it('names each redirect URI that cannot stand, by its place', async () => {
    const { app } = await owner.app('Wrong addresses', 'server_side_app');
    const uris = [
      'https://ok.example/',
      'https://a.example/#x',
      'javascript:alert(1)',
      'https://ok.example/',
    ];
    const { status, body } = await owner.call('PUT', `/console/api/apps/${app.id}/authorization`, {
      body: settings(app, { redirect_uris: uris }),
    });
    assert.equal(status, 400);
    assert.deepEqual(
      body.error.fields.map(({ field }) => field),
      ['redirect_uris[1]', 'redirect_uris[2]', 'redirect_uris[3]'],
    );
  });

  it('refuses scopes that do not exist, stand twice, or cannot be chosen', async () => {
    const { app } = await owner.app('Wrong scopes', 'server_side_app');
    const scopes = ['chats--all:ro', 'chats--everything', 'chats--all:ro', 'sessions--all:rw'].map(
      (scope) => ({
        scope,
        required: true,
      }),
    );
    const { status, body } = await owner.call('PUT', `/console/api/apps/${app.id}/authorization`, {
      body: settings(app, { scopes }),
    });
    assert.equal(status, 400);
    assert.deepEqual(
      body.error.fields.map(({ field }) => field),
      ['scopes[1].scope', 'scopes[2].scope', 'scopes[3].scope'],
    );
    assert.match(body.error.fields[2]?.message ?? '', /cannot be chosen/);
  });

  it('is neither saved nor removed under an older version', async () => {
    const { app } = await owner.app('Raced', 'server_side_app');
    const path = `/console/api/apps/${app.id}/authorization`;
    await owner.call('PUT', path, { body: settings(app) });
    for (const [method, body] of [
      ['PUT', settings(app, { redirect_uris: [] })],
      ['DELETE', { version: app.version }],
    ] as const) {
      const refused = await owner.call(method, path, { body });
      assert.equal(refused.status, 409);
      assert.equal(refused.body.error.current_version, app.version + 1);
    }
    const removed = await owner.call<App>('DELETE', path, { body: { version: app.version + 1 } });
    assert.equal(removed.status, 200);
    assert.equal(removed.body.authorization, null);
    assert.equal(removed.body.client, null);
  });

  it('has at most two live secrets and never none', async () => {
    const { app } = await owner.app('Rotating', 'server_side_app');
    const path = `/console/api/apps/${app.id}/secrets`;
    const first = app.authorization?.secrets[0]?.id ?? '';
    const last = await owner.call('DELETE', `${path}/${first}`);
    assert.equal(last.status, 409);
    assert.equal(last.body.error.type, 'limit_reached');
    const second = await owner.call<{ app: App; client_secret: string; secret_id: string }>('POST', path, {
      body: {},
    });
    assert.equal(second.status, 200);
    assert.equal(second.body.app.authorization?.secrets[1]?.id, second.body.secret_id);
    const third = await owner.call('POST', path, { body: {} });
    assert.equal(third.status, 409);
    assert.equal(third.body.error.type, 'limit_reached');
    const retired = await owner.call<App>('DELETE', `${path}/${first}`);
    assert.equal(retired.status, 200);
    assert.ok(retired.body.authorization?.secrets.find(({ id }) => id === first)?.retired_at);
    assert.equal((await owner.call('POST', path, { body: {} })).status, 200);
  });

  it('does not know secrets of other ids', async () => {
    const { app } = await owner.app('One secret', 'server_side_app');
    for (const id of ['0', '-1', 'abc', '99999999999999999999', '1234567']) {
      const { status } = await owner.call('DELETE', `/console/api/apps/${app.id}/secrets/${id}`);
      assert.equal(status, 404);
    }
  });

  describe('on a redirect URI that is being typed', () => {
    const check = async (redirectUri: string, change: Record<string, unknown> = {}): Promise<Verdict> => {
      const { status, body } = await owner.call<Verdict>('POST', '/console/api/redirect_uri_check', {
        body: {
          redirect_uri: redirectUri,
          type: 'server_side_app',
          profile: 'compatible',
          switches: off,
          ...change,
        },
      });
      assert.equal(status, 200);
      return body;
    };

    it('says that it is good, and how it is stored', async () => {
      assert.deepEqual(await check(' https://app.example/cb '), {
        ok: true,
        normalized: 'https://app.example/cb',
      });
    });

    it('names the part that is wrong, and what would be right', async () => {
      const expected: [string, string, string | undefined][] = [
        ['', 'whole', undefined],
        ['app.example/cb', 'scheme', 'https://app.example/cb'],
        ['javascript:alert(1)', 'scheme', undefined],
        ['https://App.example/cb', 'host', 'https://app.example/cb'],
        ['https://app.example:443/cb', 'port', 'https://app.example/cb'],
        ['https://app.example/cb?a=1', 'query', 'https://app.example/cb'],
        ['https://app.example/cb#x', 'fragment', 'https://app.example/cb'],
        ['https://me@app.example/cb', 'userinfo', undefined],
        [`https://app.example/${'x'.repeat(2048)}`, 'length', undefined],
      ];
      for (const [uri, part, suggestion] of expected) {
        const { ok, problem } = await check(uri);
        assert.equal(ok, false, uri);
        assert.equal(problem?.part, part, uri);
        if (suggestion !== undefined) assert.equal(problem?.suggestion, suggestion, uri);
        assert.ok((problem?.message.length ?? 0) > 20, uri);
      }
    });

    it('judges by the switches and the profile that are not saved yet', async () => {
      const uri = 'http://intranet.example/cb';
      const switches = { ...off, allow_plain_http: true };
      assert.equal((await check(uri)).problem?.suggestion, 'https://intranet.example/cb');
      assert.equal((await check(uri, { switches })).ok, true);
      assert.equal((await check(uri, { switches, profile: 'strict' })).ok, false);
    });
  });
});
