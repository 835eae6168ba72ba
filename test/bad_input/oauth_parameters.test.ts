import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { databaseImage, effectsBetween } from '../support/database_image.ts';
import { eachEngine } from '../support/databases.ts';
import { checkAnswer, refusedBy, surfaceOf } from '../support/endpoints/answers.ts';
import { type Endpoint, endpointsOf } from '../support/endpoints/catalogue.ts';
import { type Fixtures, openFixtures } from '../support/endpoints/fixtures.ts';
import {
  curlOf,
  type Draft,
  draftOf,
  openSender,
  openStranger,
  type Pair,
  type Sender,
  type Stranger,
  wireOf,
} from '../support/endpoints/request.ts';
import { openWorld, type World } from '../support/world.ts';

/** Ways to get the value of a parameter wrong, as it goes over the wire in a query or a form. */
const WRONG_VALUES: Record<string, (value: string) => string> = {
  oversized: (value) => value + 'a'.repeat(4_097),
  'with NUL': (value) => `${value}%00`,
  'with CRLF': (value) => `${value}%0D%0Ax-injected%3A%201`,
  'of broken UTF-8': (value) => `${value}%C3%28`,
  'of overlong UTF-8': (value) => `${value}%C0%AE`,
  'of half a surrogate pair': (value) => `${value}%ED%A0%80`,
};

/** The same inside JSON, and values that are no text. */
const WRONG_JSON: Record<string, (value: unknown) => unknown> = {
  oversized: (value) => `${value}${'a'.repeat(4_097)}`,
  'with NUL': (value) => `${value}\0`,
  'with CRLF': (value) => `${value}\r\nx-injected: 1`,
  'of half a surrogate pair': (value) => `${value}\ud800`,
  'a fraction': () => 1.5,
  'true, no text': () => true,
  'an array': (value) => [value],
  'an object': (value) => ({ value }),
  null: () => null,
};

const isRegistration = ({ url }: Endpoint): boolean => url.startsWith('/oauth2/register/');

/** Only prefill the page, or are not asked for where a person has one organization. */
const MERE_HINTS = [
  'GET /device: user_code oversized',
  'GET /device: user_code with CRLF',
  'POST /device: organization_id oversized',
  'POST /device: organization_id with CRLF',
];

const isOauth = ({ url }: Endpoint): boolean =>
  ['livechat', 'standard'].includes(surfaceOf(url)) || ['/', '/oauth2/authorize', '/device'].includes(url);

eachEngine((engine) => {
  describe('every parameter of every OAuth endpoint', () => {
    let world: World;
    let sender: Sender;
    let stranger: Stranger;
    let endpoints: Endpoint[];
    let f: Fixtures;
    before(async () => {
      world = await openWorld(engine, ['--trust-proxy', '127.0.0.1']);
      sender = openSender(world.url);
      stranger = await openStranger(world);
      endpoints = (await endpointsOf(world)).endpoints.filter(isOauth);
      f = await openFixtures(world);
    });
    after(async () => {
      sender.close();
      await world.close();
    });

    let count = 0;

    /** Sends one wrong request. @returns what is wrong with the answer */
    async function problemOf(draft: Draft, what: string): Promise<string | undefined> {
      draft.headers['x-forwarded-for'] = `10.1.${(++count >> 8) & 255}.${count & 255}`;
      const request = wireOf(draft);
      const answer = await sender.send(request);
      try {
        const surface = surfaceOf(draft.path);
        checkAnswer(surface, request, answer);
        assert.ok(refusedBy(answer), `answered ${answer.status} ${answer.text.slice(0, 100)}`);
        return undefined;
      } catch (error) {
        return `${draft.method} ${draft.path}: ${what}: ${(error as Error).message}\n  ${curlOf(world.url, request)}`;
      }
    }

    /** Every sample, with one parameter after the other got wrong. */
    async function* wrongRequests(): AsyncGenerator<[draft: Draft, what: string]> {
      // Strangers are asked to log in first, and told then (RFC 9700 §4.11.2).
      for (const endpoint of endpoints)
        for (const sample of endpoint.samples(f).filter(({ as }) => as !== 'stranger')) {
          const fresh = () => draftOf(endpoint, sample, f, stranger);
          const pairsOf = ({ query, body }: Draft) => [query, ...(body.kind === 'form' ? [body.pairs] : [])];
          for (const [list, pairs] of pairsOf(fresh()).entries())
            for (const [index, [name, value]] of pairs.entries()) {
              for (const [what, make] of Object.entries(WRONG_VALUES)) {
                // A form of an app is sent on to the same address by GET, which is tested beside it.
                if (sample.foreignForm && what === 'oversized') continue;
                const draft = fresh();
                pairsOf(draft)[list]?.splice(index, 1, [name, make(value)]);
                yield [draft, `${name} ${what}`];
              }
              if (name === 'resource') continue;
              const draft = fresh();
              pairsOf(draft)[list]?.push([name, value]);
              yield [draft, `${name} doubled`];
            }
          const { body } = fresh();
          if (body.kind !== 'json') continue;
          for (const [name, value] of Object.entries(body.value)) {
            for (const [what, make] of Object.entries(WRONG_JSON)) {
              // RFC 7592 §2.2: an app's metadata may be null, which says the same as leaving it out.
              if (what === 'null' && isRegistration(endpoint)) continue;
              const draft = fresh();
              draft.body = { kind: 'json', value: { ...body.value, [name]: make(value) } };
              yield [draft, `${name} ${what}`];
            }
            const draft = fresh();
            const doubled = `{${JSON.stringify(name)}:${JSON.stringify(value)},`;
            const text = JSON.stringify(body.value).replace('{', doubled);
            draft.body = { kind: 'bytes', bytes: Buffer.from(text) };
            yield [draft, `${name} doubled`];
          }
        }
    }

    it('is refused in the documented shape when it is wrong, and nothing happens', async () => {
      const image = world.file && (await databaseImage(world));
      const problems: string[] = [];
      for await (const [draft, what] of wrongRequests()) {
        if (MERE_HINTS.includes(`${draft.method} ${draft.path}: ${what}`)) continue;
        const problem = await problemOf(draft, what);
        if (problem) problems.push(problem);
      }
      assert.deepEqual(problems, []);
      if (world.file && image) assert.deepEqual(effectsBetween(image, await databaseImage(world)), []);
      assert.ok(count > 500, `only ${count} cases`);
    });

    // Decided before any storage is asked.
    if (engine.name === 'sqlite')
      it('counts as left out when it is empty (RFC 6749 §3.1, §3.2)', async () => {
        for (const endpoint of endpoints.filter(
          // An organization is made by JSON with a schema of its own, which no RFC speaks of.
          (one) => one.url !== '/device' && one.url !== '/v2/organizations' && !isRegistration(one),
        )) {
          for (const [number, sample] of endpoint.samples(f).entries()) {
            const names = Object.keys({ ...sample.query, ...sample.form, ...sample.json });
            for (const name of names.filter((one) => one !== 'csrf_token')) {
              const statuses: number[] = [];
              for (const change of ['empty', 'removed'] as const) {
                const draft = draftOf(endpoint, endpoint.samples(f)[number] ?? sample, f, stranger);
                leaveOut(draft, name, change);
                const request = wireOf(draft);
                const answer = await sender.send(request);
                checkAnswer(surfaceOf(draft.path), request, answer);
                statuses.push(answer.status);
                // A good request uses up what it names.
                if (!refusedBy(answer) && endpoint.method !== 'GET') f = await openFixtures(world);
              }
              assert.equal(statuses[0], statuses[1], `${endpoint.name}: ${name} empty, and removed`);
            }
          }
        }
      });
  });
});

function leaveOut({ query, body }: Draft, name: string, change: 'empty' | 'removed'): void {
  for (const pairs of [query, ...(body.kind === 'form' ? [body.pairs] : [])]) {
    const at = pairs.findIndex(([one]) => one === name);
    if (at >= 0) pairs.splice(at, 1, ...(change === 'empty' ? [[name, ''] as Pair] : []));
  }
  if (body.kind !== 'json') return;
  if (change === 'empty') body.value[name] = '';
  else delete body.value[name];
}
