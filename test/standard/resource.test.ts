import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { eachEngine } from '../support/databases.ts';
import {
  type Organization,
  openWorld,
  type Person,
  type RegisteredApp,
  type World,
} from '../support/world.ts';
import { answerFor, basic, exchangeOf, LIST, opens, post, refreshOf, tokensOf } from './support.ts';

eachEngine((engine) => {
  describe('resources', () => {
    let world: World;
    let acme: Organization;
    let owner: Person;
    let app: RegisteredApp;
    let webApp: RegisteredApp;
    let agentApi: string;
    let configuration: string;
    before(async () => {
      world = await openWorld(engine);
      acme = await world.organization();
      owner = await world.person(acme);
      app = await world.app(owner, acme);
      webApp = await world.app(owner, acme, { type: 'javascript_app' });
      agentApi = `${world.url}/v3.6/agent`;
      configuration = `${world.url}/v3.6/configuration`;
    });
    after(() => world.close());

    const audience = async (token: string) =>
      (await post(world, '/oauth2/introspect', { token }, basic(app))).body.aud;
    const asking = (form: Record<string, string>, ...resources: string[]) => {
      const body = new URLSearchParams(form);
      for (const resource of resources) body.append('resource', resource);
      return post(world, '/oauth2/token', body);
    };

    describe('that an app names (RFC 8707)', () => {
      it('narrow the token to their API', async () => {
        const forAgent = await tokensOf(world, owner, app, { resource: agentApi });
        assert.equal(await audience(forAgent.access_token), agentApi);
        assert.equal(await opens(world, forAgent.access_token), 200);
        const other = await tokensOf(world, owner, app, { resource: configuration });
        assert.equal(await audience(other.access_token), configuration);
        for (let use = 0; use < 2; use++) {
          const refused = await world.call(LIST, {}, `Bearer ${other.access_token}`);
          assert.equal(refused.status, 401);
          assert.match(refused.body.error.message, /asked for another API/);
        }
      });

      it('stay with the grant when it is refreshed, rotated or not', async () => {
        for (const each of [app, webApp]) {
          const first = await tokensOf(world, owner, each, { resource: configuration });
          const second = await post(world, '/oauth2/token', refreshOf(each, first.refresh_token));
          assert.equal(await audience(second.body.access_token), configuration);
          const third = await post(world, '/oauth2/token', refreshOf(each, second.body.refresh_token));
          assert.equal(await opens(world, third.body.access_token), 401);
        }
      });

      it('may be several at authorization, of which each token takes what it needs', async () => {
        const form = await exchangeOf(owner, webApp, { resource: `${agentApi} ${configuration}` });
        const first = await asking(form, configuration);
        assert.equal(await audience(first.body.access_token), configuration);
        const second = await asking(refreshOf(webApp, first.body.refresh_token), agentApi);
        assert.equal(await audience(second.body.access_token), agentApi);
        const both = await asking(refreshOf(webApp, second.body.refresh_token), agentApi, configuration);
        assert.deepEqual(await audience(both.body.access_token), [agentApi, configuration]);
        const more = refreshOf(webApp, both.body.refresh_token);
        for (const beyond of [world.url, `${world.url}/v3.6/customer`]) {
          const answer = await asking(more, beyond);
          assert.deepEqual([answer.status, answer.body.error], [400, 'invalid_target']);
        }
        assert.equal((await asking(more)).status, 200, 'the refresh token is still good');
      });

      it('may come as often as there are, in the address too', async () => {
        const { code_verifier: _, ...rest } = await exchangeOf(owner, app);
        assert.ok(rest.code);
        const twice = new URLSearchParams({ resource: agentApi });
        twice.append('resource', configuration);
        const query = `/oauth2/authorize?${twice}&response_type=code&client_id=${app.clientId}&redirect_uri=${encodeURIComponent(rest.redirect_uri ?? '')}`;
        const back = new URL((await owner.browser.get(query)).location ?? '');
        const answer = await asking({ ...rest, code: back.searchParams.get('code') ?? '' });
        assert.deepEqual(await audience(answer.body.access_token), [agentApi, configuration]);
      });

      it('may be narrowed when a grant for everything is exchanged or refreshed', async () => {
        const first = await asking(await exchangeOf(owner, app), configuration);
        assert.equal(await audience(first.body.access_token), configuration);
        const second = await asking(refreshOf(app, first.body.refresh_token), `${world.url}/`);
        assert.equal(await audience(second.body.access_token), world.url);
        assert.equal(await opens(world, second.body.access_token), 200);
      });

      it("make customers' tokens where they name the Customer Chat API, and not elsewhere", async () => {
        const maker = await world.app(owner, acme, { scopes: ['customers:own'] });
        const make = async (resource: string) => {
          const { access_token } = await tokensOf(world, owner, maker, { resource });
          const body = { grant_type: 'agent_token', client_id: maker.clientId, response_type: 'token' };
          return (await world.call('/v2/customer/token', body, `Bearer ${access_token}`)).status;
        };
        assert.equal(await make(`${world.url}/v3.6/customer`), 200);
        assert.equal(await make(agentApi), 401);
      });

      it('must be this server’s', async () => {
        const foreign = ['https://api.example.com/', `${agentApi}/action`, '/v3.6/agent', 'agent', 'server'];
        for (const resource of foreign) {
          assert.equal((await answerFor(owner, app, { resource })).get('error'), 'invalid_target');
          const form = await exchangeOf(owner, app);
          const answer = await asking(form, resource);
          assert.deepEqual([answer.status, answer.body.error], [400, 'invalid_target']);
          assert.equal((await asking(form)).status, 200, 'the code is still good');
        }
      });
    });

    describe('describe themselves (RFC 9728)', () => {
      it('at an address of their own, and name this server', async () => {
        for (const [path, title] of [
          ['', 'All APIs of this server'],
          ['/v3.6/agent', 'Agent Chat API'],
          ['/v3.6/customer', 'Customer Chat API'],
          ['/v3.6/configuration', 'Configuration API'],
        ]) {
          const response = await fetch(`${world.url}/.well-known/oauth-protected-resource${path}`);
          assert.equal(response.status, 200);
          assert.equal(response.headers.get('access-control-allow-origin'), '*');
          const { scopes_supported: scopes, ...rest } = (await response.json()) as Record<string, unknown>;
          assert.deepEqual(rest, {
            resource: world.url + path,
            authorization_servers: [world.url],
            bearer_methods_supported: ['header'],
            resource_name: title,
            resource_documentation: `${world.url}/docs`,
          });
          assert.ok(Array.isArray(scopes));
          if (path === '/v3.6/agent') assert.ok(scopes.includes('chats--all:ro'));
        }
      });

      it('and say so to whom they turn away', async () => {
        const hint = async (authorization?: string) =>
          (await world.call(LIST, {}, authorization)).headers.get('www-authenticate');
        const metadata = `resource_metadata="${world.url}/.well-known/oauth-protected-resource/v3.6/agent"`;
        assert.equal(await hint(), `Bearer realm="gatehouse", ${metadata}`);
        assert.equal(
          await hint('Bearer dal:nonsense'),
          `Bearer realm="gatehouse", error="invalid_token", ${metadata}`,
        );
        const { access_token } = await tokensOf(world, owner, app);
        assert.equal(await hint(`Bearer ${access_token}`), null);
      });

      it('and which scope would have been enough (RFC 6750)', async () => {
        const { access_token } = await tokensOf(world, owner, app);
        const answer = await world.call('/v3.6/agent/action/start_chat', {}, `Bearer ${access_token}`);
        assert.equal(answer.status, 403);
        assert.equal(
          answer.headers.get('www-authenticate'),
          `Bearer realm="gatehouse", error="insufficient_scope", scope="chats--access:rw", resource_metadata="${world.url}/.well-known/oauth-protected-resource/v3.6/agent"`,
        );
        assert.match(answer.headers.get('access-control-expose-headers') ?? '', /www-authenticate/);
      });
    });
  });
});
