import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openBrowser } from '../support/browser_session.ts';
import {
  type Organization,
  openWorld,
  PASSWORD,
  type Person,
  tokensFor,
  type World,
} from '../support/world.ts';
import { basicOf, callV2, isLoggedIn, mailTo } from './support.ts';

const roleNames = (roles: { product: string; role: string }[]) =>
  roles.map(({ product, role }) => `${product} ${role}`);

describe('accounts by the Global Accounts API', () => {
  let world: World;
  let acme: Organization;
  let owner: Person;
  let admin: Person;
  let asOwner: string;
  let asAdmin: string;
  before(async () => {
    world = await openWorld();
    acme = await world.organization('Acme');
    owner = await world.person(acme);
    admin = await world.person(acme, { account: 'administrator', chat: 'administrator' });
    asOwner = await basicOf(world, acme, owner, [
      'accounts--all:rw',
      'accounts.roles--all:rw',
      'accounts.password--my:rw',
    ]);
    asAdmin = await basicOf(world, acme, admin, [
      'accounts--all:rw',
      'accounts.roles--all:rw',
      'accounts.password--my:rw',
    ]);
  });
  after(() => world.close());

  const call = (authorization: string, method: string, path: string, body?: object) =>
    callV2(world, authorization, method, `/accounts${path}`, body);
  const listChats = (authorization: string) => world.call('/v3.6/agent/action/list_chats', {}, authorization);

  it('creates an account once, whose person chooses the password by the mailed link and logs in', async () => {
    const email = 'nora@example.test';
    const roles = [{ product: 'LiveChat', role: 'administrator' }];
    const made = await call(asOwner, 'POST', '', { email, name: 'Nora', roles });
    assert.equal(made.status, 201, JSON.stringify(made.body));
    assert.deepEqual([made.body.email, made.body.email_verified], [email, false]);
    assert.deepEqual(roleNames(made.body.roles), ['Accounts member', 'LiveChat administrator']);
    const again = await call(asOwner, 'POST', '', { email: 'NORA@example.test', name: 'Another' });
    assert.deepEqual([again.status, again.body.account_id], [200, made.body.account_id]);
    const before = await call(asOwner, 'GET', `/${made.body.account_id}`);
    assert.deepEqual([before.body.name, before.body.properties.active], ['Nora', false]);

    const { token } = await mailTo(world, email);
    const browser = openBrowser(world.url);
    const set = await browser.submit(`/reset-password?token=${token}`, { password: 'four blue lamps' });
    assert.ok(set.status < 400, set.text);
    await browser.logIn(email, 'four blue lamps');
    assert.ok(await isLoggedIn({ browser }));
    const after = await call(asOwner, 'GET', `/${made.body.account_id}`);
    assert.deepEqual([after.body.email_verified, after.body.properties.active], [true, true]);
  });

  it('creates no account that belongs to another organization, and gives no role above the giver’s', async () => {
    const stranger = await world.person(await world.organization('Elsewhere'));
    const taken = await call(asOwner, 'POST', '', { email: stranger.email });
    assert.deepEqual([taken.status, taken.body.error], [409, 'conflict']);
    const roles = [{ product: 'Accounts', role: 'owner' }];
    const above = await call(asAdmin, 'POST', '', { email: 'above@example.test', roles });
    assert.deepEqual([above.status, above.body.error], [403, 'access_denied']);
    const weak = await call(asOwner, 'POST', '', { email: 'weak@example.test', password: 'password' });
    assert.deepEqual([weak.status, Object.keys(weak.body.invalid_fields)], [422, ['password']]);
    const members = await world.server.services.identity.members(acme.licenseId);
    assert.ok(!members.some(({ account }) => /above|weak/.test(account.email)));
  });

  it('lets a member create one that waits, suspended, for approval', async () => {
    const member = await world.person(acme, { account: 'member', chat: 'normal' });
    const asMember = await basicOf(world, acme, member, ['accounts--all:rc']);
    const made = await call(asMember, 'POST', '', {
      email: 'waits@example.test',
      password: 'four blue lamps',
    });
    assert.equal(made.status, 201, JSON.stringify(made.body));
    const seen = await call(asOwner, 'GET', `/${made.body.account_id}`);
    assert.equal(seen.body.properties.LiveChat.suspended, true);
  });

  it('binds roles at once, for tokens that are out and in the caches', async () => {
    const person = await world.person(acme, { account: 'administrator', chat: 'administrator' });
    const app = await world.app(owner, acme, { scopes: ['accounts--all:rw'] });
    const { access_token: token } = await tokensFor(world, person, app);
    const spare = await world.person(acme, { account: 'member', chat: 'normal' });
    const change = () => call(`Bearer ${token}`, 'PATCH', `/${spare.accountId}`, { name: 'Renamed' });
    assert.equal((await change()).status, 200);
    const lowered = await call(asOwner, 'PUT', `/${person.accountId}/roles`, {
      delete_roles: [{ product: 'Accounts', role: 'administrator' }],
    });
    assert.deepEqual(roleNames(lowered.body.roles), ['Accounts member', 'LiveChat administrator']);
    assert.equal((await change()).status, 403);
    const raised = await call(asOwner, 'PUT', `/${person.accountId}/roles`, {
      set_roles: [{ product: 'LiveChat', role: 'viceowner' }],
    });
    assert.deepEqual(roleNames(raised.body.roles), ['Accounts administrator', 'LiveChat administrator']);
    assert.equal((await change()).status, 200);
  });

  it('protects the last owner, against owners and administrators', async () => {
    const demoted = await call(asOwner, 'PUT', '/me/roles', {
      set_roles: [{ product: 'Accounts', role: 'member' }],
    });
    assert.deepEqual([demoted.status, demoted.body.error], [409, 'conflict']);
    assert.equal((await call(asOwner, 'DELETE', '/me')).status, 409);
    assert.equal((await call(asAdmin, 'DELETE', `/${owner.accountId}`)).status, 403);
    assert.equal((await call(asAdmin, 'PATCH', `/${owner.accountId}`, { name: 'Taken' })).status, 403);
    const password = { password: 'four blue lamps' };
    assert.equal((await call(asAdmin, 'POST', `/${owner.accountId}/password/reset`, password)).status, 403);
    assert.ok(await isLoggedIn(owner));
  });

  it('names roles that are not there', async () => {
    const unknown = await call(asOwner, 'PUT', `/${admin.accountId}/roles`, {
      set_roles: [{ role_id: '00000000-0000-4000-8000-000000000000' }],
    });
    assert.deepEqual([unknown.status, unknown.body.resource_name], [404, 'role']);
    const misspelt = await call(asOwner, 'PUT', `/${admin.accountId}/roles`, {
      set_roles: [{ product: 'Accounts', role: 'boss' }],
    });
    assert.deepEqual([misspelt.status, misspelt.body.error], [422, 'invalid_request']);
    assert.match(misspelt.body.error_description, /owner, administrator, member/);
  });

  it('sets a password: all sessions end at once, the old one opens nothing, its person is told', async () => {
    const person = await world.person(acme, { account: 'member', chat: 'normal' });
    assert.ok(await isLoggedIn(person));
    const set = await call(asOwner, 'POST', `/${person.accountId}/password/reset`, {
      password: 'seven green chairs',
    });
    assert.deepEqual([set.status, set.body.account_id], [200, person.accountId]);
    assert.ok(!(await isLoggedIn(person)));
    await assert.rejects(person.browser.logIn(person.email, PASSWORD), /401/);
    await person.browser.logIn(person.email, 'seven green chairs');
    assert.ok(await isLoggedIn(person));
    assert.match((await mailTo(world, person.email)).subject, /password/i);
  });

  it('leaves the password and the name of somebody who is in two organizations to them', async () => {
    const person = await world.person(acme, { account: 'member', chat: 'normal' });
    const elsewhere = await world.organization('Elsewhere too');
    await world.server.composition.storage.write((stores) =>
      stores.identity.addMembership({
        licenseId: elsewhere.licenseId,
        accountId: person.accountId,
        accountRole: 'member',
        chatRole: 'normal',
        suspendedAt: null,
        createdAt: world.server.clock.now(),
      }),
    );
    const path = `/${person.accountId}`;
    const password = await call(asOwner, 'POST', `${path}/password/reset`, {
      password: 'seven green chairs',
    });
    assert.deepEqual([password.status, password.body.resource_id], [409, person.accountId]);
    assert.equal((await call(asOwner, 'PATCH', path, { name: 'Theirs' })).status, 409);
    // Out of this organization they can be put; the account goes on elsewhere.
    assert.equal((await call(asOwner, 'DELETE', path)).status, 200);
    assert.ok(await world.server.services.identity.member(elsewhere.licenseId, person.accountId));
    assert.equal((await call(asOwner, 'GET', path)).status, 404);
  });

  it('deletes an account for good: tokens, sessions and the way in go at once, and the e-mail is free', async () => {
    const person = await world.person(acme, { account: 'member', chat: 'administrator' });
    const own = await basicOf(world, acme, person, ['chats--all:ro', 'accounts--my:rw']);
    assert.equal((await listChats(own)).status, 200);
    assert.equal((await call(own, 'DELETE', `/${owner.accountId}`)).status, 403);
    const gone = await call(own, 'DELETE', '/me');
    assert.deepEqual([gone.status, gone.body], [200, {}]);
    assert.equal((await listChats(own)).status, 401);
    assert.ok(!(await isLoggedIn(person)));
    await assert.rejects(person.browser.logIn(person.email, PASSWORD), /401/);
    const anew = await call(asOwner, 'POST', '', { email: person.email });
    assert.equal(anew.status, 201);
    assert.notEqual(anew.body.account_id, person.accountId);
  });
});
