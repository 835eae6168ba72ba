import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { changesBetween, databaseImage } from './support/database_image.ts';
import { checkAnswer, refusedBy, surfaceOf } from './support/endpoints/answers.ts';
import { type Endpoint, endpointsOf } from './support/endpoints/catalogue.ts';
import { type Fixtures, openFixtures } from './support/endpoints/fixtures.ts';
import { FATAL_MUTATIONS, MUTATIONS, type Mutation } from './support/endpoints/mutations.ts';
import { signedIn } from './support/endpoints/people.ts';
import { type SeededRandom, seeded } from './support/endpoints/random.ts';
import {
  curlOf,
  type Draft,
  draftOf,
  openSender,
  openStranger,
  type Sender,
  type Stranger,
  type WireAnswer,
  type WireRequest,
  wireOf,
} from './support/endpoints/request.ts';
import { openWorld, type World } from './support/world.ts';

/** Another seed makes other requests: `FUZZ_SEED=7 FUZZ_REQUESTS=200000 npm test -- fuzz`. */
const SEED = Number(process.env.FUZZ_SEED ?? 20_260_131);
const REQUESTS = Number(process.env.FUZZ_REQUESTS ?? 20_000);
/** Requests that share their fixtures, of which one may use up what the next would have needed. */
const CHUNK = 60;
const IN_FLIGHT = 8;

describe(`requests made wrong at random (FUZZ_SEED=${SEED})`, () => {
  let world: World;
  let sender: Sender;
  let stranger: Stranger;
  let endpoints: Endpoint[];
  let unknown: string[];
  let sent = 0;
  /** By what went wrong, so that one run shows all there is to mend. */
  const failures = new Map<string, string>();

  before(async () => {
    // Each request has an address of its own, so that nothing is answered by a throttle alone.
    world = await openWorld(undefined, ['--trust-proxy', '127.0.0.1']);
    sender = openSender(world.url, { connections: IN_FLIGHT });
    ({ endpoints, unknown } = await endpointsOf(world));
    stranger = await openStranger(world);
  });
  after(async () => {
    sender.close();
    await world.close();
  });

  it('know a right request of every address that is served', () => {
    assert.deepEqual(
      unknown,
      [],
      'These addresses have no sample of a right request. Write one in test/support/endpoints/samples.ts.',
    );
    assert.ok(endpoints.length > 60);
  });

  async function send(
    endpoint: Endpoint,
    request: WireRequest,
    how: string,
  ): Promise<WireAnswer | undefined> {
    sent += 1;
    try {
      const answer = await sender.send(request);
      checkAnswer(surfaceOf(request.target.split('?')[0] ?? ''), request, answer);
      return answer;
    } catch (error) {
      fail(endpoint, request, how, (error as Error).message);
      return undefined;
    }
  }

  function fail(endpoint: Endpoint, request: WireRequest, how: string, problem: string): void {
    failures.set(
      `${endpoint.name}: ${problem.slice(0, 120)}`,
      `${endpoint.name}, ${how}: ${problem}\n    ${curlOf(world.url, request)}`,
    );
  }

  function noFailures(): void {
    const shown = [...failures.values()].slice(0, 25).join('\n');
    assert.equal(failures.size, 0, `FUZZ_SEED=${SEED}\n${shown}`);
  }

  /** Runs jobs, several at once. */
  async function several(jobs: (() => Promise<void>)[]): Promise<void> {
    let next = 0;
    await Promise.all(
      Array.from({ length: IN_FLIGHT }, async () => {
        for (let job = jobs[next++]; job; job = jobs[next++]) await job();
      }),
    );
  }

  /** One wrong request: a sample with some mutations, from an address of its own. */
  function wrong(
    endpoint: Endpoint,
    f: Fixtures,
    mutations: Record<string, Mutation>,
    random: SeededRandom,
    most: number,
  ): { request: WireRequest; how: string } | undefined {
    const draft: Draft = draftOf(endpoint, random.pick(endpoint.samples(f)), f, stranger);
    draft.headers['x-forwarded-for'] = address(sent);
    const applied: string[] = [];
    const count = 1 + random.below(most);
    for (let tries = 0; tries < 20 && applied.length < count; tries++) {
      const name = random.pick(Object.keys(mutations));
      if (mutations[name]?.(draft, random)) applied.push(name);
    }
    if (applied.length === 0) return undefined;
    return { request: wireOf(draft), how: applied.join(' + ') };
  }

  it('are refused without any effect where they are plainly wrong', async () => {
    const random = seeded(SEED);
    const writing = endpoints.filter(
      ({ method, name }) => method !== 'GET' || name === 'GET /oauth2/authorize',
    );
    const f = await openFixtures(world);
    assert.ok(world.file);
    for (const endpoint of writing) {
      const image = await databaseImage(world);
      const jobs = Array.from({ length: 16 }, () => async () => {
        const made = wrong(endpoint, f, FATAL_MUTATIONS, random, 1);
        if (!made) return;
        const answer = await send(endpoint, made.request, made.how);
        if (!answer) return;
        if (!refusedBy(answer))
          fail(endpoint, made.request, made.how, `answered ${answer.status} to what is plainly wrong`);
      });
      await several(jobs);
      for (const change of changesBetween(image, await databaseImage(world)))
        failures.set(`${endpoint.name} ${change}`, `${endpoint.name} changed ${change}`);
    }
    noFailures();
  });

  it('never break, hang or trick the server', async () => {
    let f = await openFixtures(world);
    const weights = endpoints.map((endpoint) => weightOf(endpoint, f));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    for (const [index, endpoint] of endpoints.entries()) {
      const random = seeded(SEED + 1 + index);
      if (usesUp(endpoint) || !(await areAlive(f))) f = await openFixtures(world);
      const wanted = Math.ceil((REQUESTS * (weights[index] ?? 0)) / total);
      for (let done = 0; done < wanted; done += CHUNK) {
        f = { ...f, person: await signedIn(world, { ...f.person, ...(await organizationOf(f)) }) };
        const jobs = Array.from({ length: Math.min(CHUNK, wanted - done) }, () => async () => {
          const made = wrong(endpoint, f, MUTATIONS, random, 3);
          if (made) await send(endpoint, made.request, made.how);
        });
        await several(jobs);
      }
      world.server.clock.reset();
    }
    noFailures();
  });

  /** Codes and handles are good once, so that these addresses begin with new ones. */
  const usesUp = ({ method, url }: Endpoint): boolean =>
    method !== 'GET' && /^\/(v2|oauth2|device|grant-access|reset-password|confirm-email)\b/.test(url);

  async function areAlive({ accessToken, customerToken, person, victim }: Fixtures): Promise<boolean> {
    const [agent, customer, app] = await Promise.all([
      fetch(`${world.url}/v2/info`, { headers: { authorization: `Bearer ${accessToken}` } }),
      fetch(`${world.url}/v2/customer/info`, { headers: { authorization: `Bearer ${customerToken}` } }),
      person.browser.get(`/console/api/apps/${victim.details.app.id}`),
    ]);
    const own = JSON.parse(app.text) as { authorization?: unknown };
    return agent.ok && customer.ok && app.status === 200 && Boolean(own.authorization);
  }

  async function organizationOf(f: Fixtures): Promise<{ licenseId: number }> {
    const [own] = await world.server.services.identity.organizationsOf(f.person.accountId);
    assert.ok(own, 'the fixtures have lost their organization');
    return { licenseId: own.organization.licenseId };
  }

  it('were at least as many as asked for, and the server is well after them', async () => {
    assert.ok(sent >= REQUESTS, `${sent} requests were sent`);
    assert.equal((await fetch(`${world.url}/readyz`)).status, 200);
    const f = await openFixtures(world);
    assert.equal(
      (await world.call('/v3.6/agent/action/list_chats', {}, `Bearer ${f.accessToken}`)).status,
      200,
    );
  });
});

/** Pages without parameters have the least to get wrong, and hashes cost the most. */
function weightOf(endpoint: Endpoint, f: Fixtures): number {
  const samples = endpoint.samples(f);
  if (samples.some(({ slow }) => slow)) return 0.05;
  return samples.every(({ query, form, json }) => !query && !form && !json) ? 0.3 : samples.length;
}

/** 10.0.0.0 and on. */
function address(count: number): string {
  return `10.${(count >> 16) & 255}.${(count >> 8) & 255}.${count & 255}`;
}
