import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Compile } from 'typebox/compile';
import { LIVECHAT_TYPE } from '../../server/apis/present/livechat_error.ts';
import { LIVECHAT_OAUTH } from '../../server/transport/oauth/oauth_error.ts';
import { eachEngine } from '../support/databases.ts';
import { type Crew, changesBetween, idsOf, openCrew, rowsOf } from '../support/registry/crew.ts';
import { leastInput, parametersOf, withParameter, wrongValues } from '../support/registry/inputs.ts';
import { type DocumentedMethod, declaredOf, documentedApis } from '../support/registry/reference.ts';
import { branches, namesPath, type Schema } from '../support/registry/schema_paths.ts';
import { type Answer, openWorld, type World } from '../support/world.ts';
import { exampleInputs, foreignIdsPass, needsState } from './reviewed_calls.ts';

const methods = documentedApis.flatMap((api) => [...declaredOf(api).values()]);
const nameOf = ({ api, name }: DocumentedMethod) => `${api}.${name}`;
const DOCUMENTED = new Set([...Object.values(LIVECHAT_TYPE), ...Object.values(LIVECHAT_OAUTH)]);
/** Chosen by callers themselves, as are the ids inside an event: they name nothing of anybody's. */
const OWN_CHOICE = /(^|\.)(custom_id|template_id)$|(^|\.)(event|events\[\])\./;

eachEngine((engine) => {
  describe('every declared method', () => {
    let world: World;
    let crew: Crew;
    let other: Crew;
    before(async () => {
      world = await openWorld(engine);
      crew = await openCrew(world, 'PLAINVIEW', 3);
      other = await openCrew(world, 'CANARYBIRD', 7);
    });
    after(() => world.close());

    const input = (method: DocumentedMethod) =>
      leastInput(
        method.input as Schema,
        exampleInputs[nameOf(method)] ?? method.example,
        idsOf(crew, method),
      );
    const describeAnswer = ({ status, body }: Answer) => `${status} ${JSON.stringify(body).slice(0, 300)}`;

    it('answers its example as it declares, with no key beyond', async () => {
      const failed: string[] = [];
      for (const method of methods) {
        await crew.prepare(method);
        const answer = await crew.call(method, input(method));
        if (answer.status >= 300) failed.push(`${nameOf(method)}: ${describeAnswer(answer)}`);
        else checkAnswer(method, answer.body);
      }
      const unexpected = failed.filter((line) => !needsState.has(line.split(':')[0] ?? ''));
      assert.deepEqual(unexpected, [], 'these have an example that does not work; mend it or say why');
    });

    it('lets nothing of another organization through, whatever id names it', async () => {
      const ids: (string | number)[] = [
        other.chatId,
        other.threadId,
        other.eventId,
        other.customerId,
        other.agentId,
        other.accountId,
        other.clientId,
        other.organization.id,
        other.groupId,
        other.botId,
        other.templateId,
        other.ruleId,
      ];
      // Which only some parameters can be thought to mean.
      const far = [other.accountId, other.clientId, other.organization.id];
      let untouched = await rowsOf(world, other.organization);
      let tried = 0;
      for (const method of methods) {
        await crew.prepare(method);
        for (const { path, schema } of parametersOf(method.input as Schema)) {
          const last = path.replaceAll('[]', '').split('.').at(-1) ?? '';
          if (!/(^|_)ids?$/.test(last) || OWN_CHOICE.test(path)) continue;
          const fits = Compile(schema as never);
          const named = /account|client|organization|user|^ids?$/.test(last);
          for (const id of ids) {
            if (!fits.Check(id) || (!named && far.includes(id))) continue;
            const foreign = withParameter(
              method.input as Schema,
              input(method),
              path,
              id,
              idsOf(crew, method),
            );
            const answer = await crew.call(method, foreign);
            const what = `${nameOf(method)} with ${path} = ${id}: ${describeAnswer(answer)}`;
            tried += 1;
            assert.ok(answer.status < 500, what);
            assert.doesNotMatch(JSON.stringify(answer.body), /CANARYBIRD/, what);
            const reviewed = foreignIdsPass.find((one) => one.fits.test(`${nameOf(method)} ${path}`));
            for (const leaked of ids.filter((one) => typeof one === 'string' && one !== id))
              if (
                !reviewed?.echoed &&
                !String(id).startsWith(String(leaked)) &&
                !String(leaked).startsWith(String(id))
              )
                assert.ok(!JSON.stringify(answer.body).includes(String(leaked)), `${what} names ${leaked}`);
            if (!reviewed) assert.ok(answer.status >= 400, what);
          }
        }
        const now = await rowsOf(world, other.organization);
        assert.deepEqual(
          changesBetween(untouched, now),
          [],
          `${nameOf(method)} changed another organization`,
        );
        untouched = now;
      }
      assert.ok(tried > methods.length, `${tried} foreign ids were tried`);
    });

    // What a schema refuses reaches no database: one engine is enough.
    if (engine.name === 'sqlite')
      it('refuses what its schema does not take, and changes nothing', async () => {
        // The same part of many inputs, such as an event, is got wrong once for each API.
        const tried = new Set<string>();
        const parts = new Map<unknown, number>();
        const partOf = (schema: Schema) => {
          const [first = schema] = branches(schema);
          parts.set(first, parts.get(first) ?? parts.size);
          return parts.get(first);
        };
        for (const method of methods) {
          const check = Compile(method.input as never);
          await crew.prepare(method);
          const unchanged = await rowsOf(world, crew.organization);
          for (const { path, schema, required } of parametersOf(method.input as Schema))
            for (const { what, value } of wrongValues(schema, required, /[.[]/.test(path))) {
              const part = `${method.api} ${path.split('.').at(-1)} ${partOf(schema)} ${what}`;
              // The customer's calls name it in the address, where it cannot be got wrong here.
              if (path === 'organization_id') continue;
              if (/[.[]/.test(path) && tried.has(part)) continue;
              tried.add(part);
              const known = idsOf(crew, method);
              const wrong = withParameter(method.input as Schema, input(method), path, value, known);
              if (check.Check(wrong) || !reaches(method, path, value)) continue;
              const answer = await crew.call(method, wrong);
              const told = `${nameOf(method)} with ${path} = ${what}: ${describeAnswer(answer)}`;
              assert.ok(answer.status >= 400 && answer.status < 500, told);
              const { error, error_description: words } = answer.body;
              assert.ok(DOCUMENTED.has(error.type ?? error), told);
              assert.ok((error.message ?? words).length > 10, told);
            }
          const deep = `{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}`;
          const huge = `{"a":"${'x'.repeat(11 * 1024 * 1024)}"}`;
          const { status } = takesBody(method) ? await crew.call(method, deep) : { status: 400 };
          assert.ok([400, 415, 422].includes(status), `${nameOf(method)}, deep: ${status}`);
          if (method === methods[0])
            assert.equal((await crew.call(method, huge)).status, 413, `${nameOf(method)}, huge`);
          const now = await rowsOf(world, crew.organization);
          assert.deepEqual(changesBetween(unchanged, now), [], `${nameOf(method)} changed something`);
        }
      });
  });
});

function checkAnswer(method: DocumentedMethod, body: unknown): void {
  const checked = Compile(method.output as never);
  if (!checked.Check(body))
    assert.fail(`${nameOf(method)} answers ${JSON.stringify([...checked.Errors(body)].slice(0, 3))}`);
  const undeclared = keysOf(body, '').filter((path) => !namesPath(method.output as Schema, path));
  assert.deepEqual(undeclared, [], `${nameOf(method)} answers keys that it does not declare`);
}

function keysOf(value: unknown, base: string): string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap((item) => keysOf(item, `${base}[]`)))];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const path = base === '' ? key : `${base}.${key}`;
    // A dot in a key would read as a step; such keys are of records, which take any.
    return key.includes('.') ? [] : [path, ...keysOf(inner, path)];
  });
}

function takesBody(method: DocumentedMethod): boolean {
  return method.api !== 'accounts' || !['GET', 'DELETE'].includes(method.http.method);
}

/** In an address every value is a text, and an empty part of a path makes another address. */
function reaches(method: DocumentedMethod, path: string, value: unknown): boolean {
  if (method.api !== 'accounts') return true;
  const isInPath = method.http.path.split('/').includes(`:${path}`);
  return isInPath ? value !== '' : takesBody(method) || typeof value === 'string';
}
