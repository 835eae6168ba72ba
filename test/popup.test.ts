import assert from 'node:assert/strict';
import { get } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { seconds } from '../server/kernel/clock.ts';
import type { Browser, PageAnswer } from './support/browser_session.ts';
import {
  authorizeQuery,
  type Organization,
  openWorld,
  PASSWORD,
  type Person,
  REDIRECT,
  type RegisteredApp,
  type World,
} from './support/world.ts';

/** What the last page of a popup hands over, and to whom; undefined for a page that hands over nothing. */
function handedOver({ text }: PageAnswer) {
  const [, message] = /data-popup-message="([^"]*)"/.exec(text) ?? [];
  const [, origin] = /data-popup-origin="([^"]*)"/.exec(text) ?? [];
  if (message === undefined) return undefined;
  return {
    origin,
    ...JSON.parse(message.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&amp;', '&')),
  };
}

const openerPolicy = (answer: PageAnswer) => answer.headers.get('cross-origin-opener-policy');

/** The popup as the Accounts SDK asks for it, seen from the server's side. */
describe('a popup', () => {
  let world: World;
  let acme: Organization;
  let owner: Person;
  let app: RegisteredApp;
  let open: RegisteredApp;
  const popup = { flow: 'button' };
  before(async () => {
    world = await openWorld();
    acme = await world.organization();
    owner = await world.person(acme);
    app = await world.app(owner, acme, { type: 'javascript_app' });
    open = await world.app(owner, acme, { type: 'javascript_app', visibility: 'public' });
  });
  after(() => world.close());
  const token = { ...popup, response_type: 'token' };

  /** All answers on the way from the app to the consent of a person who logs in. */
  async function wayThrough(browser: Browser, first: string): Promise<PageAnswer[]> {
    const begun = await browser.get(first);
    const signIn = begun.location ?? '';
    const others = ['/signup', '/forgot-password'].map((path) => signIn.replace('/signin', path));
    const shown = await Promise.all([signIn, ...others].map((path) => browser.get(path)));
    const failed = await browser.submit(signIn, { email: owner.email, password: 'wrong' });
    const loggedIn = await browser.submit(signIn, { email: owner.email, password: PASSWORD });
    const consent = await browser.get(loggedIn.location ?? '');
    return [begun, ...shown, failed, loggedIn, consent];
  }

  it('keeps its opener on every page of the flow, and shows each of them to no frame', async () => {
    const browser = world.stranger();
    const way = await wayThrough(browser, authorizeQuery(open, { ...token, prompt: 'consent' }));
    const allowed = await browser.submit(way.at(-2)?.location ?? '', { decision: 'allow' });
    for (const answer of [...way, allowed]) {
      assert.equal(openerPolicy(answer), 'unsafe-none', `${answer.status} ${answer.location}`);
      const policy = answer.headers.get('content-security-policy') ?? '';
      assert.match(
        policy,
        /^default-src 'none'; script-src 'self'; .*form-action 'self'; frame-ancestors 'none'/,
      );
      assert.equal(answer.headers.get('x-frame-options'), 'DENY');
      assert.match(answer.headers.get('cache-control') ?? '', /no-store/);
    }
    assert.equal(allowed.status, 200);
    const { origin, data } = handedOver(allowed);
    assert.equal(origin, new URL(REDIRECT).origin);
    assert.match(data.access_token, /^dal:a/);
    assert.deepEqual(
      { ...data, access_token: '' },
      { access_token: '', scopes: ['chats--all:ro'], expires_in: 28_800, token_type: 'Bearer' },
    );
  });

  it('is the only thing that does: all other pages are cut from who opened them', async () => {
    const browser = world.stranger();
    const way = await wayThrough(
      browser,
      authorizeQuery(open, { response_type: 'token', prompt: 'consent' }),
    );
    const outside = [
      '/',
      '/signin',
      '/signup',
      '/account',
      '/ooops?oauth_exception=invalid_request',
      '/nowhere',
    ];
    const others = await Promise.all(outside.map((path) => world.stranger().get(path)));
    for (const answer of [...way, ...others])
      assert.equal(openerPolicy(answer), 'same-origin', `${answer.status} ${answer.location}`);
  });

  it('is what the request was when it came: nothing sent later makes or unmakes one', async () => {
    const redirected = await owner.browser.get(
      authorizeQuery(app, { prompt: 'consent', response_type: 'token' }),
    );
    const page = await owner.browser.get(`${redirected.location}&flow=button`);
    assert.equal(openerPolicy(page), 'same-origin');
    const answer = await owner.browser.submit(`${redirected.location}&flow=button`, {
      decision: 'allow',
      flow: 'button',
    });
    assert.match(answer.location ?? '', /^https:\/\/www\.example\.com\/callback#access_token=/);
  });

  it('sends the state as it came, and none where none came', async () => {
    const withState = await owner.browser.get(authorizeQuery(app, { ...token, state: 'a&b"<ü' }));
    assert.equal(handedOver(withState).data.state, 'a&b"<ü');
    const without = await owner.browser.get(authorizeQuery(app, { ...token, state: '' }));
    assert.ok(!('state' in handedOver(without).data));
  });

  it('tells the app of a refusal, and its developer why', async () => {
    const refused = await owner.browser.get(
      authorizeQuery(app, { ...token, scope: 'agents--all:rw', state: 's' }),
    );
    assert.equal(refused.status, 400);
    const { origin, error } = handedOver(refused);
    assert.equal(origin, new URL(REDIRECT).origin);
    assert.deepEqual([error.oauth_exception, error.state], ['invalid_scope', 's']);
    assert.ok(refused.text.includes(`/console/apps/${app.details.app.id}/authorization`));

    const outsider = await world.person(await world.organization('Elsewhere'));
    const denied = await outsider.browser.get(authorizeQuery(app, token));
    assert.equal(handedOver(denied).error.oauth_exception, 'access_denied');
    assert.ok(!denied.text.includes('/authorization'), 'an outsider is not shown the diagnosis');

    const strict = await world.app(owner, acme, { type: 'javascript_app', profile: 'strict' });
    const implicit = await owner.browser.get(authorizeQuery(strict, token));
    assert.equal(handedOver(implicit).error.oauth_exception, 'unsupported_response_type');
  });

  it('tells the app when the person says no', async () => {
    const { location = '' } = await owner.browser.get(authorizeQuery(app, { ...token, prompt: 'consent' }));
    const answer = await owner.browser.submit(location, { decision: 'cancel' });
    assert.equal(openerPolicy(answer), 'unsafe-none');
    assert.deepEqual(handedOver(answer), {
      origin: new URL(REDIRECT).origin,
      error: {
        oauth_exception: 'access_denied',
        description: 'The person did not allow the access.',
        error_description: 'The person did not allow the access.',
      },
    });
  });

  for (const [what, change] of [
    ['another origin', { redirect_uri: 'https://evil.example/callback' }],
    ['another port', { redirect_uri: 'https://www.example.com:8443/callback' }],
    ['no redirect URI', { redirect_uri: '' }],
    ['an unknown app', { client_id: '0'.repeat(32) }],
  ] as const)
    it(`hands nothing over for ${what}`, async () => {
      for (const path of ['/', '/signin', '/signup']) {
        const asked = authorizeQuery(app, { ...token, ...change }).replace('/', path);
        const answer = await owner.browser.get(asked);
        assert.match(answer.location ?? '', /^\/ooops\?/);
        const page = await owner.browser.get(answer.location ?? '');
        assert.equal(handedOver(page), undefined);
        assert.deepEqual([openerPolicy(answer), openerPolicy(page)], ['same-origin', 'same-origin']);
      }
    });

  it('is no way out of a custom scheme, which has no pages', async () => {
    const native = await world.app(owner, acme, {
      type: 'javascript_app',
      redirectUris: ['com.example.app:/callback'],
    });
    const redirect = { redirect_uri: 'com.example.app:/callback' };
    const pkce = {
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
    };
    const answer = await owner.browser.get(authorizeQuery(native, { ...popup, ...redirect, ...pkce }));
    assert.match(answer.location ?? '', /^com\.example\.app:\/callback\?code=/);
  });

  it('is not LiveChat’s word in the standard dialect', async () => {
    const answer = await owner.browser.get(
      authorizeQuery(app, {
        ...popup,
        code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
        code_challenge_method: 'S256',
      }).replace('/', '/oauth2/authorize'),
    );
    assert.match(answer.location ?? '', /^https:\/\/www\.example\.com\/callback\?code=/);
  });

  it('tells the app too when it goes in circles', async () => {
    const visit = () =>
      new Promise<string>((resolve, reject) => {
        const headers = {
          cookie: [...owner.browser.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
          'sec-fetch-mode': 'navigate',
          'sec-fetch-dest': 'document',
        };
        get(world.url + authorizeQuery(app, token), { headers }, (answer) => {
          let text = '';
          answer.setEncoding('utf8').on('data', (chunk: string) => {
            text += chunk;
          });
          answer.on('end', () => resolve(text));
        }).on('error', reject);
      });
    world.server.clock.advance(seconds(31));
    const shown = [await visit(), await visit(), await visit(), await visit()];
    assert.ok(shown.slice(0, 3).every((text) => text.includes('access_token')));
    assert.match(shown[3] ?? '', /too_many_redirects/);
    assert.ok(!shown[3]?.includes('access_token'));
  });

  it('asks for the password again on the manual path, and keeps no request for HEAD', async () => {
    const asked = authorizeQuery(app, token).replace('/', '/signin');
    const { location = '' } = await owner.browser.get(asked);
    const page = await owner.browser.get(location);
    assert.equal(page.status, 200);
    assert.ok(page.text.includes('List Chats'));
    // Held on the server: to leave the page out is no way around it.
    const around = await owner.browser.get(
      location.replace('/signin', '/grant-access').replace(/&switch=.*/, ''),
    );
    assert.match(around.location ?? '', /^\/signin\?handle=/);
    for (const path of ['/signin', '/signup', '/signin/signup']) {
      const url = world.url + authorizeQuery(app, token).replace('/', path);
      assert.equal((await fetch(url, { method: 'HEAD', redirect: 'manual' })).status, 405);
    }
  });
});
