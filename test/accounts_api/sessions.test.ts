import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openBrowser } from '../support/browser_session.ts';
import { eachEngine } from '../support/databases.ts';
import {
  type Organization,
  openWorld,
  PASSWORD,
  type Person,
  type RegisteredApp,
  refreshForm,
  tokensFor,
  type World,
} from '../support/world.ts';
import { basicOf, callV2, isLoggedIn } from './support.ts';

eachEngine((engine) => {
  describe('sessions by the Global Accounts API', () => {
    let world: World;
    let acme: Organization;
    let owner: Person;
    let app: RegisteredApp;
    before(async () => {
      world = await openWorld(engine);
      acme = await world.organization('Acme');
      owner = await world.person(acme);
      app = await world.app(owner, acme, { scopes: ['sessions--my:rw', 'chats--all:ro'] });
    });
    after(() => world.close());

    const call = (token: string, method: string, path: string) =>
      callV2(world, `Bearer ${token}`, method, path);
    const opens = async (token: string) =>
      (await world.call('/v3.6/agent/action/list_chats', {}, `Bearer ${token}`)).status;
    /** The same person in another browser, with a token of its own. */
    const elsewhere = async (person: Person) => {
      const browser = openBrowser(world.url);
      await browser.logIn(person.email, PASSWORD);
      const other = { ...person, browser };
      return { other, tokens: await tokensFor(world, other, app) };
    };

    it('lists the browsers, which one the token is of, and the apps in each', async () => {
      const person = await world.person(acme, { account: 'member', chat: 'administrator' });
      const { access_token: token } = await tokensFor(world, person, app);
      const { tokens } = await elsewhere(person);
      const listed = await call(token, 'GET', '/sessions');
      assert.equal(listed.status, 200, JSON.stringify(listed.body));
      assert.deepEqual(listed.body.map(({ current }: { current: boolean }) => current).sort(), [false, true]);
      for (const session of listed.body) {
        assert.equal(session.account_id, person.accountId);
        assert.deepEqual(
          session.applications.map((one: { client_id: string }) => one.client_id),
          [app.clientId],
        );
      }
      const seen = await call(tokens.access_token, 'GET', '/sessions');
      const currentOf = (answer: { body: { current: boolean; session_id: string }[] }) =>
        answer.body.find(({ current }) => current)?.session_id;
      assert.notEqual(currentOf(listed), currentOf(seen));
    });

    it('logs one browser out at once, and with it the tokens that were allowed there', async () => {
      const person = await world.person(acme, { account: 'member', chat: 'administrator' });
      const { access_token: token } = await tokensFor(world, person, app);
      const { other, tokens } = await elsewhere(person);
      assert.equal(await opens(tokens.access_token), 200);
      const listed = await call(token, 'GET', '/sessions');
      const lost = listed.body.find(({ current }: { current: boolean }) => !current);
      assert.equal((await call(token, 'DELETE', `/sessions/${lost.session_id}`)).status, 200);
      assert.ok(!(await isLoggedIn(other)));
      assert.equal(await opens(tokens.access_token), 401);
      assert.equal((await world.token(refreshForm(app, tokens.refresh_token))).status, 400);
      assert.ok(await isLoggedIn(person));
      assert.equal(await opens(token), 200);
      const again = await call(token, 'DELETE', `/sessions/${lost.session_id}`);
      assert.deepEqual([again.status, again.body.resource_name], [404, 'session']);
    });

    it('ends one app of a session alone', async () => {
      const person = await world.person(acme, { account: 'member', chat: 'administrator' });
      const { access_token: token } = await tokensFor(world, person, app);
      const { other, tokens } = await elsewhere(person);
      const listed = await call(token, 'GET', '/sessions');
      const lost = listed.body.find(({ current }: { current: boolean }) => !current);
      const [application] = lost.applications;
      assert.equal((await call(token, 'DELETE', `/sessions/${application.session_id}`)).status, 200);
      assert.equal(await opens(tokens.access_token), 401);
      assert.ok(await isLoggedIn(other));
    });

    it('logs out everywhere, the token that asks included; nobody else, and no personal access token', async () => {
      const person = await world.person(acme, { account: 'member', chat: 'administrator' });
      const basic = await basicOf(world, acme, person, ['chats--all:ro']);
      const { access_token: token } = await tokensFor(world, person, app);
      const { other } = await elsewhere(person);
      const { access_token: ofOwner } = await tokensFor(world, owner, app);
      assert.equal((await call(token, 'DELETE', '/sessions')).status, 200);
      assert.ok(!(await isLoggedIn(person)));
      assert.ok(!(await isLoggedIn(other)));
      assert.equal(await opens(token), 401);
      assert.equal(await opens(ofOwner), 200);
      assert.ok(await isLoggedIn(owner));
      assert.equal((await world.call('/v3.6/agent/action/list_chats', {}, basic)).status, 200);
    });

    it('takes no personal access token, and no id of somebody else’s session', async () => {
      const person = await world.person(acme, { account: 'member', chat: 'administrator' });
      const basic = await basicOf(world, acme, person, ['sessions--my:rw']);
      assert.equal((await callV2(world, basic, 'GET', '/sessions')).status, 403);
      const { access_token: token } = await tokensFor(world, person, app);
      const { access_token: ofOwner } = await tokensFor(world, owner, app);
      const [foreign] = (await call(ofOwner, 'GET', '/sessions')).body;
      assert.equal((await call(token, 'DELETE', `/sessions/${foreign.session_id}`)).status, 404);
      assert.ok(await isLoggedIn(owner));
    });
  });
});
