import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Compile } from 'typebox/compile';
import { registry } from '../../server/apis/registry/registry.ts';
import { openapiDocument } from '../../server/transport/docs/openapi/document.ts';
import { openFixtures } from '../support/endpoints/fixtures.ts';
import { draftOf, openSender, openStranger, wireOf } from '../support/endpoints/request.ts';
import { SAMPLES } from '../support/endpoints/samples.ts';
import { type Crew, idsOf, openCrew } from '../support/registry/crew.ts';
import { leastInput } from '../support/registry/inputs.ts';
import type { Schema } from '../support/registry/schema_paths.ts';
import { openWorld, type World } from '../support/world.ts';

interface Answer {
  content?: Record<string, { schema?: object }>;
  'x-error-types'?: string[];
}

interface Operation {
  operationId: string;
  responses: Record<string, Answer>;
  requestBody?: { content: Record<string, { example?: Record<string, unknown> }> };
}

const document = openapiDocument({
  publicUrl: 'http://localhost',
  productName: 'Gatehouse',
  version: '1',
}) as unknown as {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object> };
};

/** With every reference put in its place. */
function whole(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(whole);
  if (typeof value !== 'object' || value === null) return value;
  const { $ref } = value as { $ref?: string };
  if ($ref !== undefined) return whole(document.components.schemas[$ref.split('/').at(-1) ?? '']);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, whole(inner)]));
}

const compiled = new Map<object, ReturnType<typeof Compile>>();

/** Fails where a status is not documented for an operation, or an answer does not fit what is. */
function checkAnswer(operation: Operation, status: number, text: string, what: string): void {
  const documented = operation.responses[status];
  assert.ok(documented, `${what} answers ${status}, which is not documented: ${text.slice(0, 300)}`);
  const schema = documented.content?.['application/json']?.schema;
  if (!schema) return;
  const check = compiled.get(schema) ?? Compile(whole(schema) as never);
  compiled.set(schema, check);
  const body: unknown = JSON.parse(text);
  if (!check.Check(body))
    assert.fail(
      `${what} answers ${status} with ${text.slice(0, 300)}: ${JSON.stringify([...check.Errors(body)].slice(0, 3))}`,
    );
  const words = documented['x-error-types'];
  if (!words) return;
  const { error } = body as { error: string | { type: string } };
  const word = typeof error === 'string' ? error : error.type;
  assert.ok(words.includes(word), `${what} answers ${status} with ${word}; documented: ${words.join(', ')}`);
}

describe('every operation of the OpenAPI document, replayed against the running server', () => {
  let world: World;
  let crew: Crew;
  before(async () => {
    world = await openWorld();
    crew = await openCrew(world, 'REPLAYED', 3);
  });
  after(() => world.close());

  it('answers the example of each method with a documented status and what fits it', async () => {
    let done = 0;
    for (const method of [...registry.agent, ...registry.customer, ...registry.configuration]) {
      const path = `/v3.6/${method.api}/action/${method.name}`;
      const operation = document.paths[path]?.post;
      assert.ok(operation, path);
      const example = operation.requestBody?.content['application/json']?.example ?? {};
      await crew.prepare(method);
      const input = leastInput(method.input as Schema, example, idsOf(crew, method));
      const answer = await crew.call(method, input);
      checkAnswer(operation, answer.status, JSON.stringify(answer.body), path);
      if (answer.status === 200) done += 1;
    }
    assert.ok(done > 60, `${done} were answered with 200`);
  });

  it('answers what has no credential, and what is no object, with documented refusals', async () => {
    for (const method of [...registry.agent, ...registry.customer, ...registry.configuration]) {
      const path = `/v3.6/${method.api}/action/${method.name}`;
      const operation = document.paths[path]?.post as Operation;
      const address = `${path}?organization_id=${crew.organization.id}`;
      const unnamed = await world.call(address, operation.requestBody?.content['application/json']?.example);
      checkAnswer(operation, unnamed.status, JSON.stringify(unnamed.body), `${path} without a credential`);
      const wrong = await crew.call(method, '[1]');
      checkAnswer(operation, wrong.status, JSON.stringify(wrong.body), `${path} with a list`);
      assert.ok(wrong.status >= 400, path);
    }
  });

  it('answers right and wrong requests of the authorization server as it is documented', async () => {
    const stranger = await openStranger(world);
    const f = await openFixtures(world);
    const sender = openSender(world.url);
    for (const [path, verbs] of Object.entries(document.paths)) {
      if (path.startsWith('/v3.6/')) continue;
      for (const [verb, operation] of Object.entries(verbs)) {
        const url = path.replace(/\{(\w+)\}/g, ':$1');
        const endpoint = { method: verb.toUpperCase(), url };
        const samples = SAMPLES[`${endpoint.method} ${url}`]?.(f) ?? [{ as: 'person' as const }];
        for (const sample of samples) {
          const draft = draftOf(endpoint, sample, f, stranger);
          const empty = { ...draft, body: { kind: 'none' as const }, headers: { accept: '*/*' } };
          for (const one of [draft, empty]) {
            const answer = await sender.send(wireOf(one));
            checkAnswer(operation, answer.status, answer.text, `${endpoint.method} ${path}`);
          }
        }
      }
    }
    sender.close();
  });
});
