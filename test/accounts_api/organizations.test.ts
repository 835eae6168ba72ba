import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import sharp from 'sharp';
import { openBrowser } from '../support/browser_session.ts';
import { eachEngine } from '../support/databases.ts';
import { type Organization, openWorld, type Person, type World } from '../support/world.ts';
import { basicOf, callV2, isLoggedIn } from './support.ts';

const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: 'teal' } })
    .png()
    .toBuffer();

eachEngine((engine) => {
  describe('organizations by the Global Accounts API', () => {
    let world: World;
    let acme: Organization;
    let owner: Person;
    let asOwner: string;
    before(async () => {
      world = await openWorld(engine);
      acme = await world.organization('Acme');
      owner = await world.person(acme);
      asOwner = await basicOf(world, acme, owner, [
        'organization--my:rw',
        'accounts--all:rw',
        'agents--all:ro',
      ]);
    });
    after(() => world.close());

    const call = (
      authorization: string | undefined,
      method: string,
      path: string,
      body?: object | FormData,
    ) => callV2(world, authorization, method, path, body);
    const form = (bytes: Uint8Array, name = 'avatar') => {
      const data = new FormData();
      data.append(name, new Blob([new Uint8Array(bytes)], { type: 'image/png' }), 'me.png');
      return data;
    };

    it('keep what owners set, field by field, and show the new name everywhere', async () => {
      const first = await call(asOwner, 'PATCH', `/organizations/${acme.id}`, {
        name: 'Acme Roasters',
        company: { industry: 'Coffee', audience: ['B2B', 'B2C'], city: 'Łódź' },
      });
      assert.equal(first.status, 200, JSON.stringify(first.body));
      await call(asOwner, 'PATCH', '/organizations/my', { company: { city: 'Kraków' } });
      const { body } = await call(asOwner, 'GET', '/organizations/my');
      assert.equal(body.name, 'Acme Roasters');
      assert.deepEqual(body.company, { industry: 'Coffee', audience: ['B2B', 'B2C'], city: 'Kraków' });
      assert.ok(body.updated_at >= body.created_at);
      assert.match((await owner.browser.get('/account/organizations')).text, /Acme Roasters/);
    });

    it('are changed by owners alone, with what fits', async () => {
      const admin = await world.person(acme, { account: 'administrator', chat: 'administrator' });
      const asAdmin = await basicOf(world, acme, admin, ['accounts--all:rw']);
      assert.equal((await call(asAdmin, 'PATCH', '/organizations/my', { name: 'Mine' })).status, 403);
      for (const wrong of [
        { name: 'x'.repeat(128) },
        { invitation_mode: 'open' },
        { company: { audience: ['B2D'] } },
        { company: { phone: '1'.repeat(21) } },
      ]) {
        const answer = await call(asOwner, 'PATCH', '/organizations/my', wrong);
        assert.deepEqual([answer.status, answer.body.error], [422, 'invalid_request'], JSON.stringify(wrong));
      }
    });

    it('begin with an account that can log in; or for the account of a credential', async () => {
      const form = { email: 'founder@example.test', password: 'four blue lamps' };
      const made = await call(undefined, 'POST', '/organizations', {
        ...form,
        organization: { name: 'Lamps', company: { industry: 'Light' } },
      });
      assert.equal(made.status, 200, JSON.stringify(made.body));
      assert.deepEqual(
        [made.body.organization.name, made.body.organization.company.industry, made.body.roles[0].role],
        ['Lamps', 'Light', 'owner'],
      );
      const browser = openBrowser(world.url);
      await browser.logIn(form.email, form.password);
      assert.ok(await isLoggedIn({ browser }));
      const again = await call(undefined, 'POST', '/organizations', form);
      assert.deepEqual([again.status, again.body.error], [409, 'conflict']);
      assert.equal((await call(undefined, 'POST', '/organizations', {})).status, 422);

      const second = await call(asOwner, 'POST', '/organizations', { organization: { name: 'Second' } });
      assert.deepEqual([second.status, second.body.account_id], [200, owner.accountId]);
      assert.match((await owner.browser.get('/account/organizations')).text, /Second/);
      const other = { email: form.email, organization: { name: 'Third' } };
      assert.equal((await call(asOwner, 'POST', '/organizations', other)).status, 422);
    });

    it('show a picture of each person, cut to a square, to customers and agents', async () => {
      const path = '/accounts/me/organization_settings/my';
      assert.deepEqual((await call(asOwner, 'GET', path)).body, { avatar_url: null });
      const set = await call(asOwner, 'PATCH', path, form(await picture(300, 200)));
      assert.equal(set.status, 200, JSON.stringify(set.body));
      const { pathname } = new URL(set.body.avatar_url);
      const served = await fetch(world.url + pathname);
      assert.deepEqual([served.status, served.headers.get('content-type')], [200, 'image/png']);
      const { width, height } = await sharp(Buffer.from(await served.arrayBuffer())).metadata();
      assert.deepEqual([width, height], [200, 200]);
      assert.equal((await call(asOwner, 'GET', '/accounts/me')).body.avatar_url, set.body.avatar_url);
      const small = await call(asOwner, 'PATCH', path, form(await picture(40, 40)));
      assert.match(small.body.error_description, /40 × 40/);
      assert.equal((await call(asOwner, 'PATCH', path, form(Buffer.from('<svg/>')))).status, 422);
      assert.equal((await call(asOwner, 'PATCH', path, form(await picture(60, 60), 'file'))).status, 422);
      assert.equal((await call(asOwner, 'PATCH', path, { avatar_url: 'javascript:alert(1)' })).status, 422);
      assert.equal((await call(asOwner, 'GET', path)).body.avatar_url, set.body.avatar_url);
      assert.deepEqual((await call(asOwner, 'PATCH', path, { avatar_url: null })).body, { avatar_url: null });
      assert.equal((await fetch(world.url + pathname)).status, 404);
    });
  });
});
