import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type ConsoleWorld, openConsoleWorld, type TestPerson } from '../../../test/support/console_world.ts';
import { consoleMethods } from '../../apis/console/index.ts';
import type { Session } from '../../apis/console/schemas.ts';

describe('The Console API over HTTP', () => {
  let world: ConsoleWorld;
  let owner: TestPerson;
  let administrator: TestPerson;
  let member: TestPerson;
  before(async () => {
    world = await openConsoleWorld();
    const acme = await world.organization('Acme');
    owner = await world.person(acme, { name: 'Olga', role: 'owner' });
    administrator = await world.person(acme, { name: 'Adam', role: 'administrator' });
    member = await world.person(acme, { name: 'Mira', role: 'member' });
  });
  after(() => world.close());

  const address = (path: string): string =>
    path
      .replace(/:(app_id|id)/, '7c2f9a54-0b8e-4f57-8d25-0d5a4a3f1c11')
      .replace(':secret_id', '7')
      .replace(':request_id', 'x');

  for (const { name, http, access } of consoleMethods) {
    it(`${name} is refused without a session`, async () => {
      const { status, body } = await world.stranger(http.method, address(http.path));
      assert.equal(status, 401);
      assert.equal(body.error.type, 'authentication');
    });

    if (http.method !== 'GET')
      it(`${name} is refused without the CSRF header, and with another session's`, async () => {
        const foreign = (await member.call<Session>('GET', '/console/api/session')).body.csrf_token;
        for (const csrf of [false, foreign]) {
          const { status, body } = await owner.call(http.method, address(http.path), { csrf });
          assert.equal(status, 403);
          assert.equal(body.error.type, 'authorization');
          assert.match(body.error.message, /x-csrf-token/);
        }
      });

    if (access === 'developer')
      it(`${name} is refused to a member`, async () => {
        const { status, body } = await member.call(http.method, address(http.path));
        assert.equal(status, 403);
        assert.equal(body.error.type, 'authorization');
        assert.match(body.error.message, /owners and administrators/);
      });

    if (access === 'owner')
      it(`${name} is refused to members and administrators`, async () => {
        for (const person of [member, administrator]) {
          const { status, body } = await person.call(http.method, address(http.path));
          assert.equal(status, 403);
          assert.equal(body.error.type, 'authorization');
          assert.match(body.error.message, /Only the owner/);
        }
      });
  }

  it('leaves to members the session, scopes and their own tokens', () => {
    assert.deepEqual(
      consoleMethods
        // What programs may do asks for its own scopes, which a role allows or not.
        .filter(
          ({ access, http }) =>
            access === 'member' && !/^\/console\/api\/(configuration|v2)\//.test(http.path),
        )
        .map(({ name }) => name),
      [
        'get_session',
        'choose_organization',
        'create_inbox_token',
        'list_scopes',
        'list_personal_access_tokens',
        'create_personal_access_token',
        'revoke_personal_access_token',
        'list_public_apps',
        'list_installed_apps',
        'list_people',
      ],
    );
  });

  it('answers an unknown address in its own shape', async () => {
    for (const url of ['/console/api', '/console/api/nothing', '/console/api/apps/a/b/c/d']) {
      const { status, body, headers } = await owner.call('GET', url);
      assert.equal(status, 404);
      assert.equal(body.error.type, 'not_found');
      assert.equal(headers['cache-control'], 'no-store');
    }
  });

  it('names the methods of an address that was called by another one', async () => {
    const { status, body, headers } = await owner.call('PUT', '/console/api/apps');
    assert.equal(status, 405);
    assert.equal(headers.allow, 'GET, POST');
    assert.match(body.error.message, /GET, POST/);
  });

  it('names each field that is missing, wrong or unknown', async () => {
    const { status, body } = await owner.call('POST', '/console/api/apps', {
      body: { product: 'fax', colour: 'red' },
    });
    assert.equal(status, 400);
    assert.equal(body.error.type, 'validation');
    assert.deepEqual(body.error.fields.map(({ field }) => field).sort(), ['colour', 'name', 'product']);
  });

  it('refuses a body that is no JSON, and one of another type', async () => {
    const broken = await owner.call('POST', '/console/api/apps', {
      body: Buffer.from('{"name":'),
      headers: { 'content-type': 'application/json' },
    });
    assert.equal(broken.status, 400);
    const form = await owner.call('POST', '/console/api/apps', {
      body: Buffer.from('name=x'),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    assert.equal(form.status, 415);
    assert.equal(form.body.error.type, 'validation');
  });

  it('refuses a name that stands in the path and in the body', async () => {
    const { app } = await owner.app('Twice');
    const { status, body } = await owner.call('PATCH', `/console/api/apps/${app.id}`, {
      body: { app_id: 'another', version: 1 },
    });
    assert.equal(status, 400);
    assert.deepEqual(body.error.fields, [{ field: 'app_id', message: 'Sent more than once.' }]);
  });

  it('says how much it takes when a body is too large', async () => {
    const { status, body } = await owner.call('POST', '/console/api/apps', {
      body: { name: 'x'.repeat(300_000), product: 'livechat' },
    });
    assert.equal(status, 413);
    assert.equal(body.error.type, 'entity_too_large');
    assert.match(body.error.message, /256 KB/);
  });
});
