import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as oauth from 'oauth4webapi';
import * as client from 'openid-client';
import { hiddenFields } from '../support/browser_session.ts';
import { openWorld, type Person, REDIRECT, type RegisteredApp, type World } from '../support/world.ts';
import { BYE, OPENID, SIGN_IN_APP } from './openid_support.ts';

/** Clients that we did not write sign people in, by discovery alone. http is allowed since this is loopback. */
describe('OpenID Connect, by clients of others', () => {
  let world: World;
  let owner: Person;
  let app: RegisteredApp;
  let webApp: RegisteredApp;
  before(async () => {
    world = await openWorld();
    const acme = await world.organization();
    owner = await world.person(acme);
    app = await world.app(owner, acme, { ...SIGN_IN_APP, profile: 'strict' });
    webApp = await world.app(owner, acme, { ...SIGN_IN_APP, type: 'javascript_app' });
  });
  after(() => world.close());

  const walk = async (address: URL): Promise<URL> => {
    const answer = await owner.browser.get(address.href);
    assert.ok(answer.location?.startsWith(REDIRECT), `led to ${answer.location}`);
    return new URL(answer.location ?? '');
  };
  const allowDevice = async (userCode: string) => {
    const page = await owner.browser.submit('/device', { user_code: userCode });
    await owner.browser.post('/device', { ...hiddenFields(page.text), decision: 'allow' });
  };
  const person = () => ({ sub: owner.accountId, name: 'Person 1', email: owner.email, email_verified: true });
  const told = ({ sub, name, email, email_verified }: Record<string, unknown>) => ({
    sub,
    name,
    email,
    email_verified,
  });

  for (const kind of ['an app with a secret', 'an app without one'] as const)
    describe(`oauth4webapi, for ${kind}`, () => {
      const insecure = { [oauth.allowInsecureRequests]: true };
      let server: oauth.AuthorizationServer;
      let self: oauth.Client;
      let proof: oauth.ClientAuth;
      before(async () => {
        const issuer = new URL(world.url);
        const found = await oauth.discoveryRequest(issuer, { ...insecure, algorithm: 'oidc' });
        server = await oauth.processDiscoveryResponse(issuer, found);
        const of = kind === 'an app with a secret' ? app : webApp;
        self = { client_id: of.clientId, require_auth_time: true };
        proof = of.clientSecret === '' ? oauth.None() : oauth.ClientSecretBasic(of.clientSecret);
      });

      const authorize = async (pushed: boolean) => {
        const verifier = oauth.generateRandomCodeVerifier();
        const [state, nonce] = [oauth.generateRandomState(), oauth.generateRandomNonce()];
        const request = {
          response_type: 'code',
          redirect_uri: REDIRECT,
          scope: OPENID,
          state,
          nonce,
          max_age: '3600',
          code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
          code_challenge_method: 'S256',
        };
        const address = new URL(server.authorization_endpoint ?? '');
        address.searchParams.set('client_id', self.client_id);
        if (!pushed)
          for (const [name, value] of Object.entries(request)) address.searchParams.set(name, value);
        else {
          const answer = await oauth.pushedAuthorizationRequest(server, self, proof, request, insecure);
          const { request_uri } = await oauth.processPushedAuthorizationResponse(server, self, answer);
          address.searchParams.set('request_uri', request_uri);
        }
        const checked = oauth.validateAuthResponse(server, self, await walk(address), state);
        const answer = await oauth.authorizationCodeGrantRequest(
          server,
          self,
          proof,
          checked,
          REDIRECT,
          verifier,
          insecure,
        );
        const tokens = await oauth.processAuthorizationCodeResponse(server, self, answer, {
          expectedNonce: nonce,
          maxAge: 3_600,
          requireIdToken: true,
        });
        await oauth.validateApplicationLevelSignature(server, answer, insecure);
        return tokens;
      };
      const userinfo = async (token: string) => {
        const answer = await oauth.userInfoRequest(server, self, token, insecure);
        return oauth.processUserInfoResponse(server, self, owner.accountId, answer);
      };

      for (const pushed of [false, true])
        it(`signs a person in${pushed ? ' by a pushed request' : ''}, checks the signature, and reads userinfo`, async () => {
          const tokens = await authorize(pushed);
          const claims = oauth.getValidatedIdTokenClaims(tokens);
          assert.ok(claims);
          assert.deepEqual(told(claims), person());
          assert.ok(typeof claims.at_hash === 'string' && typeof claims.sid === 'string');
          assert.deepEqual(claims.amr, ['pwd']);
          assert.deepEqual(told(await userinfo(tokens.access_token)), person());
        });

      it('gets an ID token with each refresh, of the same login and without a nonce', async () => {
        const first = await authorize(false);
        const refresh = await oauth.refreshTokenGrantRequest(
          server,
          self,
          proof,
          first.refresh_token ?? '',
          insecure,
        );
        const again = await oauth.processRefreshTokenResponse(server, self, refresh);
        await oauth.validateApplicationLevelSignature(server, refresh, insecure);
        const [before, now] = [first, again].map((one) => oauth.getValidatedIdTokenClaims(one));
        assert.ok(before && now);
        assert.equal(now.nonce, undefined);
        assert.deepEqual(
          [now.sub, now.auth_time, now.sid, now.aud],
          [before.sub, before.auth_time, before.sid, before.aud],
        );
        assert.deepEqual(told(await userinfo(again.access_token)), person());
      });

      it('connects a device that learns who allowed it', async () => {
        const started = await oauth.deviceAuthorizationRequest(
          server,
          self,
          proof,
          { scope: OPENID },
          insecure,
        );
        const device = await oauth.processDeviceAuthorizationResponse(server, self, started);
        await allowDevice(device.user_code);
        const answer = await oauth.deviceCodeGrantRequest(server, self, proof, device.device_code, insecure);
        const tokens = await oauth.processDeviceCodeResponse(server, self, answer);
        await oauth.validateApplicationLevelSignature(server, answer, insecure);
        const claims = oauth.getValidatedIdTokenClaims(tokens);
        assert.ok(claims);
        assert.deepEqual(told(claims), person());
        assert.equal(claims.sid, undefined);
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
          execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks],
        });
      });

      const grant = async (pushed: boolean) => {
        const verifier = client.randomPKCECodeVerifier();
        const [state, nonce] = [client.randomState(), client.randomNonce()];
        const parameters = {
          redirect_uri: REDIRECT,
          scope: OPENID,
          code_challenge: await client.calculatePKCECodeChallenge(verifier),
          code_challenge_method: 'S256',
          state,
          nonce,
          max_age: '3600',
        };
        const address = pushed
          ? await client.buildAuthorizationUrlWithPAR(config, parameters)
          : client.buildAuthorizationUrl(config, parameters);
        return client.authorizationCodeGrant(config, await walk(address), {
          pkceCodeVerifier: verifier,
          expectedState: state,
          expectedNonce: nonce,
          maxAge: 3_600,
          idTokenExpected: true,
        });
      };

      for (const pushed of [false, true])
        it(`signs a person in${pushed ? ' by a pushed request' : ''}, refreshes, and reads userinfo`, async () => {
          const tokens = await grant(pushed);
          assert.deepEqual(told(tokens.claims() ?? {}), person());
          const again = await client.refreshTokenGrant(config, tokens.refresh_token ?? '');
          assert.equal(again.claims()?.auth_time, tokens.claims()?.auth_time);
          const info = await client.fetchUserInfo(config, again.access_token, owner.accountId);
          assert.deepEqual(told(info), person());
        });

      it('connects a device that learns who allowed it', async () => {
        const device = await client.initiateDeviceAuthorization(config, { scope: OPENID });
        await allowDevice(device.user_code);
        const tokens = await client.pollDeviceAuthorizationGrant(config, { ...device, interval: 0.01 });
        assert.deepEqual(told(tokens.claims() ?? {}), person());
      });

      it('signs the person out of the browser, and gets it back', async () => {
        const tokens = await grant(false);
        const address = client.buildEndSessionUrl(config, {
          id_token_hint: tokens.id_token ?? '',
          post_logout_redirect_uri: BYE,
          state: 'so long',
        });
        const answer = await owner.browser.get(address.href);
        assert.equal(answer.status, 303);
        const back = new URL(answer.location ?? '');
        assert.deepEqual([back.origin + back.pathname, back.searchParams.get('state')], [BYE, 'so long']);
        const after = await owner.browser.get('/account');
        assert.match(after.location ?? '', /^\/signin/);
        await owner.browser.logIn(owner.email, 'correct horse battery staple');
      });
    });
});
