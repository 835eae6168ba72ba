import assert from 'node:assert/strict';
import { get } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { openBrowser } from './support/browser_session.ts';
import { eachEngine } from './support/databases.ts';
import {
  authorizeQuery,
  type Organization,
  openWorld,
  PASSWORD,
  type Person,
  type RegisteredApp,
  refreshForm,
  tokensFor,
  type World,
} from './support/world.ts';

const LIST = '/v3.6/agent/action/list_chats';

eachEngine((engine) => {
  describe('what is taken back', () => {
    let world: World;
    let acme: Organization;
    let owner: Person;
    let app: RegisteredApp;
    before(async () => {
      world = await openWorld(engine);
      acme = await world.organization();
      owner = await world.person(acme);
      app = await world.app(owner, acme);
    });
    after(() => world.close());

    const works = async (authorization: string) => (await world.call(LIST, {}, authorization)).status;
    const actor = { ip: '127.0.0.1', userAgent: 'test', requestId: 'test' };

    it('is everything that was made with an address before its owner first proved it', async () => {
      const email = `victim-${engine.name}@example.test`;
      const attacker = openBrowser(world.url);
      await attacker.submit('/signup', { name: 'Not Her', email, company: 'Trap', password: PASSWORD });
      const { identity, grants } = world.server.services;
      const account = await world.server.composition.storage.read.identity.accountByEmail(email);
      assert.ok(account);
      const [own] = await identity.organizationsOf(account.id);
      assert.ok(own);
      const form = { name: 'left behind', scopes: ['chats--all:ro'], expiresInDays: 365 };
      const { secret } = await grants.personal.create(own.membership, form, actor);
      const basic = `Basic ${btoa(`${account.id}:${secret}`)}`;
      assert.equal(await works(basic), 200);

      const victim = openBrowser(world.url);
      await victim.submit('/forgot-password', { email });
      const mails = await identity.outbox.latest(20);
      const mail = mails.find((one) => one.recipient === email && one.text.includes('reset-password'));
      const link = /(\/reset-password\?token=[\w-]+)/.exec(mail?.text ?? '')?.[1] ?? '';
      const reset = await victim.submit(link, { password: 'a passphrase of her own' }, '/reset-password');
      assert.equal(reset.status, 303);
      assert.equal(await works(basic), 401);
      assert.equal((await attacker.get('/account')).status, 303, 'the session is gone too');
    });

    it('is an implicit token when newer ones push it out, at once', async () => {
      const webApp = await world.app(owner, acme, { type: 'javascript_app' });
      const implicit = async () => {
        const { location } = await owner.browser.get(authorizeQuery(webApp, { response_type: 'token' }));
        const fragment = new URLSearchParams(new URL(location ?? '').hash.slice(1));
        assert.equal(fragment.get('token_type'), 'Bearer');
        assert.equal(fragment.get('refresh_token'), null);
        return fragment.get('access_token') ?? '';
      };
      const first = await implicit();
      assert.equal(await works(`Bearer ${first}`), 200);
      for (let count = 0; count < 25; count++) await implicit();
      assert.equal(await works(`Bearer ${first}`), 401);
    });

    it('is an access token with all its siblings', async () => {
      const first = await tokensFor(world, owner, app);
      const second = await world.token(refreshForm(app, first.refresh_token));
      await fetch(`${world.url}/v2/token`, {
        method: 'DELETE',
        headers: { authorization: `Bearer ${first.access_token}` },
      });
      assert.equal(await works(`Bearer ${second.body.access_token}`), 401);
    });

    it('is a scope that the app no longer has, at the next refresh', async () => {
      const shrinking = await world.app(owner, acme, { scopes: ['chats--all:ro', 'customers:own'] });
      const tokens = await tokensFor(world, owner, shrinking);
      const { services } = world.server;
      const present = await services.apps.get(acme.licenseId, shrinking.details.app.id);
      assert.ok(present.client);
      await services.apps.updateAuthorization(
        { licenseId: acme.licenseId, accountId: owner.accountId, actor },
        present.app.id,
        {
          version: present.app.version,
          redirectUris: present.client.redirectUris,
          scopes: [{ scope: 'chats--all:ro', required: true }],
          profile: 'compatible',
          switches: present.client.switches,
        },
      );
      const refreshed = await world.token(refreshForm(shrinking, tokens.refresh_token));
      assert.equal(refreshed.body.scope, 'chats--all:ro');
    });

    it('is refreshing, when the person is suspended', async () => {
      const agent = await world.person(acme, { account: 'administrator' });
      const tokens = await tokensFor(world, agent, app);
      await world.changeMembership(agent, { suspended_at: 1 });
      const refreshed = await world.token(refreshForm(app, tokens.refresh_token));
      assert.equal(refreshed.body.error, 'invalid_grant');
    });

    it('is a successor refresh token that was revoked: its predecessor does not bring it back', async () => {
      const rotating = await world.app(owner, acme, { switches: { rotateRefreshTokens: true } });
      const first = await tokensFor(world, owner, rotating);
      const second = await world.token(refreshForm(rotating, first.refresh_token));
      await fetch(`${world.url}/v2/token?code=${second.body.refresh_token}`, { method: 'DELETE' });
      const retried = await world.token(refreshForm(rotating, first.refresh_token));
      assert.equal(retried.body.error, 'invalid_grant');
    });

    it('is the family, when a rotated token comes back after its successor was used', async () => {
      const rotating = await world.app(owner, acme, { switches: { rotateRefreshTokens: true } });
      const first = await tokensFor(world, owner, rotating);
      const second = await world.token(refreshForm(rotating, first.refresh_token));
      const third = await world.token(refreshForm(rotating, second.body.refresh_token));
      assert.equal(
        (await world.token(refreshForm(rotating, first.refresh_token))).body.error,
        'invalid_grant',
      );
      assert.equal(await works(`Bearer ${third.body.access_token}`), 401);
    });

    it('is patience, after three visits of a browser page within 30 seconds', async () => {
      // `fetch` says of itself that it is no page; a browser's navigation has to be written by hand.
      const visit = () =>
        new Promise<string>((resolve, reject) => {
          const headers = {
            cookie: [...owner.browser.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
            'sec-fetch-mode': 'navigate',
            'sec-fetch-dest': 'document',
          };
          get(world.url + authorizeQuery(app), { headers }, (answer) => {
            answer.resume();
            resolve(answer.headers.location ?? '');
          }).on('error', reject);
        });
      const led = [await visit(), await visit(), await visit(), await visit()];
      assert.ok(led.slice(0, 3).every((location) => location.includes('code=')));
      assert.match(led[3] ?? '', /^\/ooops\?.*exception_details=too_many_redirects/);
    });

    it('is not the login of an office in which many people log in', async () => {
      for (let person = 0; person < 60; person++) await openBrowser(world.url).logIn(owner.email, PASSWORD);
    });
  });
});
