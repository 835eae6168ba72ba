import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as oauth from 'oauth4webapi';
import * as client from 'openid-client';
import { hiddenFields } from '../support/browser_session.ts';
import { openWorld, type Person, REDIRECT, type RegisteredApp, type World } from '../support/world.ts';
import { LIST, opens } from './support.ts';

/** Clients that we did not write find everything by discovery alone. http is allowed since this is loopback. */
describe('clients of others', () => {
  let world: World;
  let owner: Person;
  let app: RegisteredApp;
  let webApp: RegisteredApp;
  before(async () => {
    world = await openWorld();
    const acme = await world.organization();
    owner = await world.person(acme);
    const loose = { optional: ['customers:own'] };
    app = await world.app(owner, acme, { ...loose, profile: 'strict' });
    const actor = { ip: '127.0.0.1', userAgent: 'test', requestId: 'test' };
    const editor = { licenseId: acme.licenseId, accountId: owner.accountId, actor };
    await world.server.services.bots.give(editor, app.details.app.id, 'Clerk');
    webApp = await world.app(owner, acme, { ...loose, type: 'javascript_app' });
  });
  after(() => world.close());

  /** What a browser does with an address: it comes back with the answer. */
  const walk = async (address: URL): Promise<URL> => {
    const answer = await owner.browser.get(address.href);
    assert.ok(answer.location?.startsWith(REDIRECT), `led to ${answer.location}`);
    return new URL(answer.location ?? '');
  };
  const allowDevice = async (userCode: string, decision: 'allow' | 'cancel' = 'allow') => {
    const page = await owner.browser.submit('/device', { user_code: userCode });
    await owner.browser.post('/device', { ...hiddenFields(page.text), decision });
  };

  for (const kind of ['an app with a secret', 'an app without one'] as const)
    describe(`oauth4webapi, for ${kind}`, () => {
      const insecure = { [oauth.allowInsecureRequests]: true };
      let server: oauth.AuthorizationServer;
      let self: oauth.Client;
      let proof: oauth.ClientAuth;
      before(async () => {
        const issuer = new URL(world.url);
        const found = await oauth.discoveryRequest(issuer, { ...insecure, algorithm: 'oauth2' });
        server = await oauth.processDiscoveryResponse(issuer, found);
        const of = kind === 'an app with a secret' ? app : webApp;
        self = { client_id: of.clientId };
        proof = of.clientSecret === '' ? oauth.None() : oauth.ClientSecretBasic(of.clientSecret);
      });

      const authorize = async ({ pushed = false } = {}): Promise<oauth.TokenEndpointResponse> => {
        const verifier = oauth.generateRandomCodeVerifier();
        const state = oauth.generateRandomState();
        const request = {
          response_type: 'code',
          redirect_uri: REDIRECT,
          scope: 'chats--all:ro customers:own',
          state,
          code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
          code_challenge_method: 'S256',
        };
        const address = new URL(server.authorization_endpoint ?? '');
        address.searchParams.set('client_id', self.client_id);
        if (!pushed) {
          for (const [name, value] of Object.entries(request)) address.searchParams.set(name, value);
        } else {
          const answer = await oauth.pushedAuthorizationRequest(server, self, proof, request, insecure);
          const { request_uri } = await oauth.processPushedAuthorizationResponse(server, self, answer);
          address.searchParams.set('request_uri', request_uri);
        }
        const checked = oauth.validateAuthResponse(server, self, await walk(address), state);
        const tokens = await oauth.authorizationCodeGrantRequest(
          server,
          self,
          proof,
          checked,
          REDIRECT,
          verifier,
          insecure,
        );
        return oauth.processAuthorizationCodeResponse(server, self, tokens);
      };
      const refresh = async (token: string, more: Record<string, string> = {}) => {
        const options = { ...insecure, additionalParameters: more };
        const answer = await oauth.refreshTokenGrantRequest(server, self, proof, token, options);
        return oauth.processRefreshTokenResponse(server, self, answer);
      };

      it('gets a code with PKCE, exchanges and refreshes it, and calls an API', async () => {
        const tokens = await authorize();
        assert.equal(tokens.token_type, 'bearer');
        assert.equal(tokens.scope, 'chats--all:ro customers:own');
        const called = await oauth.protectedResourceRequest(
          tokens.access_token,
          'POST',
          new URL(world.url + LIST),
          new Headers({ 'content-type': 'application/json' }),
          '{}',
          insecure,
        );
        assert.equal(called.status, 200);
        const narrowed = await refresh(tokens.refresh_token ?? '', { scope: 'customers:own' });
        assert.equal(narrowed.scope, 'customers:own');
        assert.equal(await opens(world, narrowed.access_token), 403);
      });

      it('pushes its request ahead', async () => {
        const tokens = await authorize({ pushed: true });
        assert.equal(await opens(world, tokens.access_token), 200);
      });

      it('reads an error as an error, from this server', async () => {
        const address = new URL(server.authorization_endpoint ?? '');
        address.search = new URLSearchParams({
          response_type: 'code',
          client_id: self.client_id,
          redirect_uri: REDIRECT,
          scope: 'nonsense',
          code_challenge: await oauth.calculatePKCECodeChallenge(oauth.generateRandomCodeVerifier()),
          code_challenge_method: 'S256',
        }).toString();
        const back = await walk(address);
        assert.throws(
          () => oauth.validateAuthResponse(server, self, back, oauth.expectNoState),
          (error) => error instanceof oauth.AuthorizationResponseError && error.error === 'invalid_scope',
        );
        const foreign = new URL(back);
        foreign.searchParams.set('iss', 'https://evil.example');
        assert.throws(
          () => oauth.validateAuthResponse(server, self, foreign, oauth.expectNoState),
          /unexpected "iss"/,
        );
      });

      it('connects a device', async () => {
        const started = await oauth.deviceAuthorizationRequest(
          server,
          self,
          proof,
          { scope: 'chats--all:ro' },
          insecure,
        );
        const device = await oauth.processDeviceAuthorizationResponse(server, self, started);
        const poll = async () => {
          const answer = await oauth.deviceCodeGrantRequest(
            server,
            self,
            proof,
            device.device_code,
            insecure,
          );
          return oauth.processDeviceCodeResponse(server, self, answer);
        };
        await assert.rejects(poll, (error) => {
          return error instanceof oauth.ResponseBodyError && error.error === 'authorization_pending';
        });
        await allowDevice(device.user_code);
        assert.equal(await opens(world, (await poll()).access_token), 200);
      });

      it('gives its tokens back, and looks at them where it has a secret', async () => {
        const tokens = await authorize();
        if (kind === 'an app with a secret') {
          const look = async () => {
            const answer = await oauth.introspectionRequest(
              server,
              self,
              proof,
              tokens.access_token,
              insecure,
            );
            return oauth.processIntrospectionResponse(server, self, answer);
          };
          assert.equal((await look()).active, true);
          const gone = await oauth.revocationRequest(server, self, proof, tokens.access_token, insecure);
          await oauth.processRevocationResponse(gone);
          assert.equal((await look()).active, false);
        } else {
          const gone = await oauth.revocationRequest(
            server,
            self,
            proof,
            tokens.refresh_token ?? '',
            insecure,
          );
          await oauth.processRevocationResponse(gone);
        }
        assert.equal(await opens(world, tokens.access_token), 401);
      });

      it('acts as its own bot, where it has a secret', async () => {
        const ask = async () => {
          const parameters = { scope: 'chats--access:ro', resource: `${world.url}/v3.6/agent` };
          const answer = await oauth.clientCredentialsGrantRequest(server, self, proof, parameters, insecure);
          return oauth.processClientCredentialsResponse(server, self, answer);
        };
        if (kind === 'an app with a secret')
          assert.equal(await opens(world, (await ask()).access_token), 200);
        else
          await assert.rejects(ask, (error) => {
            return error instanceof oauth.ResponseBodyError && error.error === 'unauthorized_client';
          });
      });

      it('finds this server from an API that turned it away', async () => {
        const resource = new URL(`${world.url}/v3.6/agent`);
        const found = await oauth.resourceDiscoveryRequest(resource, insecure);
        const described = await oauth.processResourceDiscoveryResponse(resource, found);
        assert.deepEqual(described.authorization_servers, [world.url]);
        const refused = await oauth
          .protectedResourceRequest(
            'dal:nonsense',
            'POST',
            new URL(world.url + LIST),
            new Headers({ 'content-type': 'application/json' }),
            '{}',
            insecure,
          )
          .catch((error: unknown) => error);
        assert.ok(refused instanceof oauth.WWWAuthenticateChallengeError);
        const [challenge] = refused.cause;
        assert.equal(challenge?.parameters.error, 'invalid_token');
        assert.equal(
          challenge?.parameters.resource_metadata,
          `${world.url}/.well-known/oauth-protected-resource/v3.6/agent`,
        );
      });

      it('learns what a refused token request lacks', async () => {
        await assert.rejects(refresh('nonsense'), (error) => {
          return error instanceof oauth.ResponseBodyError && error.error === 'invalid_grant';
        });
      });
    });

  for (const kind of ['Basic', 'the form', 'its name alone'] as const)
    describe(`openid-client, proving itself by ${kind}`, () => {
      let config: client.Configuration;
      before(async () => {
        const ways = {
          Basic: client.ClientSecretBasic(app.clientSecret),
          'the form': client.ClientSecretPost(app.clientSecret),
          'its name alone': client.None(),
        };
        const of = kind === 'its name alone' ? webApp : app;
        config = await client.discovery(new URL(world.url), of.clientId, undefined, ways[kind], {
          algorithm: 'oauth2',
          execute: [client.allowInsecureRequests],
        });
      });

      const grant = async (pushed: boolean) => {
        const verifier = client.randomPKCECodeVerifier();
        const state = client.randomState();
        const parameters = {
          redirect_uri: REDIRECT,
          scope: 'chats--all:ro customers:own',
          resource: `${world.url}/v3.6/agent`,
          code_challenge: await client.calculatePKCECodeChallenge(verifier),
          code_challenge_method: 'S256',
          state,
        };
        const address = pushed
          ? await client.buildAuthorizationUrlWithPAR(config, parameters)
          : client.buildAuthorizationUrl(config, parameters);
        if (pushed) assert.deepEqual([...address.searchParams.keys()].sort(), ['client_id', 'request_uri']);
        return client.authorizationCodeGrant(config, await walk(address), {
          pkceCodeVerifier: verifier,
          expectedState: state,
        });
      };

      it('gets a code with PKCE, exchanges and refreshes it', async () => {
        const tokens = await grant(false);
        assert.equal(tokens.scope, 'chats--all:ro customers:own');
        const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token ?? '', {
          scope: 'chats--all:ro',
        });
        assert.equal(refreshed.scope, 'chats--all:ro');
        const called = await client.fetchProtectedResource(
          config,
          refreshed.access_token,
          new URL(world.url + LIST),
          'POST',
          '{}',
          new Headers({ 'content-type': 'application/json' }),
        );
        assert.equal(called.status, 200);
      });

      it('pushes its request ahead', async () => {
        assert.equal(await opens(world, (await grant(true)).access_token), 200);
      });

      it('acts as its own bot, where it has a secret', async () => {
        assert.ok(config.serverMetadata().grant_types_supported?.includes('client_credentials'));
        const ask = () => client.clientCredentialsGrant(config, { scope: 'chats--access:ro' });
        if (kind === 'its name alone') await assert.rejects(ask, /unauthorized|server responded/i);
        else {
          const tokens = await ask();
          assert.deepEqual([tokens.scope, tokens.refresh_token], ['chats--access:ro', undefined]);
          assert.equal(await opens(world, tokens.access_token), 200);
        }
      });

      it('connects a device', async () => {
        const device = await client.initiateDeviceAuthorization(config, { scope: 'chats--all:ro' });
        await allowDevice(device.user_code);
        // It waits for the interval by itself; one of no length keeps the test short.
        const tokens = await client.pollDeviceAuthorizationGrant(config, { ...device, interval: 0.01 });
        assert.equal(await opens(world, tokens.access_token), 200);
      });

      it('learns that a device was refused', async () => {
        const device = await client.initiateDeviceAuthorization(config, { scope: 'chats--all:ro' });
        await allowDevice(device.user_code, 'cancel');
        await assert.rejects(
          client.pollDeviceAuthorizationGrant(config, { ...device, interval: 0.01 }),
          (error) => error instanceof client.ResponseBodyError && error.error === 'access_denied',
        );
      });

      it('gives its tokens back, and looks at them where it has a secret', async () => {
        const { access_token: token } = await grant(false);
        if (kind !== 'its name alone') {
          const found = await client.tokenIntrospection(config, token);
          assert.deepEqual([found.active, found.aud], [true, `${world.url}/v3.6/agent`]);
        }
        await client.tokenRevocation(config, token);
        if (kind !== 'its name alone')
          assert.equal((await client.tokenIntrospection(config, token)).active, false);
        assert.equal(await opens(world, token), 401);
      });
    });
});
