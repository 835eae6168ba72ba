import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { seconds } from '../../server/kernel/clock.ts';
import { eachEngine } from '../support/databases.ts';
import {
  codeFor,
  type Organization,
  openWorld,
  PASSWORD,
  type Person,
  type RegisteredApp,
  type World,
} from '../support/world.ts';
import { basic, byForm, opens, post, refreshOf, tokensOf } from './support.ts';

eachEngine((engine) => {
  describe('tokens of the standard dialect', () => {
    let world: World;
    let acme: Organization;
    let owner: Person;
    let app: RegisteredApp;
    let sibling: RegisteredApp;
    let foreign: RegisteredApp;
    let webApp: RegisteredApp;
    before(async () => {
      world = await openWorld(engine);
      acme = await world.organization('Acme');
      owner = await world.person(acme);
      app = await world.app(owner, acme, { optional: ['customers:own'] });
      sibling = await world.app(owner, acme);
      webApp = await world.app(owner, acme, { type: 'javascript_app' });
      const elsewhere = await world.organization('Elsewhere');
      foreign = await world.app(await world.person(elsewhere), elsewhere);
    });
    after(() => world.close());

    const introspect = (by: RegisteredApp, token: string) =>
      post(world, '/oauth2/introspect', { token }, basic(by));
    const revoke = (by: RegisteredApp, token: string, more: Record<string, string> = {}) =>
      post(world, '/oauth2/revoke', { token, ...byForm(by), ...more });
    const dead = async (by: RegisteredApp, token: string) => {
      const answer = await introspect(by, token);
      assert.equal(answer.status, 200);
      assert.deepEqual(answer.body, { active: false });
    };
    const customerToken = async () => {
      const { access_token } = await tokensOf(world, owner, app);
      const body = { grant_type: 'agent_token', client_id: app.clientId, response_type: 'token' };
      const answer = await world.call('/v2/customer/token', body, `Bearer ${access_token}`);
      assert.equal(answer.status, 200, JSON.stringify(answer.body));
      return String(answer.body.access_token);
    };

    describe('are looked at (RFC 7662)', () => {
      it('by their client, with all that a server needs to know', async () => {
        const { access_token, refresh_token } = await tokensOf(world, owner, app);
        const answer = await introspect(app, access_token);
        assert.equal(answer.status, 200);
        assert.equal(answer.headers.get('cache-control'), 'no-store');
        const now = Math.floor(world.server.clock.now() / 1_000_000);
        const { iat, exp, ...rest } = answer.body;
        assert.ok(Math.abs(iat - now) < 60);
        assert.equal(exp - iat, 28_800);
        const common = {
          active: true,
          scope: 'chats--all:ro customers:own',
          client_id: app.clientId,
          sub: owner.accountId,
          username: owner.email,
          iss: world.url,
          organization_id: acme.id,
        };
        assert.deepEqual(rest, { ...common, token_type: 'Bearer', aud: world.url });
        const refresh = (await introspect(app, refresh_token)).body;
        assert.equal(refresh.exp - refresh.iat, 30 * 86_400);
        assert.deepEqual(refresh, { ...common, iat: refresh.iat, exp: refresh.exp });
      });

      it("by another app of the client's organization, but for refresh tokens", async () => {
        const { access_token, refresh_token } = await tokensOf(world, owner, app);
        assert.equal((await introspect(sibling, access_token)).body.active, true);
        await dead(sibling, refresh_token);
      });

      it("when they are a customer's", async () => {
        const token = await customerToken();
        const { body } = await introspect(app, token);
        assert.deepEqual(
          [body.active, body.aud, body.organization_id, body.username, body.scope],
          [true, `${world.url}/v3.6/customer`, acme.id, undefined, undefined],
        );
        await dead(foreign, token);
      });

      it('by no app of another organization', async () => {
        const { access_token, refresh_token } = await tokensOf(world, owner, app);
        await dead(foreign, access_token);
        await dead(foreign, refresh_token);
      });

      it('in vain when they are unknown, of another kind, revoked, rotated or expired', async () => {
        await dead(app, 'dal:nonsense');
        await dead(app, await codeFor(owner, app));
        const { access_token, refresh_token } = await tokensOf(world, owner, app);
        await dead(app, `${access_token.slice(0, -1)}${access_token.endsWith('A') ? 'B' : 'A'}`);
        await revoke(app, refresh_token);
        await dead(app, access_token);
        await dead(app, refresh_token);
        const rotating = await world.app(owner, acme, { switches: { rotateRefreshTokens: true } });
        const first = await tokensOf(world, owner, rotating);
        await post(world, '/oauth2/token', refreshOf(rotating, first.refresh_token));
        await dead(rotating, first.refresh_token);
        world.server.clock.advance(seconds(28_801));
        await owner.browser.logIn(owner.email, PASSWORD);
        await dead(rotating, first.access_token);
      });

      it('with what the role of their person still allows, and not at all once the person was suspended', async () => {
        const admin = await world.person(acme, { account: 'administrator' });
        const { access_token } = await tokensOf(world, admin, app);
        await world.changeMembership(admin, { chat_role: 'normal' });
        assert.doesNotMatch((await introspect(app, access_token)).body.scope, /chats--all/);
        await world.changeMembership(admin, { suspended_at: 1 });
        await dead(app, access_token);
      });

      it('only by apps that prove themselves by a secret', async () => {
        const { access_token: token } = await tokensOf(world, owner, app);
        const tries = [
          await post(world, '/oauth2/introspect', { token }),
          await post(world, '/oauth2/introspect', { token, client_id: app.clientId }),
          await post(world, '/oauth2/introspect', { token, client_id: webApp.clientId }),
          await post(world, '/oauth2/introspect', { token }, basic(app, 'wrong')),
          await post(world, '/oauth2/introspect', { token }, { authorization: `Bearer ${token}` }),
        ];
        for (const { status, body } of tries) assert.deepEqual([status, body.error], [401, 'invalid_client']);
        const missing = await post(world, '/oauth2/introspect', {}, basic(app));
        assert.deepEqual([missing.status, missing.body.error], [400, 'invalid_request']);
      });
    });

    describe('are given back (RFC 7009)', () => {
      it('an access token with its refresh token, at once', async () => {
        const { access_token, refresh_token } = await tokensOf(world, owner, app);
        assert.equal(await opens(world, access_token), 200);
        const answer = await revoke(app, access_token, { token_type_hint: 'access_token' });
        assert.equal(answer.status, 200);
        assert.equal(answer.body, undefined);
        assert.equal(await opens(world, access_token), 401);
        const refreshed = await post(world, '/oauth2/token', refreshOf(app, refresh_token));
        assert.equal(refreshed.body.error, 'invalid_grant');
      });

      it('a refresh token with all that came from it, whatever the hint says', async () => {
        const { access_token, refresh_token } = await tokensOf(world, owner, webApp);
        const second = await post(world, '/oauth2/token', refreshOf(webApp, refresh_token));
        const hint = { token_type_hint: 'access_token' };
        assert.equal((await revoke(webApp, second.body.refresh_token, hint)).status, 200);
        for (const token of [access_token, second.body.access_token])
          assert.equal(await opens(world, token), 401);
      });

      it("a customer's token", async () => {
        const token = await customerToken();
        assert.equal((await revoke(app, token)).status, 200);
        await dead(app, token);
      });

      it('with the same answer for what is unknown or dead already', async () => {
        const { access_token } = await tokensOf(world, owner, app);
        for (const token of ['dal:nonsense', 'x', access_token, access_token, await codeFor(owner, app)])
          assert.equal((await revoke(app, token)).status, 200);
      });

      it('by no other client, which is told so', async () => {
        const { access_token, refresh_token } = await tokensOf(world, owner, app);
        for (const by of [sibling, foreign, webApp])
          for (const token of [access_token, refresh_token]) {
            const answer = await revoke(by, token);
            assert.deepEqual([answer.status, answer.body.error], [400, 'invalid_grant']);
          }
        assert.equal(await opens(world, access_token), 200);
      });

      it('only by clients that prove themselves', async () => {
        const { access_token: token } = await tokensOf(world, owner, app);
        const tries = [
          await post(world, '/oauth2/revoke', { token }),
          await post(world, '/oauth2/revoke', { token, client_id: app.clientId }),
          await post(world, '/oauth2/revoke', { token }, basic(app, 'wrong')),
        ];
        for (const { status, body } of tries) assert.deepEqual([status, body.error], [401, 'invalid_client']);
        assert.equal(await opens(world, token), 200);
        assert.equal((await revoke(app, '')).body.error, 'invalid_request');
      });
    });
  });
});
