import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { days, seconds } from '../../server/kernel/clock.ts';
import { basic, pkcePair, post, standardQuery } from '../standard/support.ts';
import {
  authorizeQuery,
  codeFor,
  exchangeForm,
  type Organization,
  openWorld,
  type Person,
  REDIRECT,
  type RegisteredApp,
  tokensFor,
  type World,
} from '../support/world.ts';
import { refusalsOf } from './support.ts';

const LIST = '/v3.6/agent/action/list_chats';

describe('the log of refused requests', () => {
  let world: World;
  let acme: Organization;
  let owner: Person;
  before(async () => {
    world = await openWorld();
    acme = await world.organization();
    owner = await world.person(acme);
  });
  after(() => world.close());

  const logOf = (app: RegisteredApp, organization = acme) => refusalsOf(world, app, organization);
  const ask = (app: RegisteredApp, more: Record<string, string> = {}) =>
    owner.browser.get(authorizeQuery(app, more));

  it('tells what came, what is nearest, and where they part', async () => {
    const app = await world.app(owner, acme);
    const answer = await ask(app, { redirect_uri: `${REDIRECT}s` });
    const [entry] = await logOf(app);
    assert.ok(entry);
    assert.equal(entry.endpoint, 'authorize');
    assert.equal(entry.error, 'unauthorized_client');
    const { check, ...detail } = entry.detail;
    assert.match(check, /The path differs/);
    assert.deepEqual(detail, {
      parameter: 'redirect_uri',
      received: `${REDIRECT}s`,
      nearest: REDIRECT,
      first_difference: REDIRECT.length,
      method: 'GET',
      path: '/',
    });
    const shown = await owner.browser.get(answer.location ?? '');
    assert.ok(shown.text.includes(entry.requestId), 'the page shows the id to ask about');
  });

  it('is plain on the wire: every dead code sounds alike', async () => {
    const app = await world.app(owner, acme);
    const expired = exchangeForm(app, await codeFor(owner, app));
    world.server.clock.advance(seconds(301));
    const used = exchangeForm(app, await codeFor(owner, app));
    await world.token(used);
    const answers = await Promise.all([world.token(expired), world.token(used)]);
    const [first, second] = answers.map(({ body }) => ({ ...body, request_id: '' }));
    assert.deepEqual(first, second);
    assert.deepEqual((await logOf(app)).map(({ reason }) => reason).sort(), ['code_expired', 'code_reused']);
  });

  it('finds a request by its id, in the organization of the app alone', async () => {
    const app = await world.app(owner, acme);
    const { body } = await world.token(exchangeForm(app, 'nothing'));
    const [entry] = await logOf(app);
    const { refusals } = world.server.services.insight;
    assert.deepEqual(await refusals.byRequestId(acme.licenseId, body.request_id), entry);
    const other = await world.organization('Other');
    assert.equal(await refusals.byRequestId(other.licenseId, body.request_id), undefined);
    assert.deepEqual(await logOf(app, other), []);
  });

  it('holds no code, token, secret or verifier, wherever one was sent', async () => {
    const app = await world.app(owner, acme);
    const code = await codeFor(owner, app);
    const tokens = await tokensFor(world, owner, app);
    const { verifier } = pkcePair();
    const canaries = [code, tokens.access_token, tokens.refresh_token, app.clientSecret, verifier];
    for (const canary of canaries) {
      for (const name of ['redirect_uri', 'scope', 'code_challenge_method', 'response_type', 'prompt'])
        await ask(app, { [name]: canary });
      await owner.browser.get(standardQuery(app, { resource: canary }));
      for (const name of ['grant_type', 'code', 'refresh_token', 'redirect_uri', 'code_verifier'])
        for (const grantType of ['authorization_code', 'refresh_token'])
          await world.token({ ...exchangeForm(app, code), grant_type: grantType, [name]: canary });
      await post(world, '/oauth2/token', { grant_type: 'refresh_token', scope: canary }, basic(app));
      await post(world, '/oauth2/token', { grant_type: canary }, basic(app));
      await world.call(`${LIST}`, { [canary]: canary }, `Bearer ${tokens.access_token}`);
    }
    const log = JSON.stringify(await logOf(app));
    assert.ok(log.length > 1_000);
    for (const canary of canaries) {
      const secret = canary.replace(/^[a-z]+:/, '');
      assert.ok(!log.includes(secret), `${canary.slice(0, 8)}… was kept`);
      assert.ok(!log.includes(encodeURIComponent(secret)));
    }
  });

  it('stays bounded under a flood, counts what it drops, and goes on afterwards', async () => {
    const app = await world.app(owner, acme);
    const { refusals, ...insight } = world.server.services.insight;
    await insight.flush();
    const before = refusals.statistics().dropped;
    const flood = (clientId: string) =>
      refusals.refused({
        clientId,
        requestId: crypto.randomUUID(),
        endpoint: 'token',
        error: 'invalid_client',
        reason: 'secret_wrong',
        detail: { check: 'x'.repeat(5_000) },
      });
    for (let at = 0; at < 5_000; at++) flood(app.clientId);
    for (let at = 0; at < 5_000; at++) flood(`unknown-${at}`);
    const { queued, dropped } = refusals.statistics();
    assert.equal(queued, 2_000);
    assert.equal(dropped - before, 8_000);
    assert.equal((await logOf(app)).length, 100);
    await world.token(exchangeForm(app, 'nothing'));
    assert.equal((await logOf(app))[0]?.reason, 'code_malformed');
  });

  it('forgets after thirty days', async () => {
    const app = await world.app(owner, acme);
    await ask(app, { prompt: 'none' });
    assert.equal((await logOf(app)).length, 1);
    world.server.clock.advance(days(30) + seconds(1));
    while ((await world.server.services.insight.purge()) > 0);
    assert.equal((await logOf(app)).length, 0);
  });
});
