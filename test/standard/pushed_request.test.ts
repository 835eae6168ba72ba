import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { seconds } from '../../server/kernel/clock.ts';
import { eachEngine } from '../support/databases.ts';
import {
  type Organization,
  openWorld,
  PASSWORD,
  type Person,
  REDIRECT,
  type RegisteredApp,
  type World,
} from '../support/world.ts';
import { basic, byForm, pkcePair, post } from './support.ts';

eachEngine((engine) => {
  describe('/oauth2/par (RFC 9126)', () => {
    let world: World;
    let acme: Organization;
    let owner: Person;
    let app: RegisteredApp;
    let webApp: RegisteredApp;
    before(async () => {
      world = await openWorld(engine);
      acme = await world.organization();
      owner = await world.person(acme);
      app = await world.app(owner, acme, { optional: ['customers:own'] });
      webApp = await world.app(owner, acme, { type: 'javascript_app' });
    });
    after(() => world.close());

    const { verifier, challenge } = pkcePair();
    const request = (more: Record<string, string> = {}) => ({
      response_type: 'code',
      redirect_uri: REDIRECT,
      code_challenge: challenge,
      code_challenge_method: 'S256',
      ...more,
    });
    const push = async (of: RegisteredApp, more: Record<string, string> = {}): Promise<string> => {
      const answer = await post(world, '/oauth2/par', { ...byForm(of), ...request(more) });
      assert.equal(answer.status, 201, JSON.stringify(answer.body));
      return answer.body.request_uri;
    };
    const address = (of: RegisteredApp, requestUri: string, more: Record<string, string> = {}) =>
      `/oauth2/authorize?${new URLSearchParams({ client_id: of.clientId, request_uri: requestUri, ...more })}`;
    const refused = (location: string | undefined) =>
      assert.match(location ?? '', /^\/ooops\?oauth_exception=invalid_request/);

    it('gives a reference that the browser brings, and the request counts alone', async () => {
      const answer = await post(world, '/oauth2/par', request({ state: 's' }), basic(app));
      assert.equal(answer.status, 201);
      assert.equal(answer.headers.get('cache-control'), 'no-store');
      assert.match(answer.body.request_uri, /^urn:ietf:params:oauth:request_uri:h[A-Za-z0-9_-]{43}$/);
      assert.equal(answer.body.expires_in, 60);
      const query = address(app, answer.body.request_uri, {
        state: 'other',
        redirect_uri: 'https://evil.example/',
        scope: 'nonsense',
        prompt: 'consent',
      });
      const back = new URL((await owner.browser.get(query)).location ?? '');
      assert.equal(back.origin + back.pathname, REDIRECT);
      assert.equal(back.searchParams.get('state'), 's');
      assert.equal(back.searchParams.get('iss'), world.url);
      const form = {
        grant_type: 'authorization_code',
        code: back.searchParams.get('code') ?? '',
        redirect_uri: REDIRECT,
        code_verifier: verifier,
      };
      assert.equal((await post(world, '/oauth2/token', form, basic(app))).status, 200);
    });

    it('works for apps without a secret, and through login', async () => {
      const stranger = world.stranger();
      const first = await stranger.get(address(webApp, await push(webApp, { login_hint: owner.email })));
      assert.match(first.location ?? '', /^\/signin\?handle=/);
      const answer = await stranger.submit(first.location ?? '', { email: owner.email, password: PASSWORD });
      assert.ok(new URL(answer.location ?? '').searchParams.get('code'));
    });

    it('works once, of fifty at once too', async () => {
      const query = address(app, await push(app));
      const answers = await Promise.all(Array.from({ length: 50 }, () => owner.browser.get(query)));
      const won = answers.filter(({ location }) => location?.startsWith(REDIRECT));
      assert.equal(won.length, 1);
      for (const answer of answers) if (answer !== won[0]) refused(answer.location);
      refused((await owner.browser.get(query)).location);
    });

    it('works for a minute, and for the client that pushed', async () => {
      const foreign = await push(app);
      refused((await owner.browser.get(address(webApp, foreign))).location);
      refused((await owner.browser.get(`/oauth2/authorize?request_uri=${foreign}`)).location);
      assert.match((await owner.browser.get(address(app, foreign))).location ?? '', /code=/);
      const old = await push(app);
      world.server.clock.advance(seconds(61));
      refused((await owner.browser.get(address(app, old))).location);
      for (const made of ['urn:ietf:params:oauth:request_uri:x', 'https://evil.example/request'])
        refused((await owner.browser.get(address(app, made))).location);
    });

    it("is not used up by another client's browser, nor for HEAD", async () => {
      const uri = await push(app);
      await owner.browser.get(address(webApp, uri));
      assert.equal((await fetch(world.url + address(app, uri), { method: 'HEAD' })).status, 405);
      assert.match((await owner.browser.get(address(app, uri))).location ?? '', /code=/);
    });

    const cases: [string, Record<string, string>, string][] = [
      ['no response type', { response_type: '' }, 'invalid_request'],
      ['the implicit grant', { response_type: 'token' }, 'unsupported_response_type'],
      ['a foreign redirect URI', { redirect_uri: 'https://evil.example/' }, 'invalid_request'],
      ['no redirect URI', { redirect_uri: '' }, 'invalid_request'],
      ['an unknown scope', { scope: 'nonsense' }, 'invalid_scope'],
      ['a scope the app does not have', { scope: 'agents--all:rw' }, 'invalid_scope'],
      ['a challenge that cannot be', { code_challenge: 'x' }, 'invalid_request'],
      ['the method plain', { code_challenge_method: 'plain' }, 'invalid_request'],
      ['a foreign resource', { resource: 'https://api.example.com/' }, 'invalid_target'],
      ['a reference', { request_uri: 'urn:ietf:params:oauth:request_uri:x' }, 'invalid_request'],
    ];
    for (const [what, change, error] of cases)
      it(`refuses ${what} at once: ${error}`, async () => {
        const answer = await post(world, '/oauth2/par', request(change), basic(app));
        assert.deepEqual([answer.status, answer.body.error], [400, error]);
        assert.ok(answer.body.error_description.length > 20);
        assert.ok(!JSON.stringify(answer.body).includes(REDIRECT), 'the whitelist is not told');
      });

    it('refuses clients that do not prove themselves, or name another', async () => {
      const tries = [
        await post(world, '/oauth2/par', request()),
        await post(world, '/oauth2/par', request({ client_id: app.clientId })),
        await post(world, '/oauth2/par', request({ client_id: webApp.clientId }), basic(app)),
        await post(world, '/oauth2/par', request(), basic(app, 'wrong')),
      ];
      for (const { status, body } of tries) assert.deepEqual([status, body.error], [401, 'invalid_client']);
    });

    it('may be pushed 60 times a minute from one address without a secret; a server counts for itself', async () => {
      const pushes = await Promise.all(
        Array.from({ length: 61 }, () =>
          post(world, '/oauth2/par', { ...byForm(webApp), ...request({ redirect_uri: REDIRECT }) }),
        ),
      );
      const refusals = pushes.filter(({ status }) => status !== 201);
      assert.ok(refusals.length >= 1);
      for (const { status, body, headers } of refusals) {
        assert.deepEqual([status, body.error], [429, 'temporarily_unavailable']);
        assert.ok(Number(headers.get('retry-after')) <= 60);
      }
      await push(app);
      world.server.clock.advance(seconds(61));
      await push(webApp);
    });
  });
});
