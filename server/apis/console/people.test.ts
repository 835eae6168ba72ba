import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  type Answer,
  type ConsoleWorld,
  openConsoleWorld,
  type TestOrganization,
  type TestPerson,
} from '../../../test/support/console_world.ts';
import type { AccountRole } from '../../domain/identity/records.ts';
import type { Person } from './people_schemas.ts';

interface PeoplePage {
  people: Person[];
  total: number;
  next_page_id?: string;
  grantable_roles: AccountRole[];
  grantable_chat_roles: string[];
}

const PATH = '/console/api/people';

describe('People in the Console', () => {
  let world: ConsoleWorld;
  let acme: TestOrganization;
  before(async () => {
    world = await openConsoleWorld();
    acme = await world.organization('Acme');
  });
  after(() => world.close());

  const list = async (seer: TestPerson, query = ''): Promise<PeoplePage> =>
    (await seer.call<PeoplePage>('GET', `${PATH}${query}`)).body;
  const find = async (seer: TestPerson, { accountId, email }: TestPerson): Promise<Person> => {
    const { people } = await list(seer, `?search=${encodeURIComponent(email)}`);
    const found = people.find((person) => person.account_id === accountId);
    assert.ok(found, `${email} is in the list`);
    return found;
  };
  const update = (by: TestPerson, target: TestPerson, body: Record<string, unknown>) =>
    by.call<Person>('PATCH', `${PATH}/${target.accountId}`, { body });

  describe('the list', () => {
    let zoo: TestOrganization;
    let owner: TestPerson;
    let member: TestPerson;
    before(async () => {
      zoo = await world.organization('Zoo');
      owner = await world.person(zoo, { name: 'Olga', role: 'owner' });
      member = await world.person(zoo, { name: 'Ärne', role: 'member' });
      await world.person(zoo, { name: 'Adam', role: 'administrator' });
      await world.person(zoo, { name: 'Sue_50%', role: 'member', suspended: true });
    });
    const names = ({ people }: PeoplePage) => people.map(({ name }) => name);

    it('is sorted by name, with everybody of the organization and nobody else', async () => {
      const page = await list(owner);
      assert.deepEqual(names(page), ['Adam', 'Olga', 'Sue_50%', 'Ärne']);
      assert.equal(page.total, 4);
      assert.equal(page.next_page_id, undefined);
    });

    it('is searched by name and e-mail, in whatever case, and no character is a wildcard', async () => {
      assert.deepEqual(names(await list(owner, '?search=äRN')), ['Ärne']);
      assert.deepEqual(names(await list(owner, '?search=ADAM-')), ['Adam']);
      assert.deepEqual(names(await list(owner, `?search=${encodeURIComponent('e_5')}`)), ['Sue_50%']);
      assert.deepEqual(names(await list(owner, `?search=${encodeURIComponent('%')}`)), ['Sue_50%']);
      assert.deepEqual(names(await list(owner, '?search=nobody')), []);
    });

    it('is filtered by role and status', async () => {
      assert.deepEqual(names(await list(owner, '?role=member')), ['Sue_50%', 'Ärne']);
      assert.deepEqual(names(await list(owner, '?role=member&status=active')), ['Ärne']);
      assert.deepEqual(names(await list(owner, '?status=suspended')), ['Sue_50%']);
      assert.equal((await owner.call('GET', `${PATH}?role=king`)).status, 400);
    });

    it('is read by members too, without anything to do and without what acts for others', async () => {
      const page = await list(member);
      assert.equal(page.people.length, 4);
      assert.ok(page.people.every(({ actions }) => actions.length === 0));
      assert.equal(page.people.find(({ name }) => name === 'Olga')?.acting_for, null);
      assert.deepEqual(page.grantable_roles, []);
      assert.deepEqual(page.grantable_chat_roles, []);
    });

    it('goes on by key, so that each person comes once whoever comes meanwhile', async () => {
      const crowd = await world.organization('Crowd');
      const boss = await world.person(crowd, { name: 'M boss', role: 'owner' });
      for (let number = 10; number < 40; number++)
        await world.person(crowd, { name: `Person ${number}`, role: 'member' });
      const first = await list(boss);
      assert.equal(first.people.length, 25);
      assert.equal(first.total, 31);
      await world.person(crowd, { name: 'Aaron', role: 'member' });
      const second = await list(boss, `?page_id=${first.next_page_id}`);
      assert.equal(new Set([...first.people, ...second.people].map(({ email }) => email)).size, 31);
      assert.equal(second.next_page_id, undefined);
      const other = await boss.call<PeoplePage>('GET', `${PATH}?page_id=${first.next_page_id}&search=x`);
      assert.equal(other.status, 400);
      assert.equal(other.body.error.fields[0]?.field, 'page_id');
      assert.equal((await boss.call('GET', `${PATH}?page_id=bm90aGluZw`)).status, 400);
    });
  });

  describe('who may do what to whom', () => {
    let owner: TestPerson;
    let administrator: TestPerson;
    let member: TestPerson;
    before(async () => {
      owner = await world.person(acme, { name: 'Olga', role: 'owner' });
      administrator = await world.person(acme, { name: 'Adam', role: 'administrator' });
      member = await world.person(acme, { name: 'Mira', role: 'member' });
    });

    // Actor, role of the target, what is done, and the answer.
    const rules: [AccountRole, AccountRole, string, number][] = [
      ['owner', 'owner', 'make member', 200],
      ['owner', 'owner', 'suspend', 200],
      ['owner', 'owner', 'remove', 204],
      ['owner', 'administrator', 'make owner', 200],
      ['owner', 'administrator', 'make member', 200],
      ['owner', 'administrator', 'make chat normal', 200],
      ['owner', 'administrator', 'suspend', 200],
      ['owner', 'administrator', 'remove', 204],
      ['owner', 'member', 'make owner', 200],
      ['owner', 'member', 'make chat administrator', 200],
      ['owner', 'member', 'remove', 204],
      ['administrator', 'owner', 'make member', 403],
      ['administrator', 'owner', 'make chat normal', 403],
      ['administrator', 'owner', 'suspend', 403],
      ['administrator', 'owner', 'remove', 403],
      ['administrator', 'administrator', 'make owner', 403],
      ['administrator', 'administrator', 'make member', 200],
      ['administrator', 'administrator', 'suspend', 200],
      ['administrator', 'administrator', 'remove', 204],
      ['administrator', 'member', 'make owner', 403],
      ['administrator', 'member', 'make administrator', 200],
      ['administrator', 'member', 'make chat administrator', 200],
      ['administrator', 'member', 'suspend', 200],
      ['administrator', 'member', 'remove', 204],
      ['member', 'owner', 'remove', 403],
      ['member', 'administrator', 'suspend', 403],
      ['member', 'member', 'make administrator', 403],
      ['member', 'member', 'make chat administrator', 403],
      ['member', 'member', 'suspend', 403],
      ['member', 'member', 'remove', 403],
    ];
    let targets = 0;
    const perform = (by: TestPerson, target: TestPerson, what: string): Promise<Answer<Person>> => {
      const url = `${PATH}/${target.accountId}`;
      if (what === 'suspend') return by.call('POST', `${url}/suspension`, { body: { version: 1 } });
      if (what === 'remove') return by.call('DELETE', url, { body: { version: 1 } });
      const [, first = '', second] = what.split(' ');
      return update(by, target, { version: 1, ...(second ? { chat_role: second } : { role: first }) });
    };
    for (const [role, targetRole, what, status] of rules)
      it(`${role} → ${targetRole}: ${what} is ${status < 300 ? 'done' : 'refused'}`, async () => {
        const by = { owner, administrator, member }[role];
        const target = await world.person(acme, { name: `Target${++targets}`, role: targetRole });
        const answer = await perform(by, target, what);
        assert.equal(answer.status, status, answer.text);
        if (status === 204)
          return assert.deepEqual((await list(owner, `?search=${target.email}`)).people, []);
        const now = await find(owner, target);
        if (status === 200) assert.equal(now.version, 2);
        else {
          assert.equal(answer.body.error.type, 'authorization');
          assert.deepEqual([now.role, now.status, now.version], [targetRole, 'active', 1]);
        }
      });

    it('is what the list says', async () => {
      const actions = async (by: TestPerson, target: TestPerson) => (await find(by, target)).actions;
      assert.deepEqual(await actions(owner, member), [
        'change_role',
        'change_chat_role',
        'suspend',
        'remove',
        'transfer_ownership',
      ]);
      assert.deepEqual(await actions(administrator, member), [
        'change_role',
        'change_chat_role',
        'suspend',
        'remove',
      ]);
      assert.deepEqual(await actions(administrator, owner), []);
      assert.deepEqual(await actions(owner, owner), ['change_role', 'change_chat_role']);
      assert.deepEqual((await list(administrator)).grantable_roles, ['administrator', 'member']);
      assert.deepEqual((await list(owner)).grantable_roles, ['owner', 'administrator', 'member']);
    });

    it('lets nobody suspend, remove or raise themselves', async () => {
      const self = await world.person(acme, { name: 'Self', role: 'administrator' });
      for (const what of ['suspend', 'remove', 'make owner']) {
        const { status, body } = await perform(self, self, what);
        assert.equal(status, 403, what);
        assert.ok(body.error.message.length > 20);
      }
      assert.equal((await perform(self, self, 'make member')).status, 200);
    });

    it('lets an administrator who is a normal agent give no more than that', async () => {
      const weak = await world.person(acme, { name: 'Weak', role: 'administrator' });
      const target = await world.person(acme, { name: 'Weaker', role: 'member' });
      assert.equal((await update(owner, weak, { version: 1, chat_role: 'normal' })).status, 200);
      const refused = await update(weak, target, { version: 1, chat_role: 'administrator' });
      assert.equal(refused.status, 403);
      assert.match(refused.body.error.message, /chat role/);
      assert.equal((await update(weak, target, { version: 1, role: 'administrator' })).status, 200);
    });
  });

  describe('a change', () => {
    let owner: TestPerson;
    before(async () => {
      owner = await world.person(acme, { name: 'Oda', role: 'owner' });
    });

    it('is based on a version: of two people who change one member, the second is told', async () => {
      const target = await world.person(acme, { name: 'Two', role: 'member' });
      assert.equal((await update(owner, target, { version: 1, role: 'administrator' })).status, 200);
      const { status, body } = await update(owner, target, { version: 1, role: 'member' });
      assert.equal(status, 409);
      assert.equal(body.error.type, 'conflict');
      assert.equal(body.error.current_version, 2);
      for (const version of [undefined, 0, '1', 1.5])
        assert.equal((await update(owner, target, { version, role: 'member' })).status, 400);
    });

    it('never reaches another organization, whose people are as unknown as nobody', async () => {
      const other = await world.organization('Other');
      const theirs = await world.person(other, { name: 'Theirs', role: 'member' });
      const call = (method: string, path: string, body: object) =>
        owner.call(method, `${PATH}/${path}`, { body: { version: 1, ...body } });
      for (const id of [theirs.accountId, 'b1946ac9-2ff8-4d4f-9a52-1a3f3b7b0a11', 'nobody'])
        for (const [method, path, body] of [
          ['PATCH', id, { role: 'administrator' }],
          ['POST', `${id}/suspension`, {}],
          ['DELETE', `${id}/suspension`, {}],
          ['DELETE', id, {}],
        ] as const) {
          const answer = await call(method, path, body);
          assert.equal(answer.status, 404, `${method} ${path}`);
          assert.equal(answer.body.error.message, 'There is nobody with this id in your organization.');
        }
      assert.ok(!(await list(owner, '?search=theirs')).people.length);
    });

    it('never takes the last active owner', async () => {
      const small = await world.organization('Small');
      const last = await world.person(small, { name: 'Last', role: 'owner' });
      const idle = await world.person(small, { name: 'Idle', role: 'owner', suspended: true });
      const { status, body } = await update(last, last, { version: 1, role: 'member' });
      assert.equal(status, 409);
      assert.equal(body.error.type, 'limit_reached');
      assert.match(body.error.message, /Make somebody else an owner first/);
      const lifted = await last.call<Person>('DELETE', `${PATH}/${idle.accountId}/suspension`, {
        body: { version: 1 },
      });
      assert.equal(lifted.body.status, 'active');
      assert.equal((await update(last, last, { version: 1, role: 'member' })).status, 200);
    });

    it('of two owners who demote each other at the same moment leaves one', async () => {
      for (let round = 0; round < 10; round++) {
        const pair = await world.organization(`Pair ${round}`);
        const ann = await world.person(pair, { name: 'Ann', role: 'owner' });
        const bob = await world.person(pair, { name: 'Bob', role: 'owner' });
        const answers = await Promise.all([
          update(ann, bob, { version: 1, role: 'member' }),
          update(bob, ann, { version: 1, role: 'member' }),
        ]);
        assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 403]);
        assert.equal((await list(ann, '?role=owner')).total, 1);
      }
    });

    it('that changes nothing keeps the version', async () => {
      const target = await world.person(acme, { name: 'Same', role: 'member' });
      const { status, body } = await update(owner, target, { version: 1, role: 'member' });
      assert.equal(status, 200);
      assert.equal(body.version, 1);
    });

    it('ends the Console of a removed or suspended person at the next call', async () => {
      for (const [method, path] of [
        ['POST', '/suspension'],
        ['DELETE', ''],
      ] as const) {
        const target = await world.person(acme, { name: `Gone${method}`, role: 'administrator' });
        assert.equal((await target.call('GET', '/console/api/apps')).status, 200);
        await owner.call(method, `${PATH}/${target.accountId}${path}`, { body: { version: 1 } });
        const { status, body } = await target.call('GET', '/console/api/apps');
        assert.equal(status, 403);
        assert.match(body.error.message, method === 'POST' ? /suspended/ : /does not belong/);
      }
    });

    it('needs the header of the session, as every change does', async () => {
      const target = await world.person(acme, { name: 'Csrf', role: 'member' });
      const answer = await owner.call('DELETE', `${PATH}/${target.accountId}`, {
        body: { version: 1 },
        csrf: false,
      });
      assert.equal(answer.status, 403);
    });
  });
});
