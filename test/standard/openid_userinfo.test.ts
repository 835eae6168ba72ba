import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { seconds } from '../../server/kernel/clock.ts';
import {
  type Organization,
  openWorld,
  type Person,
  type RegisteredApp,
  type World,
} from '../support/world.ts';
import { OPENID, SIGN_IN_APP, signIn } from './openid_support.ts';
import { basic, byForm, post, tokensOf } from './support.ts';

describe('userinfo (OpenID Connect Core 1.0 §5.3)', () => {
  let world: World;
  let acme: Organization;
  let owner: Person;
  let app: RegisteredApp;
  before(async () => {
    world = await openWorld();
    acme = await world.organization();
    owner = await world.person(acme);
    app = await world.app(owner, acme, SIGN_IN_APP);
  });
  after(() => world.close());

  const ask = async (authorization?: string, init: RequestInit & { query?: string } = {}) => {
    const response = await fetch(`${world.url}/oauth2/userinfo${init.query ?? ''}`, {
      ...init,
      headers: { ...(init.headers as Record<string, string>), ...(authorization ? { authorization } : {}) },
    });
    const text = await response.text();
    return {
      status: response.status,
      challenge: response.headers.get('www-authenticate') ?? '',
      headers: response.headers,
      body: text === '' ? {} : JSON.parse(text),
    };
  };
  const token = async (scope = OPENID, more: Record<string, string> = {}) =>
    (await signIn(world, owner, app, { scope, ...more })).access_token;

  it('tells what the scopes allow, by GET and POST, to any page, and is never kept', async () => {
    const organization = { 'urn:gatehouse:organization_id': acme.id };
    const name = { name: 'Person 1' };
    const email = { email: owner.email, email_verified: true };
    const cases: [string, Record<string, unknown>][] = [
      ['openid', {}],
      ['openid profile', name],
      ['openid email', email],
      [OPENID, { ...name, ...email }],
    ];
    for (const [scope, told] of cases) {
      const bearer = `Bearer ${await token(scope)}`;
      for (const method of ['GET', 'POST']) {
        const answer = await ask(bearer, { method });
        assert.equal(answer.status, 200);
        assert.deepEqual(answer.body, { sub: owner.accountId, ...told, ...organization });
        assert.equal(answer.headers.get('cache-control'), 'no-store');
        assert.equal(answer.headers.get('access-control-allow-origin'), '*');
      }
    }
    const form = await ask(`Bearer ${await token()}`, { method: 'POST', body: new URLSearchParams() });
    assert.equal(form.status, 200);
  });

  it('tells the present name and e-mail', async () => {
    const person = await world.person(acme, { account: 'member' });
    const { access_token: access } = await signIn(world, person, app, { scope: 'openid profile' });
    await person.browser.submit('/account', { name: 'Ann Örtel' }, '/account/profile');
    assert.equal((await ask(`Bearer ${access}`)).body.name, 'Ann Örtel');
  });

  it('answers 403 insufficient_scope without openid', async () => {
    const { access_token: access } = await tokensOf(world, owner, app, { scope: 'customers:own profile' });
    const answer = await ask(`Bearer ${access}`);
    assert.deepEqual([answer.status, answer.body.error], [403, 'insufficient_scope']);
    assert.match(answer.challenge, /^Bearer realm="gatehouse", error="insufficient_scope", scope="openid"$/);
  });

  it('answers 401 to everything that is no live access token of the right kind', async () => {
    const tokens = await signIn(world, owner, app);
    const expired = await token();
    world.server.clock.advance(seconds(28_801));
    const revoked = await token();
    await post(world, '/oauth2/revoke', { token: revoked, ...byForm(app) });
    const narrowed = await token(OPENID, { resource: `${world.url}/v3.6/agent` });
    const bad = {
      nothing: undefined,
      'an empty one': 'Bearer ',
      'an expired one': `Bearer ${expired}`,
      'a revoked one': `Bearer ${revoked}`,
      'one for another API': `Bearer ${narrowed}`,
      'an ID token': `Bearer ${tokens.id_token}`,
      'a refresh token': `Bearer ${tokens.refresh_token}`,
      nonsense: 'Bearer dal:nonsense',
      'the client itself': basic(app).authorization,
      'an account by Basic': `Basic ${Buffer.from(`${owner.accountId}:dal:x`).toString('base64')}`,
      'another scheme': `DPoP ${tokens.access_token}`,
      'one without end': `Bearer ${'x'.repeat(6_000)}`,
    };
    for (const [name, authorization] of Object.entries(bad)) {
      const answer = await ask(authorization);
      assert.deepEqual([answer.status, answer.body.error], [401, 'invalid_token'], name);
      assert.match(answer.challenge, /^Bearer realm="gatehouse"/, name);
      assert.equal(
        /error="invalid_token"/.test(answer.challenge),
        /^Bearer ./.test(authorization ?? ''),
        name,
      );
    }
  });

  it('takes a token in the header alone, once, and no other method', async () => {
    const good = await token();
    const header = `Bearer ${good}`;
    const form = { method: 'POST', body: new URLSearchParams({ access_token: good }) };
    for (const [name, authorization, init] of [
      ['in the address', undefined, { query: `?access_token=${good}` }],
      ['in the address, too', header, { query: `?access_token=${good}` }],
      ['in a form', undefined, form],
      ['in a form, too', header, form],
      ['a doubled parameter', header, { query: '?a=1&a=2' }],
      ['a NUL', header, { query: '?a=%00' }],
      ['JSON', header, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } }],
      ['broken UTF-8', header, { method: 'POST', body: Buffer.from('a=\xff', 'latin1') }],
    ] as [string, string | undefined, RequestInit & { query?: string }][]) {
      const answer = await ask(authorization, init);
      assert.deepEqual([answer.status, answer.body.error], [400, 'invalid_request'], name);
    }
    for (const method of ['PUT', 'PATCH', 'DELETE']) {
      const answer = await ask(header, { method });
      assert.deepEqual([answer.status, answer.headers.get('allow')], [405, 'GET, POST, OPTIONS'], method);
    }
    const huge = await ask(header, { method: 'POST', body: `a=${'x'.repeat(70_000)}` });
    assert.equal(huge.status, 413);
  });

  it('knows nobody who left the organization', async () => {
    const person = await world.person(acme, { account: 'member' });
    const { access_token: access } = await signIn(world, person, app, { scope: 'openid' });
    await world.server.composition.database.write((session) =>
      session.execute((db) =>
        db
          .updateTable('memberships')
          .set({ suspended_at: world.server.clock.now() })
          .where('account_id', '=', person.accountId),
      ),
    );
    world.server.composition.forget();
    assert.equal((await ask(`Bearer ${access}`)).status, 401);
  });
});
