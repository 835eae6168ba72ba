import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  type ConsoleWorld,
  openConsoleWorld,
  type TestOrganization,
  type TestPerson,
} from '../../../test/support/console_world.ts';
import type { Session } from './schemas.ts';

describe('The session of the Console', () => {
  let world: ConsoleWorld;
  let acme: TestOrganization;
  let other: TestOrganization;
  let owner: TestPerson;
  let member: TestPerson;
  before(async () => {
    world = await openConsoleWorld();
    acme = await world.organization('Acme');
    other = await world.organization('Other');
    owner = await world.person(acme, { name: 'Olga', role: 'owner' });
    member = await world.person(acme, { name: 'Mira', role: 'member' });
    await world.person(acme, { name: 'Zoe', role: 'administrator' });
    await world.person(acme, { name: 'Adam', role: 'administrator' });
    await world.person(acme, { name: 'Sam', role: 'administrator', suspended: true });
  });
  after(() => world.close());

  it('tells the owner who they are, where they are and which addresses there are', async () => {
    const { status, body, headers } = await owner.call<Session>('GET', '/console/api/session');
    assert.equal(status, 200);
    assert.equal(headers['cache-control'], 'no-store');
    assert.deepEqual(body.account, {
      id: owner.accountId,
      name: 'Olga',
      email: owner.email,
      email_confirmed: false,
    });
    assert.deepEqual(body.organization, { id: acme.id, name: 'Acme', license_id: acme.licenseId });
    assert.deepEqual(body.organizations, [{ id: acme.id, name: 'Acme', role: 'owner' }]);
    assert.equal(body.role, 'owner');
    assert.equal(body.can_develop, true);
    assert.equal(body.region, 'dal');
    assert.equal(body.development_mode, true);
    assert.deepEqual(body.urls, {
      authorize: 'http://gatehouse.test/',
      token: 'http://gatehouse.test/v2/token',
      info: 'http://gatehouse.test/v2/info',
      api: 'http://gatehouse.test',
      customer_token: 'http://gatehouse.test/v2/customer/token',
      docs: '/docs',
      account: '/account',
      sign_out: '/signout',
      postman: 'http://gatehouse.test/postman.json',
    });
  });

  it('tells a member who can help: the owner first, then administrators by name, none suspended', async () => {
    const { body } = await member.call<Session>('GET', '/console/api/session');
    assert.equal(body.can_develop, false);
    assert.deepEqual(
      body.helpers.map(({ name }) => name),
      ['Olga', 'Adam', 'Zoe'],
    );
  });

  it('is refused without a cookie, in the shape of the Console', async () => {
    const { status, body, headers } = await world.stranger('GET', '/console/api/session');
    assert.equal(status, 401);
    assert.equal(body.error.type, 'authentication');
    assert.equal(body.request_id, headers['x-request-id']);
  });

  it('moves to another organization of the account, and its calls with it', async () => {
    const person = await world.person(acme, { name: 'Two', role: 'owner' });
    await person.app('In Acme');
    await world.join(person, other, 'member');
    const moved = await person.call<Session>('POST', '/console/api/session/organization', {
      body: { organization_id: other.id },
    });
    assert.equal(moved.status, 200);
    assert.equal(moved.body.organization.id, other.id);
    assert.equal(moved.body.role, 'member');
    assert.equal((await person.call<Session>('GET', '/console/api/session')).body.organization.id, other.id);
    assert.equal((await person.call<Session>('GET', '/console/api/apps')).status, 403);
  });

  it('does not move to an organization of somebody else', async () => {
    const { status, body } = await owner.call<Session>('POST', '/console/api/session/organization', {
      body: { organization_id: other.id },
    });
    assert.equal(status, 404);
    assert.equal(body.error.fields[0]?.field, 'organization_id');
  });

  it('neither offers nor enters an organization where the account is suspended', async () => {
    const person = await world.person(acme, { name: 'Half', role: 'member' });
    await world.join(person, other, 'member', true);
    const { body } = await person.call<Session>('GET', '/console/api/session');
    assert.deepEqual(
      body.organizations.map(({ id }) => id),
      [acme.id],
    );
    const refused = await person.call<Session>('POST', '/console/api/session/organization', {
      body: { organization_id: other.id },
    });
    assert.equal(refused.status, 403);
    assert.match(refused.body.error.message, /suspended/);
  });

  it('goes on in another organization when the one it showed is closed to the account', async () => {
    const person = await world.person(acme, { name: 'Left', role: 'owner', suspended: true });
    await world.join(person, other, 'administrator');
    const { status, body } = await person.call<Session>('GET', '/console/api/session');
    assert.equal(status, 200);
    assert.equal(body.organization.id, other.id);
    assert.equal(body.role, 'administrator');
  });

  it('says so when no organization is left', async () => {
    const person = await world.person(acme, { name: 'Gone', role: 'owner', suspended: true });
    const { status, body } = await person.call<Session>('GET', '/console/api/session');
    assert.equal(status, 403);
    assert.match(body.error.message, /suspended/);
  });
});
