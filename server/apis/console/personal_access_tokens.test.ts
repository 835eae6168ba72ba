import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  type ConsoleWorld,
  openConsoleWorld,
  type TestOrganization,
  type TestPerson,
} from '../../../test/support/console_world.ts';
import { days } from '../../kernel/clock.ts';
import type { PersonalAccessToken } from './schemas.ts';

interface Tokens {
  tokens: PersonalAccessToken[];
  account_id: string;
  grantable_scopes: string[];
}

interface Created {
  token: PersonalAccessToken;
  secret: string;
  account_id: string;
  base64: string;
}

const PATH = '/console/api/personal_access_tokens';

describe('Personal access tokens in the Console', () => {
  let world: ConsoleWorld;
  let acme: TestOrganization;
  let owner: TestPerson;
  let member: TestPerson;
  before(async () => {
    world = await openConsoleWorld();
    acme = await world.organization('Acme');
    owner = await world.person(acme, { name: 'Olga', role: 'owner' });
    member = await world.person(acme, { name: 'Mira', role: 'member' });
  });
  after(() => world.close());

  const create = (person: TestPerson, change: Record<string, unknown> = {}) =>
    person.call<Created>('POST', PATH, {
      body: { name: 'Export', scopes: ['chats--access:ro'], expires_in_days: 30, ...change },
    });

  it('are created by members too, and readable this once', async () => {
    const { status, body } = await create(member);
    assert.equal(status, 200, JSON.stringify(body));
    assert.equal(body.account_id, member.accountId);
    assert.equal(Buffer.from(body.base64, 'base64').toString(), `${member.accountId}:${body.secret}`);
    assert.deepEqual(body.token.scopes, ['chats--access:ro']);
    assert.equal(body.token.expired, false);
    assert.equal(body.token.last_used_at, null);
    const list = await member.call<Tokens>('GET', PATH);
    assert.deepEqual(list.body.tokens, [body.token]);
    assert.equal(list.body.account_id, member.accountId);
    assert.ok(!list.text.includes(body.secret));
  });

  it('live a year unless told otherwise', async () => {
    const { body } = await create(owner, { expires_in_days: undefined });
    const life = Date.parse(body.token.expires_at) - Date.parse(body.token.created_at);
    assert.equal(life, 365 * 86_400_000);
  });

  it('carry only scopes that exist, can be chosen and fit the role', async () => {
    const { grantable_scopes: grantable } = (await member.call<Tokens>('GET', PATH)).body;
    assert.ok(grantable.includes('chats--access:ro'));
    assert.ok(!grantable.includes('accounts--all:rw'));
    assert.ok(!(await owner.call<Tokens>('GET', PATH)).body.grantable_scopes.includes('sessions--all:rw'));
    for (const [person, scope, words] of [
      [member, 'accounts--all:rw', /role/],
      [owner, 'sessions--all:rw', /cannot be chosen/],
      [owner, 'everything', /not a scope/],
    ] as const) {
      const { status, body } = await create(person, { scopes: [scope] });
      assert.equal(status, 400);
      assert.equal(body.error.fields[0]?.field, 'scopes');
      assert.match(body.error.fields[0]?.message ?? '', words);
    }
    assert.equal((await create(owner, { scopes: [] })).status, 400);
  });

  it('need a name and a life of 1 to 3650 days', async () => {
    for (const [change, field] of [
      [{ name: ' ' }, 'name'],
      [{ name: 'x'.repeat(101) }, 'name'],
      [{ expires_in_days: 0 }, 'expires_in_days'],
      [{ expires_in_days: 3651 }, 'expires_in_days'],
      [{ expires_in_days: 1.5 }, 'expires_in_days'],
      [{ expires_in_days: '30' }, 'expires_in_days'],
    ] as const) {
      const { status, body } = await create(owner, change);
      assert.equal(status, 400);
      assert.equal(body.error.fields[0]?.field, field);
    }
  });

  it('belong to one person', async () => {
    const { body } = await create(owner);
    assert.equal((await member.call('DELETE', `${PATH}/${body.token.id}`)).status, 404);
    const gone = await owner.call('DELETE', `${PATH}/${body.token.id}`);
    assert.equal(gone.status, 204);
    assert.equal((await owner.call('DELETE', `${PATH}/${body.token.id}`)).status, 404);
    assert.equal((await owner.call('DELETE', `${PATH}/nothing`)).status, 404);
    const { tokens } = (await owner.call<Tokens>('GET', PATH)).body;
    assert.ok(!tokens.some(({ id }) => id === body.token.id));
  });

  it('are at most 50 of an account', async () => {
    const collector = await world.person(acme, { name: 'Carl', role: 'member' });
    for (let number = 0; number < 50; number++) await create(collector);
    const { status, body } = await create(collector);
    assert.equal(status, 409);
    assert.equal(body.error.type, 'limit_reached');
  });

  it('are shown as expired after their last day', async () => {
    const person = await world.person(acme, { name: 'Late', role: 'member' });
    await create(person, { expires_in_days: 2 });
    world.clock.advance(days(3));
    const { tokens } = (await person.call<Tokens>('GET', PATH)).body;
    assert.equal(tokens[0]?.expired, true);
  });
});
