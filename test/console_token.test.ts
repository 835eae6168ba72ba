import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { registry } from '../server/apis/registry/registry.ts';
import { days } from '../server/kernel/clock.ts';
import {
  type Organization,
  openWorld,
  type Person,
  type RegisteredApp,
  tokensFor,
  type World,
} from './support/world.ts';

describe('a personal access token from the command line', () => {
  let world: World;
  let acme: Organization;
  let owner: Person;
  let member: Person;
  let app: RegisteredApp;
  before(async () => {
    world = await openWorld();
    acme = await world.organization();
    owner = await world.person(acme);
    member = await world.person(acme, { account: 'member', chat: 'normal' });
    app = await world.app(owner, acme);
  });
  after(() => world.close());

  const actor = { ip: '127.0.0.1', userAgent: 'test', requestId: 'test' };
  const token = async (person: Person, scopes: string[], expiresInDays = 1): Promise<string> => {
    const own = await world.server.services.identity.member(acme.licenseId, person.accountId);
    assert.ok(own);
    const form = { name: 'CLI', scopes, expiresInDays };
    const { secret } = await world.server.services.grants.personal.create(own.membership, form, actor);
    return `Basic ${Buffer.from(`${person.accountId}:${secret}`).toString('base64')}`;
  };
  const call = async (method: string, path: string, authorization: string, body?: unknown) => {
    const response = await fetch(`${world.url}/console/api${path}`, {
      method,
      headers: { authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      cookies: response.headers.getSetCookie(),
      challenge: response.headers.get('www-authenticate'),
      body: text === '' ? undefined : JSON.parse(text),
    };
  };

  it('reads the session and the apps, whatever its scopes, and sets no cookie', async () => {
    const basic = await token(owner, ['chats--my:ro']);
    const session = await call('GET', '/session', basic);
    assert.equal(session.status, 200, JSON.stringify(session.body));
    assert.deepEqual(
      [
        session.body.account.id,
        session.body.role,
        session.body.csrf_token,
        session.body.organizations.length,
      ],
      [owner.accountId, 'owner', '', 1],
    );
    assert.deepEqual([session.cookies, session.challenge], [[], null]);
    const apps = await call('GET', '/apps', basic);
    assert.deepEqual([apps.status, apps.body.total], [200, 1]);
    assert.equal((await call('GET', `/apps/${app.details.app.id}`, basic)).status, 200);
  });

  it('does no more than its scopes, and no more than the person’s role', async () => {
    const narrow = await token(owner, ['chats--my:ro']);
    const wide = await token(owner, ['organization--my:rw', 'agents-bot--my:rw']);
    const bot = `/apps/${app.details.app.id}/bot`;
    const refused = await call('POST', bot, narrow, { name: 'Clerk' });
    assert.deepEqual([refused.status, refused.body.error.type], [403, 'authorization']);
    assert.match(refused.body.error.message, /needs the scope agents-bot--my:rw/);
    assert.equal((await call('POST', bot, wide, { name: 'Clerk' })).status, 200, 'no CSRF token is needed');
    const mode = await call('PUT', '/organization/dynamic_registration', wide, { mode: 'off' });
    assert.equal(mode.status, 200);
    const theirs = await token(member, ['chats--my:ro']);
    assert.equal((await call('GET', '/session', theirs)).status, 200);
    const apps = await call('GET', '/apps', theirs);
    assert.deepEqual([apps.status, apps.body.error.type], [403, 'authorization']);
    await assert.rejects(token(member, ['organization--my:rw']), /check the marked fields/);
  });

  it('never makes a token, an app or a secret: that takes a person at a browser', async () => {
    const everything = await token(owner, [
      ...world.server.services.grants.personal.grantable({
        licenseId: acme.licenseId,
        accountId: owner.accountId,
        accountRole: 'owner',
        chatRole: 'administrator',
        suspendedAt: null,
        createdAt: 0,
        version: 1,
      }),
    ]);
    const closed: [string, string, unknown][] = [
      ['GET', '/personal_access_tokens', undefined],
      ['POST', '/personal_access_tokens', { name: 'x', scopes: ['chats--my:ro'] }],
      ['POST', '/apps', { name: 'x', product: 'livechat' }],
      ['POST', `/apps/${app.details.app.id}/secrets`, {}],
      ['DELETE', `/apps/${app.details.app.id}`, { name: 'List Chats' }],
      ['POST', '/session/organization', { organization_id: acme.id }],
    ];
    for (const [method, path, body] of closed) {
      const answer = await call(method, path, everything, body);
      assert.equal(answer.status, 403, `${method} ${path}`);
      assert.match(answer.body.error.message, /No personal access token opens it/);
    }
  });

  it('is refused when it is wrong, over, or another kind of credential', async () => {
    const basic = await token(owner, ['chats--my:ro']);
    for (const wrong of ['Basic eDp5', 'Basic !', 'Digest x', '']) {
      const answer = await call('GET', '/session', wrong);
      assert.deepEqual([answer.status, answer.challenge], [401, null], wrong);
    }
    const { access_token: access } = await tokensFor(world, owner, app);
    const bearer = await call('GET', '/session', `Bearer ${access}`);
    assert.equal(bearer.status, 401);
    assert.match(bearer.body.error.message, /access token of an app does not open it/);
    world.server.clock.advance(days(2));
    assert.equal((await call('GET', '/session', basic)).status, 401);
  });

  it('opens methods by scopes that can be chosen for a token', () => {
    const grantable = new Set<string>(
      world.server.services.grants.personal.grantable({
        licenseId: acme.licenseId,
        accountId: owner.accountId,
        accountRole: 'owner',
        chatRole: 'administrator',
        suspendedAt: null,
        createdAt: 0,
        version: 1,
      }),
    );
    const opened = registry.console.filter(({ personalAccessToken }) => personalAccessToken !== undefined);
    assert.ok(opened.length > 10);
    for (const { name, personalAccessToken = [], http } of opened) {
      for (const scope of personalAccessToken) assert.ok(grantable.has(scope), `${name}: ${scope}`);
      if (personalAccessToken.length === 0)
        assert.ok(
          http.method === 'GET' || /^((check|test)_redirect_uri|plan_app_scopes)$/.test(name),
          `${name} changes nothing`,
        );
    }
  });

  it('is told where it does not belong', async () => {
    const basic = await token(owner, ['chats--all:rw', 'customers:own']);
    const customer = await world.call('/v3.6/customer/action/list_chats', {}, basic);
    assert.equal(customer.status, 401);
    assert.match(customer.body.error.message, /Personal access tokens do not open the Customer Chat API/);
    const grant = await world.call(
      '/v2/customer/token',
      {
        grant_type: 'agent_token',
        client_id: app.clientId,
        response_type: 'token',
        organization_id: acme.id,
      },
      basic,
    );
    assert.ok(grant.status >= 400 && grant.status < 500);
    assert.match(JSON.stringify(grant.body), /not a personal access token/);
    const userinfo = await fetch(`${world.url}/oauth2/userinfo`, { headers: { authorization: basic } });
    assert.equal(userinfo.status, 401);
  });
});
