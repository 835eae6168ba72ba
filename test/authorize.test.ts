import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { hiddenFields } from './support/browser_session.ts';
import { eachEngine } from './support/databases.ts';
import {
  authorizeQuery,
  codeFor,
  type Organization,
  openWorld,
  PASSWORD,
  type Person,
  REDIRECT,
  type RegisteredApp,
  type World,
} from './support/world.ts';

eachEngine((engine) => {
  describe('authorize', () => {
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

    it('sends a code and the state back, never kept and without a referrer', async () => {
      const answer = await owner.browser.get(authorizeQuery(app, { state: 'a b/ü' }));
      assert.equal(answer.status, 303);
      assert.match(
        answer.location ?? '',
        /^https:\/\/www\.example\.com\/callback\?code=dal%3A[A-Za-z0-9_-]+&state=a%20b%2F%C3%BC$/,
      );
      assert.match(answer.headers.get('cache-control') ?? '', /no-store/);
      assert.equal(answer.headers.get('referrer-policy'), 'no-referrer');
    });

    it('asks a stranger to log in, and then goes on to the app', async () => {
      const stranger = world.stranger();
      const first = await stranger.get(authorizeQuery(app, { email: owner.email }));
      assert.match(first.location ?? '', /^\/signin\?handle=/);
      const page = await stranger.get(first.location ?? '');
      assert.ok(page.text.includes(`value="${owner.email}"`), 'the e-mail of the request is filled in');
      assert.ok(page.text.includes('List Chats'), 'the app is named');
      const answer = await stranger.submit(first.location ?? '', { email: owner.email, password: PASSWORD });
      assert.match(answer.location ?? '', /^https:\/\/www\.example\.com\/callback\?code=dal%3A/);
    });

    it('lets a stranger sign up on the way', async () => {
      const open = await world.app(owner, acme, { visibility: 'public', scopes: ['chats--access:ro'] });
      const stranger = world.stranger();
      const { location = '' } = await stranger.get(authorizeQuery(open));
      const signUp = location.replace('/signin', '/signup');
      const answer = await stranger.submit(signUp, {
        name: 'New Person',
        email: `new-${engine.name}@example.test`,
        company: 'New Company',
        password: PASSWORD,
      });
      assert.match(answer.location ?? '', /^\/grant-access\?handle=/);
    });

    it('does not let another browser take up a request', async () => {
      const { location = '' } = await world.stranger().get(authorizeQuery(app));
      const other = world.stranger();
      const page = await other.get(location);
      assert.ok(!page.text.includes('List Chats'));
    });

    it('refuses people from outside the organization of a private app', async () => {
      const outsider = await world.person(await world.organization('Elsewhere'));
      const answer = await outsider.browser.get(authorizeQuery(app));
      assert.match(answer.location ?? '', /^\/ooops\?oauth_exception=access_denied/);
      const page = await outsider.browser.get(answer.location ?? '');
      assert.ok(!page.text.includes('Closest registered'), 'an outsider is not shown the diagnosis');
      assert.ok(!page.text.includes(REDIRECT));
    });

    it('says plainly that a role is too low for a required scope, and drops an optional one', async () => {
      const agent = await world.person(acme, { account: 'member', chat: 'normal' });
      const refused = await agent.browser.get(authorizeQuery(app));
      assert.match(refused.location ?? '', /oauth_exception=invalid_scope/);
      const modest = await world.app(owner, acme, {
        scopes: ['chats--access:ro'],
        optional: ['customers:own'],
      });
      const code = await codeFor(agent, modest);
      const answer = await world.token({
        grant_type: 'authorization_code',
        code,
        client_id: modest.clientId,
        client_secret: modest.clientSecret,
        redirect_uri: REDIRECT,
      });
      assert.equal(answer.body.scope, 'chats--access:ro');
    });

    it('asks for consent when the request forces it, and answers once', async () => {
      const { location = '' } = await owner.browser.get(
        authorizeQuery(app, { prompt: 'consent', state: 's' }),
      );
      assert.match(location, /^\/grant-access\?handle=/);
      const page = await owner.browser.get(location);
      assert.ok(page.text.includes('Allow') && page.text.includes('to access your account?'));
      assert.ok(page.text.includes('Acme'));
      assert.match(
        page.headers.get('content-security-policy') ?? '',
        /form-action 'self' https:\/\/www\.example\.com;/,
      );
      assert.match(page.headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/);
      const fields = { ...hiddenFields(page.text), decision: 'allow' };
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => owner.browser.post('/grant-access', fields)),
      );
      const codes = answers.filter((answer) => answer.location?.includes('code='));
      assert.equal(codes.length, 1);
      assert.ok(answers.every((answer) => answer.status === 303 || answer.status === 404));
    });

    it('goes back to the app with access_denied when the person cancels', async () => {
      const { location = '' } = await owner.browser.get(
        authorizeQuery(app, { prompt: 'consent', state: 's' }),
      );
      const answer = await owner.browser.submit(location, { decision: 'cancel' });
      const back = new URL(answer.location ?? '');
      assert.equal(back.origin + back.pathname, REDIRECT);
      assert.equal(back.searchParams.get('error'), 'access_denied');
      assert.equal(back.searchParams.get('state'), 's');
      assert.equal(back.searchParams.get('code'), null);
    });

    it('asks once for a public app, and again for what is new when its list grew', async () => {
      const open = await world.app(owner, acme, {
        visibility: 'public',
        scopes: ['chats--access:ro'],
        optional: ['tags--groups:ro'],
      });
      const narrow = { scope: 'chats--access:ro' };
      const first = await owner.browser.get(authorizeQuery(open, narrow));
      await owner.browser.submit(first.location ?? '', { decision: 'allow' });
      assert.match((await owner.browser.get(authorizeQuery(open, narrow))).location ?? '', /^https:/);
      const grown = await owner.browser.get(authorizeQuery(open));
      assert.match(grown.location ?? '', /^\/grant-access/);
      const page = await owner.browser.get(grown.location ?? '');
      assert.match(page.text, /asks for more than you allowed before/);
    });

    it('lets a person of two organizations choose one for a public app', async () => {
      const other = await world.organization('Second');
      const both = await world.person(acme);
      await world.server.composition.storage.write(({ identity }) =>
        identity.addMembership({
          licenseId: other.licenseId,
          accountId: both.accountId,
          accountRole: 'owner',
          chatRole: 'administrator',
          suspendedAt: null,
          createdAt: world.server.clock.now(),
        }),
      );
      const open = await world.app(owner, acme, { visibility: 'public' });
      const { location = '' } = await both.browser.get(authorizeQuery(open));
      assert.match(location, /^\/choose-organization\?handle=/);
      const page = await both.browser.get(location);
      assert.ok(page.text.includes('Acme') && page.text.includes('Second'));
      const chosen = await both.browser.submit(
        location,
        { organization_id: other.id },
        '/choose-organization',
      );
      const consent = await both.browser.get(chosen.location ?? '');
      assert.ok(consent.text.includes('Second') && consent.text.includes('to access your account?'));
      const answer = await both.browser.post('/grant-access', {
        ...hiddenFields(consent.text),
        decision: 'allow',
      });
      assert.match(answer.location ?? '', /^https:\/\/www\.example\.com\/callback\?code=/);
    });

    const wrong: [string, Record<string, string>, string, string | undefined][] = [
      ['an unknown client', { client_id: '0'.repeat(32) }, 'unauthorized_client', 'client_id_not_found'],
      [
        'a foreign redirect URI',
        { redirect_uri: 'https://evil.example/' },
        'unauthorized_client',
        'invalid_redirect_uri',
      ],
      ['a near miss', { redirect_uri: `${REDIRECT}/` }, 'unauthorized_client', 'invalid_redirect_uri'],
      [
        'a malformed redirect URI',
        { redirect_uri: 'javascript:alert(1)' },
        'unauthorized_client',
        'invalid_redirect_uri',
      ],
      [
        'a redirect URI with a fragment',
        { redirect_uri: `${REDIRECT}#x` },
        'unauthorized_client',
        'invalid_redirect_uri',
      ],
      ['no redirect URI', { redirect_uri: '' }, 'invalid_request', 'invalid_redirect_uri'],
      ['an unknown response type', { response_type: 'id_token' }, 'unsupported_response_type', undefined],
      ['a token for a server-side app', { response_type: 'token' }, 'unsupported_response_type', undefined],
      ['no response type', { response_type: '' }, 'invalid_request', undefined],
      ['an unknown scope', { scope: 'chats--all:xx' }, 'invalid_scope', undefined],
      ['a scope the app does not have', { scope: 'agents--all:rw' }, 'invalid_scope', undefined],
      ['a bad challenge', { code_challenge: 'x' }, 'invalid_request', undefined],
    ];
    for (const [what, change, exception, details] of wrong)
      it(`ends on /ooops for ${what}, and redirects nowhere else`, async () => {
        const answer = await owner.browser.get(authorizeQuery(app, change));
        assert.equal(answer.status, 303);
        const led = new URL(answer.location ?? '', world.url);
        assert.equal(led.origin + led.pathname, `${world.url}/ooops`);
        assert.equal(led.searchParams.get('oauth_exception'), exception);
        assert.equal(led.searchParams.get('exception_details') ?? undefined, details);
        const page = await owner.browser.get(answer.location ?? '');
        assert.equal(page.status, 400);
        assert.match(page.text, /Request id/);
      });

    it('shows the owner of the app what differs, and a link to mend it', async () => {
      const { location = '' } = await owner.browser.get(
        authorizeQuery(app, { redirect_uri: 'https://www.example.com/calback' }),
      );
      const page = await owner.browser.get(location);
      assert.match(page.text, /Closest registered/);
      assert.ok(page.text.includes(`/console/apps/${app.details.app.id}/authorization`));
    });

    it('refuses a parameter that comes twice', async () => {
      const answer = await owner.browser.get(`${authorizeQuery(app)}&client_id=${app.clientId}`);
      assert.equal(answer.status, 400);
      assert.match(answer.text, /came more than once/);
    });

    it('refuses the forms of other sites', async () => {
      const { location = '' } = await owner.browser.get(authorizeQuery(app, { prompt: 'consent' }));
      const handle = new URL(location, world.url).searchParams.get('handle') ?? '';
      const answer = await owner.browser.post('/grant-access', {
        handle,
        decision: 'allow',
        csrf_token: 'guess',
      });
      assert.equal(answer.status, 403);
    });

    it('issues nothing for HEAD', async () => {
      const response = await fetch(world.url + authorizeQuery(app), { method: 'HEAD', redirect: 'manual' });
      assert.equal(response.status, 405);
    });
  });
});
