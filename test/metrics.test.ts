import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { engines } from './support/databases.ts';
import { openWorld, type Person, type RegisteredApp, tokensFor, type World } from './support/world.ts';

/** Lines of the text format (name, labels, value), without its comments. */
async function scrape(world: World): Promise<{ text: string; value(line: string): number | undefined }> {
  const answer = await fetch(world.server.metricsUrl ?? '');
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get('content-type') ?? '', /^text\/plain/);
  const text = await answer.text();
  const values = new Map(
    text
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]),
  );
  return { text, value: (line) => values.get(line) };
}

describe('metrics', () => {
  let world: World;
  let owner: Person;
  let app: RegisteredApp;
  let token: string;
  before(async () => {
    world = await openWorld(engines.sqlite, ['--metrics-port', '0']);
    const acme = await world.organization('Secretive Organization');
    owner = await world.person(acme);
    app = await world.app(owner, acme);
    token = (await tokensFor(world, owner, app)).access_token;
  });
  after(() => world.close());

  it('tell rates and latencies by route, and never what a caller wrote', async () => {
    const list = '/v3.6/agent/action/list_chats';
    for (let count = 0; count < 3; count++) await world.call(list, {}, `Bearer ${token}`);
    await world.call(list, {}, 'Bearer dal:nonsense');
    await fetch(`${world.url}/no-such-place/${token}?q=${app.clientId}`);
    await world.token({ grant_type: 'authorization_code', code: 'x', client_id: app.clientId });

    const { text, value } = await scrape(world);
    const count = 'gatehouse_request_duration_seconds_count';
    assert.equal(value(`${count}{route="${list}",surface="agent_api",status="2xx"}`), 3);
    assert.equal(value(`${count}{route="${list}",surface="agent_api",status="4xx"}`), 1);
    assert.equal(value(`${count}{route="none",surface="none",status="4xx"}`), 1);
    assert.equal(value('gatehouse_errors_total{surface="agent_api",code="authentication"}'), 1);
    assert.ok((value('gatehouse_tokens_made_total{kind="access"}') ?? 0) >= 1);
    assert.ok((value('gatehouse_cache_hits_total{cache="agents"}') ?? 0) >= 2);
    assert.ok((value('gatehouse_units_total') ?? 0) >= (value('gatehouse_commits_total') ?? 1));
    assert.match(text, /gatehouse_refusals_total\{endpoint="token",reason="\w+"\} 1/);
    for (const name of [
      'units_waiting',
      'hashes_waiting',
      'hashes_running',
      'cluster_hearing',
      'connections',
    ])
      assert.ok(value(`gatehouse_${name}`) !== undefined, name);
    assert.ok(value('nodejs_eventloop_lag_p99_seconds') !== undefined);
    for (const secret of [token, app.clientId, app.clientSecret, owner.accountId, owner.email, 'Secretive'])
      assert.ok(!text.includes(secret), `${secret} is told`);
  });

  it('are on a port of their own', async () => {
    assert.equal((await fetch(`${world.url}/metrics`)).status, 404);
    assert.equal((await fetch(new URL('/', world.server.metricsUrl))).status, 404);
  });

  it('are not there unless they are asked for', async () => {
    const plain = await openWorld();
    assert.equal(plain.server.metricsUrl, undefined);
    await plain.close();
  });
});
