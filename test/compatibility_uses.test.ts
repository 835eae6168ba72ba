import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { days, seconds } from '../server/kernel/clock.ts';
import { engines } from './support/databases.ts';
import {
  authorizeQuery,
  codeFor,
  exchangeForm,
  type Organization,
  openWorld,
  type Person,
  REDIRECT,
  type RegisteredApp,
  type World,
} from './support/world.ts';

const VERIFIER = 'v'.repeat(43);

describe('the compatibility features that an app used', () => {
  let world: World;
  let acme: Organization;
  let owner: Person;
  before(async () => {
    world = await openWorld(engines.sqlite);
    acme = await world.organization();
    owner = await world.person(acme);
  });
  after(() => world.close());

  async function usedBy(app: RegisteredApp): Promise<Record<string, number>> {
    const { insight } = world.server.services;
    await insight.flush();
    const uses = await insight.uses.recent(acme.licenseId, app.clientId);
    return Object.fromEntries(uses.map(({ feature, uses: count }) => [feature, count]));
  }

  it('are counted each time, and only when the request had its way', async () => {
    const app = await world.app(owner, acme);
    await codeFor(owner, app);
    await codeFor(owner, app, { scope: 'chats--all:ro' });
    await owner.browser.get(authorizeQuery(app, { redirect_uri: `${REDIRECT}/x` }));
    assert.deepEqual(await usedBy(app), { no_pkce: 2, scope_missing: 1 });
  });

  it('count what the person saw on the consent page as left out all the same', async () => {
    const app = await world.app(owner, acme);
    const asked = await owner.browser.get(authorizeQuery(app, { prompt: 'consent' }));
    const allowed = await owner.browser.submit(asked.location ?? '', { decision: 'allow' });
    assert.match(allowed.location ?? '', /code=/);
    assert.deepEqual(await usedBy(app), { no_pkce: 1, scope_missing: 1 });
  });

  it('are the implicit grant and plain PKCE of a JavaScript app', async () => {
    const app = await world.app(owner, acme, { type: 'javascript_app' });
    const named = { scope: 'chats--all:ro' };
    await owner.browser.get(authorizeQuery(app, { ...named, response_type: 'token' }));
    await codeFor(owner, app, { ...named, code_challenge: VERIFIER });
    assert.deepEqual(await usedBy(app), { implicit_grant: 1, pkce_method_missing: 1 });
  });

  it('are a code that was redeemed later than a strict one lives', async () => {
    const app = await world.app(owner, acme);
    const code = await codeFor(owner, app);
    world.server.clock.advance(seconds(61));
    assert.equal((await world.token(exchangeForm(app, code))).status, 200);
    assert.equal((await usedBy(app)).slow_code, 1);
  });

  it('are an identity transfer without PKCE, and a customer’s page over http', async () => {
    const app = await world.app(owner, acme, {
      type: 'javascript_app',
      scopes: ['customers:own'],
      redirectUris: [REDIRECT, 'http://shop.example/'],
      switches: { allowPlainHttp: true },
    });
    const cookie = async (origin: string) => {
      const grant = { grant_type: 'cookie', response_type: 'token', client_id: app.clientId };
      const answer = await fetch(`${world.url}/v2/customer/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin },
        body: JSON.stringify({ ...grant, organization_id: acme.id }),
      });
      assert.equal(answer.status, 200);
      return (await answer.json()).access_token as string;
    };
    await cookie('http://shop.example');
    const customer = await cookie('https://www.example.com');
    assert.deepEqual(await usedBy(app), { plain_http_page: 1 });
    const transfer = async (more: Record<string, string>) => {
      const body = { client_id: app.clientId, bearer_type: 'customer', ...more };
      const answer = await world.call('/v2/customer/identity_transfer', body, `Bearer ${customer}`);
      assert.equal(answer.status, 200, JSON.stringify(answer.body));
    };
    await transfer({ code_challenge: VERIFIER, code_challenge_method: 'S256' });
    assert.deepEqual(await usedBy(app), { plain_http_page: 1 });
    await transfer({});
    assert.deepEqual(await usedBy(app), { plain_http_page: 1, transfer_no_pkce: 1 });
  });

  it('are none for an app that does as the strict profile wants', async () => {
    const app = await world.app(owner, acme, { profile: 'strict' });
    await codeFor(owner, app, {
      scope: 'chats--all:ro',
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
    });
    assert.deepEqual(await usedBy(app), {});
  });

  it('are forgotten after thirty days', async () => {
    const app = await world.app(owner, acme);
    await codeFor(owner, app);
    assert.deepEqual(await usedBy(app), { no_pkce: 1, scope_missing: 1 });
    world.server.clock.advance(days(29));
    assert.deepEqual(await usedBy(app), { no_pkce: 1, scope_missing: 1 });
    world.server.clock.advance(days(1));
    assert.deepEqual(await usedBy(app), {});
    world.server.clock.advance(days(1));
    await world.server.services.insight.purge();
    const left = await world.server.composition.database.read.query((db) =>
      db.selectFrom('compatibility_uses').selectAll(),
    );
    assert.deepEqual(left, []);
  });
});

it('what was counted in the last moment is written when the server stops', async () => {
  const database = await engines.sqlite.create();
  const world = await openWorld({
    ...engines.sqlite,
    create: async () => ({ ...database, remove: async () => {} }),
  });
  const acme = await world.organization();
  const owner = await world.person(acme);
  const app = await world.app(owner, acme);
  await codeFor(owner, app);
  await world.close();
  const again = await openWorld({ ...engines.sqlite, create: async () => database });
  const uses = await again.server.services.insight.uses.recent(acme.licenseId, app.clientId);
  assert.deepEqual(
    uses.map(({ feature, uses: count }) => [feature, count]),
    [
      ['no_pkce', 1],
      ['scope_missing', 1],
    ],
  );
  await again.close();
});
