import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { seconds } from '../server/kernel/clock.ts';
import { consoleOf } from './support/console_calls.ts';
import { type Answer, type Organization, openWorld, type Person, type World } from './support/world.ts';

describe("the inbox's token", () => {
  let world: World;
  let acme: Organization;
  let owner: Person;
  before(async () => {
    world = await openWorld();
    acme = await world.organization();
    owner = await world.person(acme);
  });
  after(() => world.close());

  const mint = (person: Person) => consoleOf(world.url, person)('POST', '/inbox/token', {});
  async function tokenOf(person: Person): Promise<string> {
    const answer = await mint(person);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    return answer.body.access_token;
  }
  const call = (token: string, method = 'list_chats', body: unknown = {}): Promise<Answer> =>
    world.call(`/v3.6/agent/action/${method}`, body, `Bearer ${token}`);

  it('opens the Agent Chat API as the person, with their groups named', async () => {
    const { body } = await mint(owner);
    assert.equal(body.agent_id, owner.email);
    assert.deepEqual(body.groups, [{ id: 0, name: 'General' }]);
    assert.ok(body.expires_in > 299 && body.expires_in <= 600, String(body.expires_in));
    const started = await call(body.access_token, 'start_chat');
    assert.equal(started.status, 200, JSON.stringify(started.body));
    const chat = await call(body.access_token, 'get_chat', { chat_id: started.body.chat_id });
    assert.ok(chat.body.users.some(({ id }: { id: string }) => id === owner.email));
  });

  it('needs the session and the header that no foreign page can send', async () => {
    const cookie = [...owner.browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const send = (headers: Record<string, string>) =>
      fetch(`${world.url}/console/api/inbox/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: '{}',
      });
    for (const [headers, status] of [
      [{}, 401],
      [{ cookie }, 403],
      [{ cookie, 'x-csrf-token': 'wrong' }, 403],
      [{ authorization: `Bearer ${await tokenOf(owner)}` }, 401],
    ] as const) {
      const answer = await send(headers);
      assert.equal(answer.status, status, JSON.stringify(headers));
      assert.ok(!(await answer.text()).includes('access_token'));
    }
    assert.equal((await fetch(`${world.url}/console/api/inbox/token`)).status, 405);
  });

  it('can do what the person may, and nothing but chats', async () => {
    const agent = await world.person(acme, { account: 'member', chat: 'normal', groups: [] });
    const token = await tokenOf(agent);
    const { body } = await call(token, 'start_chat');
    assert.ok(body.chat_id, JSON.stringify(body));
    await world.server.composition.storage.write(({ identity }) =>
      identity.addGroup(acme.licenseId, { id: 1, name: 'Others' }, world.server.clock.now()),
    );
    const foreign = await call(await tokenOf(owner), 'start_chat', { chat: { access: { group_ids: [1] } } });
    assert.equal((await call(token, 'get_chat', { chat_id: foreign.body.chat_id })).status, 403);
    for (const path of ['/v2/info', '/oauth2/userinfo', '/console/api/session']) {
      const answer = await fetch(world.url + path, { headers: { authorization: `Bearer ${token}` } });
      assert.ok(answer.status >= 400 && answer.status < 500, `${path} ${answer.status}`);
    }
    const customer = await world.call(
      `/v3.6/customer/action/list_chats?organization_id=${acme.id}`,
      {},
      `Bearer ${token}`,
    );
    assert.equal(customer.status, 401);
  });

  it('is over in the moment in which its session is', async () => {
    const leaver = await world.person(acme);
    const token = await tokenOf(leaver);
    assert.equal((await call(token)).status, 200);
    await leaver.browser.submit('/account', {}, '/signout');
    const answer = await call(token);
    assert.equal(answer.status, 401);
    assert.match(answer.body.error.message, /token of the inbox is over/);
  });

  it('is worth nothing to who is suspended, and neither is asking for another', async () => {
    const person = await world.person(acme);
    const token = await tokenOf(person);
    await world.changeMembership(person, { suspended_at: world.server.clock.now() });
    assert.equal((await call(token)).status, 401);
    assert.equal((await mint(person)).status, 403);
    await world.changeMembership(person, { suspended_at: null });
    assert.equal((await call(token)).status, 200);
  });

  it('shows one organization, and is over when the session shows another', async () => {
    const other = await world.organization('Other');
    const person = await world.person(acme);
    await world.server.composition.storage.write(async ({ identity }) => {
      await identity.addMembership({
        licenseId: other.licenseId,
        accountId: person.accountId,
        accountRole: 'owner',
        chatRole: 'administrator',
        suspendedAt: null,
        createdAt: world.server.clock.now(),
      });
    });
    const ofAcme = await tokenOf(person);
    const { body: chat } = await call(ofAcme, 'start_chat');
    await consoleOf(world.url, person)('POST', '/session/organization', { organization_id: other.id });
    assert.equal((await call(ofAcme)).status, 401);
    const ofOther = await tokenOf(person);
    assert.equal((await call(ofOther, 'get_chat', { chat_id: chat.chat_id })).status, 404);
    assert.equal((await call(ofOther)).body.found_chats, 0);
  });

  it('is over after ten minutes at the most, and cannot be made up', async () => {
    const person = await world.person(acme);
    const token = await tokenOf(person);
    for (const wrong of [
      `${token.slice(0, -2)}${token.endsWith('A') ? 'BB' : 'AA'}`,
      token.slice(4),
      `${token}A`,
    ])
      assert.equal((await call(wrong)).status, 401);
    world.server.clock.advance(seconds(290));
    assert.equal((await call(token)).status, 200);
    world.server.clock.advance(seconds(311));
    assert.equal((await call(token)).status, 401);
    assert.equal((await call(await tokenOf(person))).status, 200);
  });

  it('stands in the audit log once a session', async () => {
    const person = await world.person(acme);
    for (let n = 0; n < 3; n += 1) await tokenOf(person);
    const { body } = await consoleOf(world.url, owner)('GET', '/organization/audit_log?action=inbox.opened');
    const own = body.entries.filter(
      (entry: { actor?: { email?: string } }) => entry.actor?.email === person.email,
    );
    assert.equal(own.length, 1, JSON.stringify(body).slice(0, 600));
  });
});
