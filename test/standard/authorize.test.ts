import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { eachEngine } from '../support/databases.ts';
import {
  authorizeQuery,
  type Organization,
  openWorld,
  PASSWORD,
  type Person,
  REDIRECT,
  type RegisteredApp,
  type World,
} from '../support/world.ts';
import { answerFor, pkcePair, standardQuery } from './support.ts';

/** RFC 6749 §4.1.2.1: printable ASCII without `"` and `\`. */
const DESCRIPTION = /^[\x20-\x21\x23-\x5b\x5d-\x7e]{20,}$/;

eachEngine((engine) => {
  describe('/oauth2/authorize', () => {
    let world: World;
    let acme: Organization;
    let owner: Person;
    let app: RegisteredApp;
    before(async () => {
      world = await openWorld(engine);
      acme = await world.organization('Acme');
      owner = await world.person(acme);
      app = await world.app(owner, acme, { optional: ['customers:own'] });
    });
    after(() => world.close());

    it('sends a code, the state and the issuer back, never kept and without a referrer', async () => {
      const answer = await owner.browser.get(standardQuery(app, { state: 'a b/ü' }));
      assert.equal(answer.status, 303);
      const back = new URL(answer.location ?? '');
      assert.equal(back.origin + back.pathname, REDIRECT);
      assert.deepEqual([...back.searchParams.keys()], ['code', 'state', 'iss']);
      assert.match(back.searchParams.get('code') ?? '', /^dal:c/);
      assert.equal(back.searchParams.get('state'), 'a b/ü');
      assert.equal(back.searchParams.get('iss'), world.url);
      assert.match(answer.headers.get('cache-control') ?? '', /no-store/);
      assert.equal(answer.headers.get('referrer-policy'), 'no-referrer');
    });

    it('sends no state where none came', async () => {
      assert.deepEqual([...(await answerFor(owner, app)).keys()], ['code', 'iss']);
      assert.deepEqual([...(await answerFor(owner, app, { state: '' })).keys()], ['code', 'iss']);
    });

    it('keeps its dialect through login', async () => {
      const stranger = world.stranger();
      const first = await stranger.get(standardQuery(app, { state: 's', login_hint: owner.email }));
      assert.match(first.location ?? '', /^\/signin\?handle=/);
      assert.ok((await stranger.get(first.location ?? '')).text.includes(`value="${owner.email}"`));
      const answer = await stranger.submit(first.location ?? '', { email: owner.email, password: PASSWORD });
      assert.equal(new URL(answer.location ?? '').searchParams.get('iss'), world.url);
    });

    it('keeps its dialect through consent, allowed or cancelled', async () => {
      const { location = '' } = await owner.browser.get(
        standardQuery(app, { prompt: 'consent', state: 's', scope: 'chats--all:ro customers:own' }),
      );
      assert.match(location, /^\/grant-access\?handle=/);
      const allowed = new URL((await owner.browser.submit(location, { decision: 'allow' })).location ?? '');
      assert.deepEqual([...allowed.searchParams.keys()], ['code', 'state', 'iss']);

      const again = await owner.browser.get(standardQuery(app, { prompt: 'consent', state: 's' }));
      const cancelled = await owner.browser.submit(again.location ?? '', { decision: 'cancel' });
      const answer = Object.fromEntries(new URL(cancelled.location ?? '').searchParams);
      assert.match(answer.error_description ?? '', DESCRIPTION);
      assert.deepEqual(answer, {
        error: 'access_denied',
        error_description: answer.error_description,
        state: 's',
        iss: world.url,
      });
    });

    it('leaves the LiveChat dialect as it is, whatever the address claims', async () => {
      const query = authorizeQuery(app, { issuer: 'https://evil.example', resource: 'https://evil.example' });
      const back = new URL((await owner.browser.get(query)).location ?? '').searchParams;
      assert.deepEqual([...back.keys()], ['code', 'state']);
      const standard = await answerFor(owner, app, { issuer: 'https://evil.example' });
      assert.equal(standard.get('iss'), world.url);
    });

    const { challenge } = pkcePair();
    const told: [string, Record<string, string>, string][] = [
      ['no response type', { response_type: '' }, 'invalid_request'],
      ['an unknown response type', { response_type: 'id_token' }, 'unsupported_response_type'],
      ['the implicit grant', { response_type: 'token' }, 'unsupported_response_type'],
      ['an unknown scope', { scope: 'chats--all:xx' }, 'invalid_scope'],
      ['scopes joined by commas', { scope: 'chats--all:ro,customers:own' }, 'invalid_scope'],
      ['a scope the app does not have', { scope: 'agents--all:rw' }, 'invalid_scope'],
      ['a scope in another alphabet', { scope: 'чаты "all" \\' }, 'invalid_scope'],
      ['a bad challenge', { code_challenge: 'x', code_challenge_method: 'S256' }, 'invalid_request'],
      [
        'the challenge method plain',
        { code_challenge: challenge, code_challenge_method: 'plain' },
        'invalid_request',
      ],
      ['a challenge without its method', { code_challenge: challenge }, 'invalid_request'],
      ['a method without a challenge', { code_challenge_method: 'S256' }, 'invalid_request'],
      ['a prompt that is not taken', { prompt: 'create' }, 'invalid_request'],
      ['an endless state', { state: 'x'.repeat(3000) }, 'invalid_request'],
      ['a foreign resource', { resource: 'https://api.example.com/' }, 'invalid_target'],
    ];
    for (const [what, change, error] of told)
      it(`tells the app about ${what}: ${error}`, async () => {
        const answer = Object.fromEntries(await answerFor(owner, app, { state: 's', ...change }));
        assert.equal(answer.error, error);
        assert.match(answer.error_description ?? '', DESCRIPTION);
        assert.equal(answer.iss, world.url);
        assert.equal(answer.state, change.state ?? 's');
        assert.equal(answer.code, undefined);
      });

    const untrusted: [string, Record<string, string>][] = [
      ['an unknown client', { client_id: '0'.repeat(32) }],
      ['a foreign redirect URI', { redirect_uri: 'https://evil.example/' }],
      ['a near miss of the redirect URI', { redirect_uri: `${REDIRECT}/` }],
      ['a redirect URI that is none', { redirect_uri: 'javascript:alert(1)' }],
      ['no redirect URI', { redirect_uri: '' }],
    ];
    for (const [what, change] of untrusted)
      it(`ends on /ooops for ${what}, whatever else is wrong`, async () => {
        for (const more of [change, { ...change, scope: 'nonsense' }]) {
          const answer = await owner.browser.get(standardQuery(app, more));
          const led = new URL(answer.location ?? '', world.url);
          assert.equal(led.origin + led.pathname, `${world.url}/ooops`);
        }
      });

    it('sends nobody on to an app before they logged in (RFC 9700 §4.11.2)', async () => {
      const stranger = world.stranger();
      const { location = '' } = await stranger.get(standardQuery(app, { scope: 'nonsense', state: 's' }));
      assert.match(location, /^\/signin\?handle=/);
      const answer = await stranger.submit(location, { email: owner.email, password: PASSWORD });
      const back = new URL(answer.location ?? '');
      assert.equal(back.origin + back.pathname, REDIRECT);
      assert.equal(back.searchParams.get('error'), 'invalid_scope');
      assert.equal(back.searchParams.get('iss'), world.url);
    });

    it('tells the app of a person who may not use it, or whose role is too low', async () => {
      const outsider = await world.person(await world.organization('Elsewhere'));
      assert.equal((await answerFor(outsider, app)).get('error'), 'access_denied');
      const agent = await world.person(acme, { account: 'member', chat: 'normal' });
      assert.equal((await answerFor(agent, app)).get('error'), 'invalid_scope');
    });

    it('asks PKCE of a JavaScript app, and of every app in the strict profile', async () => {
      const webApp = await world.app(owner, acme, { type: 'javascript_app' });
      const strict = await world.app(owner, acme, { profile: 'strict' });
      for (const each of [webApp, strict]) {
        const scope = 'chats--all:ro';
        assert.equal((await answerFor(owner, each, { scope })).get('error'), 'invalid_request');
        const pkce = { code_challenge: challenge, code_challenge_method: 'S256' };
        assert.ok((await answerFor(owner, each, { scope, ...pkce })).get('code'));
      }
    });

    describe('as a form by POST', () => {
      const send = (browser: Person['browser'], form: Record<string, string>) =>
        browser.post('/oauth2/authorize', form);
      const form = (more: Record<string, string> = {}) => ({
        response_type: 'code',
        client_id: app.clientId,
        redirect_uri: REDIRECT,
        ...more,
      });

      it('goes on as the same request by GET, and comes back with the same answer', async () => {
        const sent = await send(owner.browser, form({ state: 'a b&c', scope: '', client_secret: 'x' }));
        assert.equal(sent.status, 303);
        assert.equal(sent.headers.get('cache-control'), 'no-store');
        const address = new URL(sent.location ?? '', world.url);
        assert.equal(address.origin + address.pathname, `${world.url}/oauth2/authorize`);
        assert.deepEqual(Object.fromEntries(address.searchParams), form({ state: 'a b&c' }));
        const { location = '' } = await owner.browser.get(address.pathname + address.search);
        const back = new URL(location).searchParams;
        assert.deepEqual([...back.keys()], ['code', 'state', 'iss']);
        assert.equal(back.get('state'), 'a b&c');
      });

      it('sets no cookie, so that no page can put a person’s browser out of step', async () => {
        const sent = await send(world.stranger(), form());
        assert.equal(sent.status, 303);
        assert.deepEqual(sent.headers.getSetCookie(), []);
      });

      it('is a form with each parameter once, and no longer than an address may be', async () => {
        const raw = (body: string, type = 'application/x-www-form-urlencoded') =>
          fetch(`${world.url}/oauth2/authorize`, {
            method: 'POST',
            body,
            headers: { 'content-type': type, accept: 'text/html' },
            redirect: 'manual',
          });
        assert.equal((await raw('client_id=a&client_id=b')).status, 400);
        assert.equal((await raw('{}', 'application/json')).status, 415);
        const long = await raw(`state=${'x'.repeat(9000)}`);
        assert.equal(long.status, 400);
        assert.match(await long.text(), /\/oauth2\/par/);
      });
    });

    it('refuses a parameter that comes twice, and HEAD', async () => {
      const answer = await owner.browser.get(`${standardQuery(app)}&client_id=${app.clientId}`);
      assert.equal(answer.status, 400);
      const url = world.url + standardQuery(app);
      assert.equal((await fetch(url, { method: 'HEAD', redirect: 'manual' })).status, 405);
    });
  });
});
