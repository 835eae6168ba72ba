import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openBrowser } from '../support/browser_session.ts';
import { type Organization, openWorld, type Person, type World } from '../support/world.ts';
import { basicOf, callV2, isLoggedIn, mailTo } from './support.ts';

describe('invitations by the Global Accounts API', () => {
  let world: World;
  let acme: Organization;
  let owner: Person;
  let asOwner: string;
  let asMember: string;
  before(async () => {
    world = await openWorld();
    acme = await world.organization('Acme');
    owner = await world.person(acme);
    asOwner = await basicOf(world, acme, owner, ['accounts.invitations--all:rw', 'organization--my:rw']);
    const member = await world.person(acme, { account: 'member', chat: 'normal' });
    asMember = await basicOf(world, acme, member, ['accounts.invitations--my:rw']);
  });
  after(() => world.close());

  const call = (authorization: string, method: string, path = '', body?: object) =>
    callV2(world, authorization, method, `/accounts/invitations${path}`, body);
  const mailsTo = async (email: string) =>
    (await world.server.services.identity.outbox.latest(50)).filter(({ recipient }) => recipient === email);

  it('are proposed by a member, decided by an owner, and joined by the mailed link', async () => {
    const email = 'cora@example.test';
    const proposed = await call(asMember, 'POST', '', { email, name: 'Cora', product: 'LiveChat' });
    assert.equal(proposed.status, 201, JSON.stringify(proposed.body));
    const id = proposed.body.invitation_id;
    const again = await call(asMember, 'POST', '', { email });
    assert.deepEqual([again.status, again.body.invitation_id], [200, id]);
    assert.match((await mailTo(world, owner.email)).text, /cora@example\.test/);
    assert.deepEqual(await mailsTo(email), []);
    const listed = await call(asOwner, 'GET', `?email=${encodeURIComponent(email)}`);
    assert.deepEqual(
      listed.body.map(({ invitation_id, name }: Record<string, string>) => [invitation_id, name]),
      [[id, 'Cora']],
    );
    assert.equal((await call(asMember, 'PUT', `/${id}`, {})).status, 403);

    const approved = await call(asOwner, 'PUT', `/${id}`, { role: 'administrator' });
    assert.equal(approved.status, 200, JSON.stringify(approved.body));
    assert.equal((await call(asOwner, 'PUT', `/${id}`, {})).status, 409);
    const { token } = await mailTo(world, email);
    const browser = openBrowser(world.url);
    const joined = await browser.submit(
      `/invitation?token=${token}`,
      { name: 'Cora', password: 'four blue lamps' },
      '/invitation/sign-up',
    );
    assert.ok(joined.status < 400, joined.text);
    assert.ok(await isLoggedIn({ browser }));
    const member = await world.server.services.identity.member(acme.licenseId, approved.body.account_id);
    assert.deepEqual([member?.account.email, member?.membership.chatRole], [email, 'administrator']);
    assert.equal((await call(asMember, 'POST', '', { email })).status, 409);
  });

  it('are declined for good, before and after approval', async () => {
    for (const approve of [false, true]) {
      const email = `declined-${approve}@example.test`;
      const { body } = await call(asMember, 'POST', '', { email });
      if (approve) await call(asOwner, 'PUT', `/${body.invitation_id}`, {});
      const declined = await call(asOwner, 'DELETE', `/${body.invitation_id}`);
      assert.deepEqual([declined.status, declined.body], [204, undefined]);
      assert.equal((await call(asOwner, 'PUT', `/${body.invitation_id}`, {})).status, 404);
      if (!approve) continue;
      const { token } = await mailTo(world, email);
      const page = await openBrowser(world.url).get(`/invitation?token=${token}`);
      assert.doesNotMatch(page.text, /sign-up/);
    }
  });

  it('are for administrators alone where the organization says strict', async () => {
    const strict = await callV2(world, asOwner, 'PATCH', '/organizations/my', { invitation_mode: 'strict' });
    assert.deepEqual([strict.status, strict.body.invitation_mode], [200, 'strict']);
    const refused = await call(asMember, 'POST', '', { email: 'dora@example.test' });
    assert.deepEqual([refused.status, refused.body.error], [403, 'access_denied']);
    assert.equal((await call(asOwner, 'POST', '', { email: 'dora@example.test' })).status, 201);
    const bad = await call(asOwner, 'POST', '', { email: 'no address' });
    assert.deepEqual([bad.status, Object.keys(bad.body.invalid_fields)], [422, ['email']]);
  });
});
