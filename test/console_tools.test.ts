import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { App } from '../server/apis/console/schemas.ts';
import { days, seconds } from '../server/kernel/clock.ts';
import { type ConsoleCalls, consoleOf } from './support/console_calls.ts';
import {
  authorizeQuery,
  codeFor,
  exchangeForm,
  type Organization,
  openWorld,
  PASSWORD,
  type Person,
  REDIRECT,
  type RegisteredApp,
  refreshForm,
  tokensFor,
  type World,
} from './support/world.ts';

describe('the tools of developers', () => {
  let world: World;
  let acme: Organization;
  let owner: Person;
  let app: RegisteredApp;
  let console: ConsoleCalls;
  before(async () => {
    world = await openWorld();
    acme = await world.organization();
    owner = await world.person(acme);
    app = await world.app(owner, acme, { scopes: ['chats--all:ro', 'customers:own'] });
    console = consoleOf(world.url, owner);
  });
  after(() => world.close());

  describe('the redirect tester', () => {
    const switches = { accept_sub_paths: true, allow_plain_http: false, rotate_refresh_tokens: false };
    const test = async (redirect_uri: string, redirect_uris: string[], more = {}) => {
      const asked = { redirect_uri, redirect_uris, type: 'server_side_app', profile: 'compatible', switches };
      const { status, body } = await console('POST', '/redirect_uri_test', { ...asked, ...more });
      assert.equal(status, 200, JSON.stringify(body));
      return body.results;
    };

    it('says by which entry and rule an address matches, under each profile', async () => {
      const [compatible, strict] = await test('https://app.test/cb/x', ['https://app.test/cb']);
      assert.deepEqual(
        [compatible.profile, compatible.matched, compatible.rule, compatible.entry, compatible.in_force],
        ['compatible', true, 'sub_path', 'https://app.test/cb', true],
      );
      assert.deepEqual(
        [strict.profile, strict.matched, strict.reason, strict.entry, strict.first_difference],
        ['strict', false, 'sub_path_not_accepted', 'https://app.test/cb', 19],
      );
      const [, loopback] = await test('http://127.0.0.1:51234/cb', ['http://127.0.0.1/cb']);
      assert.deepEqual([loopback.matched, loopback.rule], [true, 'loopback_port']);
      for (const each of await test('https://app.test/cb', []))
        assert.deepEqual([each.matched, each.reason, each.entry], [false, 'nothing_registered', null]);
    });

    it('agrees with authorize, whatever comes', async () => {
      const uris = [REDIRECT, 'https://www.example.com/'];
      const other = await world.app(owner, acme, { redirectUris: uris });
      for (const asked of [
        REDIRECT,
        `${REDIRECT}/`,
        `${REDIRECT}?x=1`,
        'https://www.example.com',
        'https://www.example.com:443/',
        'https://WWW.example.com/callback',
        'http://www.example.com/callback',
        'https://www.example.com/callback/../x',
        'javascript:alert(1)',
      ]) {
        const results = await test(asked, uris, { switches: { ...switches, accept_sub_paths: false } });
        const answer = await owner.browser.get(authorizeQuery(other, { redirect_uri: asked }));
        assert.equal(results[0].matched, answer.location?.includes('code=') ?? false, asked);
      }
    });
  });

  describe('a token of another kind at an API', () => {
    const LIST = '/v3.6/agent/action/list_chats';
    async function reasonOf(answer: { headers: Headers; status: number }): Promise<string> {
      assert.equal(answer.status, 401);
      await world.server.services.insight.flush();
      const found = await console('GET', `/refused_requests/${answer.headers.get('x-request-id')}`);
      assert.equal(found.body.app_id, app.details.app.id);
      return found.body.refused_request.reason;
    }

    it('is told to the owner of the app that it was given to', async () => {
      const { access_token, refresh_token } = await tokensFor(world, owner, app);
      const customer = await world.call(
        '/v2/customer/token',
        { grant_type: 'agent_token', client_id: app.clientId, response_type: 'token' },
        `Bearer ${access_token}`,
      );
      const customerToken = customer.body.access_token;
      for (const token of [customerToken, refresh_token, await codeFor(owner, app)])
        assert.equal(await reasonOf(await world.call(LIST, {}, `Bearer ${token}`)), 'token_wrong_kind');
      const onCustomer = `/v3.6/customer/action/get_chat?organization_id=${acme.id}`;
      assert.equal(
        await reasonOf(await world.call(onCustomer, {}, `Bearer ${access_token}`)),
        'token_wrong_kind',
      );
      const escaped = access_token.replace(':', '%3A');
      assert.equal(await reasonOf(await world.call(LIST, {}, `Bearer ${escaped}`)), 'token_percent_encoded');
    });

    it('is told to nobody when its secret is wrong', async () => {
      const { refresh_token } = await tokensFor(world, owner, app);
      const other = refresh_token.endsWith('A') ? 'E' : 'A';
      const answer = await world.call(LIST, {}, `Bearer ${refresh_token.slice(0, -1)}${other}`);
      await world.server.services.insight.flush();
      const id = answer.headers.get('x-request-id');
      assert.equal((await console('GET', `/refused_requests/${id}`)).status, 404);
    });
  });

  it('the error page of a wrong redirect URI leads its owner to where it can be added', async () => {
    const wrong = `${REDIRECT}s`;
    const { location } = await owner.browser.get(authorizeQuery(app, { redirect_uri: wrong }));
    const { text } = await owner.browser.get(location ?? '');
    assert.ok(
      text.includes(
        `/console/apps/${app.details.app.id}/authorization?add_redirect_uri=${encodeURIComponent(wrong)}#redirect_uris`,
      ),
    );
  });

  it('a secret says who uses it, and when it is safe to retire', async () => {
    const rotated = await world.app(owner, acme);
    const appId = rotated.details.app.id;
    const { refresh_token } = await tokensFor(world, owner, rotated);
    const refresh = (secret: string, userAgent: string) =>
      world.token(
        { ...refreshForm(rotated, refresh_token), client_secret: secret },
        { 'user-agent': userAgent },
      );
    const secrets = async () =>
      ((await consoleOf(world.url, owner)('GET', `/apps/${appId}`)).body as App).authorization?.secrets ?? [];
    const states = async () => (await secrets()).map(({ retirement }) => retirement);

    const fresh = (await console('POST', `/apps/${appId}/secrets`, {})).body.client_secret;
    assert.deepEqual(await states(), ['newer_unused', 'newest']);
    world.server.clock.advance(seconds(120));
    await refresh(rotated.clientSecret, 'old-worker/1.0');
    await refresh(fresh, 'new-worker/2.0');
    assert.deepEqual(await states(), ['in_use', 'newest']);
    const [old, newest] = await secrets();
    assert.deepEqual([old?.last_used_by, newest?.last_used_by], ['old-worker/1.0', 'new-worker/2.0']);
    assert.match(old?.last_used_from ?? '', /127\.0\.0\.1$/);
    world.server.clock.advance(days(1));
    await owner.browser.logIn(owner.email, PASSWORD);
    assert.deepEqual(await states(), ['in_use', 'newest'], 'time alone does not make it safe');
    await refresh(fresh, 'new-worker/2.0');
    assert.deepEqual(await states(), ['safe', 'newest']);
    assert.equal((await world.token(exchangeForm(rotated, await codeFor(owner, rotated)))).status, 200);
  });

  describe('the consent preview', () => {
    const preview = (query: string, browser = owner.browser) =>
      browser.get(`/console/consent_preview/${app.details.app.id}?${query}`);

    it('says of each role whether it is asked, and shows the page that it would see', async () => {
      const partly = await world.app(owner, acme, {
        scopes: ['chats--access:ro'],
        optional: ['chats--all:ro'],
        visibility: 'public',
      });
      const { id } = partly.details.app;
      const { body } = await console('GET', `/apps/${id}/consent_rehearsal`);
      assert.deepEqual(
        body.parts.map((part: { as: string; outcome: string; dropped: string[] }) => [
          part.as,
          part.outcome,
          part.dropped.join(),
        ]),
        [
          ['owner', 'asked', ''],
          ['administrator', 'asked', ''],
          ['member', 'asked', 'chats--all:ro'],
          ['other_organization', 'asked', ''],
        ],
      );
      const member = await owner.browser.get(`/console/consent_preview/${id}?as=member`);
      assert.equal(member.status, 200);
      assert.match(member.text, /Allow List Chats to access your account\?/);
      assert.match(member.text, /title="chats--access:ro"/);
      assert.ok(!member.text.includes('title="chats--all:ro"'));
      const elsewhere = await owner.browser.get(`/console/consent_preview/${id}?as=other_organization`);
      assert.match(elsewhere.text, /Another organization/);
    });

    it('runs nothing, sends nothing, and is framed by the Console alone', async () => {
      const { headers, text } = await preview('as=owner');
      const policy = headers.get('content-security-policy') ?? '';
      assert.match(policy, /sandbox allow-same-origin$/);
      assert.match(policy, /form-action 'none'/);
      assert.match(policy, /frame-ancestors 'self'/);
      assert.ok(!text.includes(owner.email));
      assert.equal((await preview('as=other_organization')).status, 400, 'a private app refuses them');
    });

    it('is for developers of the organization', async () => {
      assert.match((await preview('as=owner', world.stranger())).location ?? '', /^\/signin/);
      const stranger = await world.person(await world.organization());
      assert.equal((await preview('as=owner', stranger.browser)).status, 404);
      const member = await world.person(acme, { account: 'member', chat: 'normal' });
      assert.equal((await preview('as=owner', member.browser)).status, 403);
    });
  });

  it('the plan of a scope change counts who would be asked, and saves nothing', async () => {
    const shared = await world.app(owner, acme, { scopes: ['chats--access:ro'], visibility: 'public' });
    const { id } = shared.details.app;
    const grant = { id: crypto.randomUUID(), key: 7, licenseId: acme.licenseId, accountId: owner.accountId };
    await world.server.composition.storage.write(({ grants }) =>
      grants.putGrant({
        ...grant,
        clientId: shared.clientId,
        scopes: 'chats--access:ro',
        createdAt: 1,
        updatedAt: 1,
      }),
    );
    const plan = async (...scopes: string[]) =>
      (
        await console('POST', `/apps/${id}/scope_plan`, {
          scopes: scopes.map((scope) => ({ scope, required: true })),
        })
      ).body;
    assert.equal((await plan('chats--access:ro')).untouched, 1);
    assert.equal((await plan('chats--access:ro', 'customers:ro')).asked, 1);
    const swapped = await plan('customers:ro');
    assert.deepEqual([swapped.people, swapped.asked, swapped.narrowed], [1, 1, 1]);
    const read = await console('GET', `/apps/${id}`);
    assert.equal(read.body.authorization.scopes.length, 1);
  });

  it('the first steps tick themselves as they happen', async () => {
    const fresh = await world.organization();
    const newcomer = await world.person(fresh);
    const call = consoleOf(world.url, newcomer);
    const done = async () =>
      (await call('GET', '/first_steps')).body.steps
        .filter((each: { done: boolean }) => each.done)
        .map(({ step }: { step: string }) => step)
        .join(' ');
    assert.equal(await done(), '');
    const { body: made } = await call('POST', '/apps', { name: 'First', product: 'livechat' });
    assert.equal(await done(), 'app');
    assert.equal((await call('GET', '/first_steps')).body.app.id, made.id);
    await call('POST', `/apps/${made.id}/authorization`, { type: 'server_side_app' });
    assert.equal(await done(), 'app block');
    const whole = await world.app(newcomer, fresh);
    assert.equal(await done(), 'app block redirect');
    const code = await codeFor(newcomer, whole);
    assert.equal(await done(), 'app block redirect code');
    const { access_token } = (await world.token(exchangeForm(whole, code))).body;
    assert.equal(await done(), 'app block redirect code token');
    const sample = await call('POST', '/sample_conversations', {});
    assert.equal(sample.status, 201);
    const listed = await world.call('/v3.6/agent/action/list_chats', {}, `Bearer ${access_token}`);
    assert.equal(listed.body.chats_summary[0].id, sample.body.chat_id);
    await world.server.services.insight.flush();
    assert.equal(await done(), 'app block redirect code token list_chats');
    assert.equal((await call('GET', '/first_steps')).body.app.id, whole.details.app.id);
  });
});
