import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ConfigError, readConfig } from '../server/app/config.ts';
import { STANDARD_QUOTAS } from '../server/domain/limits/rate_limits.ts';
import { seconds } from '../server/kernel/clock.ts';
import { type Organization, openWorld, type Person, tokensFor, type World } from './support/world.ts';

const LIST = '/v3.6/agent/action/list_chats';

describe('the limits of calls', () => {
  let world: World;
  let acme: Organization;
  let owner: Person;
  let agent: string;
  let customer: string;
  before(async () => {
    world = await openWorld(undefined, ['--rate-limits', 'agent=3,customer=2,visitor=2']);
    acme = await world.organization();
    owner = await world.person(acme);
    const app = await world.app(owner, acme, { scopes: ['chats--all:ro', 'customers:own'] });
    agent = `Bearer ${(await tokensFor(world, owner, app)).access_token}`;
    const grant = { grant_type: 'agent_token', client_id: app.clientId, response_type: 'token' };
    customer = `Bearer ${(await world.call('/v2/customer/token', grant, agent)).body.access_token}`;
  });
  after(() => world.close());

  const list = (authorization: string, path = LIST) => world.call(path, {}, authorization);

  it('tell what is left, refuse what is too much, and end by themselves', async () => {
    world.server.clock.advance(seconds(120));
    const left = async () => {
      const { status, headers } = await list(agent);
      assert.equal(headers.get('ratelimit-policy'), '"agent";q=3;w=60');
      return [status, headers.get('ratelimit'), headers.get('retry-after')];
    };
    assert.deepEqual(await left(), [200, '"agent";r=2;t=20', null]);
    // A call that is refused for another reason counts, too.
    assert.equal((await world.call(LIST, { limit: 0 }, agent)).status, 400);
    assert.equal((await left())[0], 200);
    const refused = await list(agent);
    assert.deepEqual([refused.status, refused.body.error.type], [429, 'too_many_requests']);
    assert.match(refused.body.error.message, /3 times a minute/);
    const wait = Number(refused.headers.get('retry-after'));
    assert.ok(wait >= 1 && wait <= 20);
    assert.match(refused.headers.get('ratelimit') ?? '', /^"agent";r=0;t=\d+$/);
    world.server.clock.advance(seconds(wait));
    assert.equal((await list(agent)).status, 200);
    assert.equal((await list(agent)).status, 429);
  });

  it('count credentials and APIs apart, and one app for one person together', async () => {
    world.server.clock.advance(seconds(120));
    for (let n = 0; n < 3; n++) assert.equal((await list(agent)).status, 200);
    assert.equal((await list(agent)).status, 429);
    assert.equal((await list(agent, '/v3.5/agent/action/list_chats')).status, 429, 'another version');
    const inChat = `/v3.6/customer/action/list_chats?organization_id=${acme.id}`;
    assert.equal((await list(customer, inChat)).status, 200);
    const member = await world.server.services.identity.member(acme.licenseId, owner.accountId);
    assert.ok(member);
    const form = { name: 'ci', scopes: ['chats--all:ro'], expiresInDays: 1 };
    const actor = { ip: '', userAgent: '', requestId: '' };
    const made = await world.server.services.grants.personal.create(member.membership, form, actor);
    assert.equal((await list(`Basic ${btoa(`${owner.accountId}:${made.secret}`)}`)).status, 200);
    // Nobody without a credential is counted, or uses somebody's count up.
    assert.equal((await list('Bearer dal:wrong')).status, 401);
  });

  it('count what everybody may read by the address it comes from, or by the token that came along', async () => {
    world.server.clock.advance(seconds(120));
    const read = (headers: Record<string, string> = {}) =>
      fetch(
        `${world.server.address}/v3.6/customer/action/get_dynamic_configuration?organization_id=${acme.id}`,
        { headers },
      );
    const left = (answer: Response) => [answer.status, answer.headers.get('ratelimit')?.slice(0, 13)];
    assert.deepEqual(left(await read()), [200, '"visitor";r=1']);
    assert.deepEqual(left(await read()), [200, '"visitor";r=0']);
    const refused = await read();
    assert.equal(refused.status, 429);
    assert.match(await refused.text(), /Your address may call this API 2 times a minute/);
    assert.equal(
      (await read({ authorization: customer })).headers.get('ratelimit-policy'),
      '"customer";q=2;w=60',
    );
  });
});

it('limits of calls are read from the configuration', () => {
  const read = (text: string) => readConfig(['--rate-limits', text], {}).rateQuotas;
  assert.deepEqual(readConfig([], {}).rateQuotas, STANDARD_QUOTAS);
  assert.deepEqual(read('0'), { agent: 0, customer: 0, visitor: 0, configuration: 0, accounts: 0 });
  assert.deepEqual(read('agent=1, customer=0'), { ...STANDARD_QUOTAS, agent: 1, customer: 0 });
  for (const wrong of ['many', 'agent', 'agent=', 'agent=-1', 'agent=1.5', 'nobody=1', 'agent=1;customer=2'])
    assert.throws(() => read(wrong), ConfigError, wrong);
});
