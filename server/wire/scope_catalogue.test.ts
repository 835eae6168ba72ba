import assert from 'node:assert/strict';
import { test } from 'node:test';
import facts from './scope_catalogue.fixture.json' with { type: 'json' };
import {
  accountRoles,
  chatRoles,
  findScope,
  isScopeId,
  type RoleNeed,
  type Scope,
  scopeCatalogue,
  scopeRank,
} from './scope_catalogue.ts';

type Fact = {
  id: string;
  role: string | null;
  role_kind: string | null;
  defined: boolean;
  implies: string[];
};

function catalogued(id: string): Scope {
  const scope = findScope(id);
  assert.ok(scope, `${id} is missing from the catalogue`);
  return scope;
}

/** Compares two needs of the same kind; positive when the first asks for more. */
function compareNeeds(a: RoleNeed, b: RoleNeed): number {
  const ladder: readonly string[] = a.kind === 'chat' ? chatRoles : accountRoles;
  return ladder.indexOf(a.role) - ladder.indexOf(b.role);
}

test('the catalogue holds the 62 defined scopes, the 17 that only methods mention and 3 of our own, each once', () => {
  assert.equal(facts.filter((fact: Fact) => fact.defined).length, 62);
  assert.equal(facts.filter((fact: Fact) => !fact.defined).length, 17);
  assert.deepEqual(
    scopeCatalogue
      .filter((scope) => !scope.standardOnly)
      .map((scope) => scope.id)
      .toSorted(),
    facts.map((fact: Fact) => fact.id).toSorted(),
  );
});

test('the scopes of OpenID Connect are for everybody, and neither imply another nor are implied', () => {
  const own = scopeCatalogue.filter((scope) => scope.standardOnly);
  assert.deepEqual(
    own.map(({ id, role, selectable }) => [id, role, selectable]),
    [
      ['openid', null, true],
      ['profile', null, true],
      ['email', null, true],
    ],
  );
  for (const { implies } of own) assert.deepEqual(implies, []);
  assert.ok(!scopeCatalogue.some(({ implies }) => implies.some((id) => findScope(id).standardOnly)));
});

test('each scope implies what the documented rules say', () => {
  for (const fact of facts as Fact[]) {
    assert.deepEqual([...catalogued(fact.id).implies].sort(), fact.implies, fact.id);
  }
});

test('each defined scope needs the role that the scope list names, of the same kind', () => {
  for (const fact of (facts as Fact[]).filter((one) => one.defined)) {
    const wanted = fact.role === null ? null : { kind: fact.role_kind, role: fact.role };
    assert.deepEqual(catalogued(fact.id).role, wanted, fact.id);
  }
});

test('each scope that only methods mention has been given a role', () => {
  for (const fact of (facts as Fact[]).filter((one) => !one.defined)) {
    assert.notEqual(catalogued(fact.id).role, null, fact.id);
  }
});

test('the list of implied scopes is transitive and never comes back to the scope itself', () => {
  for (const scope of scopeCatalogue) {
    assert.ok(!scope.implies.includes(scope.id), scope.id);
    for (const implied of scope.implies) {
      for (const further of findScope(implied).implies) {
        assert.ok(scope.implies.includes(further), `${scope.id} → ${implied} → ${further}`);
      }
    }
  }
});

test('only one scope implies a scope that needs a higher role than itself: reading all bots', () => {
  const exceptions = scopeCatalogue.flatMap((scope) =>
    scope.implies
      .filter((implied) => {
        const need = findScope(implied).role;
        return need && scope.role && need.kind === scope.role.kind && compareNeeds(need, scope.role) > 0;
      })
      .map((implied) => `${scope.id} → ${implied}`),
  );
  assert.deepEqual(exceptions, ['agents-bot--all:ro → agents-bot--my:ro']);
});

test('titles and consent phrases are distinct, short, and fit into a sentence', () => {
  for (const field of ['title', 'consent'] as const) {
    const texts = scopeCatalogue.map((scope) => scope[field]);
    assert.equal(new Set(texts).size, texts.length, `two scopes share a ${field}`);
    for (const text of texts) {
      assert.match(text, /^[A-Z][^.]*$/);
      assert.ok(text.length <= 80, `too long: ${text}`);
    }
  }
});

test('a consent phrase of a scope that writes does not read as if it only looked', () => {
  const looking = /^(See|Read)(?!.*\b(edit|add|answer|create|change|write)\b)/i;
  for (const scope of scopeCatalogue.filter((one) => one.id.endsWith(':rw'))) {
    if (scope.id === 'webhooks--all:rw') assert.match(scope.consent, /delete/);
    else assert.doesNotMatch(scope.consent, looking, scope.id);
  }
});

test('two scopes cannot be chosen by an app or a personal access token', () => {
  assert.deepEqual(
    scopeCatalogue.filter((scope) => !scope.selectable).map((scope) => scope.id),
    ['subscription.lc:rw', 'sessions--all:rw'],
  );
});

test('only the exact spelling is a scope', () => {
  assert.ok(isScopeId('chats--all:ro'));
  for (const text of ['Chats--all:ro', ' chats--all:ro', 'chats--all', '', 'constructor', '__proto__']) {
    assert.ok(!isScopeId(text), text);
    assert.equal(findScope(text), undefined);
  }
});

test('the catalogue is frozen and ranked in its own order', () => {
  assert.ok(Object.isFrozen(scopeCatalogue));
  assert.ok(scopeCatalogue.every((scope) => Object.isFrozen(scope)));
  assert.deepEqual(
    scopeCatalogue.map((scope) => scopeRank.get(scope.id)),
    scopeCatalogue.map((_, index) => index),
  );
});
