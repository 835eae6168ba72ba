import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { findScope, type ScopeId, scopeCatalogue } from '../wire/scope_catalogue.ts';
import {
  addedScopes,
  covers,
  effectiveScopes,
  everyScope,
  expandScopes,
  fewest,
  formatScopes,
  grantableScopes,
  intersect,
  livechatScopes,
  modestScope,
  narrow,
  noScopes,
  parseScopes,
  type Roles,
  type ScopeDialect,
  type ScopeProblem,
  ScopeSet,
  satisfy,
  scopeSet,
} from './scopes.ts';

const owner: Roles = { account: 'owner', chat: 'administrator' };
const normalAgent: Roles = { account: 'member', chat: 'normal' };

function parsed(text: string, dialect: ScopeDialect): readonly string[] {
  const result = parseScopes(text, dialect);
  assert.ok(result.ok, JSON.stringify(result));
  return result.scopes.ids;
}

function problem(text: string, dialect: ScopeDialect): ScopeProblem {
  const result = parseScopes(text, dialect);
  assert.ok(!result.ok, `accepted: ${text}`);
  return result.problem;
}

test('the LiveChat dialect reads commas, spaces and any mixture, and collapses repetition', () => {
  const both = ['chats--all:ro', 'customers:rw'];
  for (const text of [
    'chats--all:ro,customers:rw',
    'chats--all:ro customers:rw',
    ' customers:rw , chats--all:ro,,chats--all:ro ',
  ]) {
    assert.deepEqual(parsed(text, 'livechat'), both, text);
  }
});

test('the standard dialect reads spaces alone and says so about commas', () => {
  assert.deepEqual(parsed('customers:rw  chats--all:ro customers:rw', 'standard'), [
    'chats--all:ro',
    'customers:rw',
  ]);
  const refused = problem('chats--all:ro,customers:rw', 'standard');
  assert.equal(refused.code, 'scope_separator');
  assert.match(refused.message, /separated by spaces, not by commas/);
});

test('empty text is an empty set in both dialects', () => {
  for (const text of ['', '   ']) {
    assert.deepEqual(parsed(text, 'livechat'), []);
    assert.deepEqual(parsed(text, 'standard'), []);
  }
});

test('an unknown scope is named, with the nearest known one when there is one', () => {
  for (const [text, suggestion] of [
    ['chats--al:ro', 'chats--all:ro'],
    ['chats-all:ro', 'chats--all:ro'],
    ['CHATS--ALL:RO', 'chats--all:ro'],
    ['customer:ro', 'customers:ro'],
    ['agents-all:rw', 'agents--all:rw'],
  ]) {
    const refused = problem(`customers:ro,${text}`, 'livechat');
    assert.equal(refused.code, 'scope_unknown');
    assert.equal(refused.token, text);
    assert.equal(refused.suggestion, suggestion);
    assert.ok(refused.message.includes(`"${text}"`) && refused.message.includes(`"${suggestion}"`));
  }
  assert.equal(problem('completely_unrelated', 'livechat').suggestion, undefined);
});

test('characters that no scope has are refused and shown in a printable form', () => {
  const refused = problem('chats--all:ro\u200b', 'standard');
  assert.equal(refused.code, 'scope_malformed');
  assert.equal(refused.token, 'chats--all:ro\\u200B');
  for (const text of ['chats--all:ro\tcustomers:ro', 'chats--all:ro\n', 'a"b', 'a\\b']) {
    assert.equal(problem(text, 'livechat').code, 'scope_malformed', JSON.stringify(text));
  }
});

test('text of any length is answered without repeating it', () => {
  const refused = problem('x'.repeat(9_000), 'livechat');
  assert.equal(refused.code, 'scope_too_long');
  assert.ok(refused.message.length < 200 && refused.token.length < 30);
  assert.ok(problem('y'.repeat(5_000), 'livechat').token.length <= 60);
});

test('scopes are written in the separator of the dialect and read back the same', () => {
  const text = formatScopes(['customers:rw', 'chats--all:ro', 'customers:rw'], 'livechat');
  assert.equal(text, 'chats--all:ro,customers:rw');
  assert.equal(formatScopes(['customers:rw', 'chats--all:ro'], 'standard'), 'chats--all:ro customers:rw');
  assert.deepEqual(parsed(formatScopes(everyScope, 'standard'), 'standard'), everyScope.ids);
  assert.deepEqual(parsed(formatScopes(everyScope, 'livechat'), 'livechat'), livechatScopes(everyScope).ids);
  assert.equal(formatScopes(['openid', 'chats--all:ro', 'email'], 'livechat'), 'chats--all:ro');
});

test('a scope set is made once for equal lists, is frozen, and leaves out withdrawn scopes', () => {
  const set = scopeSet(['customers:ro', 'chats--my:ro']);
  assert.equal(scopeSet(['chats--my:ro', 'customers:ro', 'withdrawn:ro', '__proto__']), set);
  assert.ok(Object.isFrozen(set) && Object.isFrozen(set.ids) && Object.isFrozen(set.expanded));
  assert.ok(noScopes.isEmpty && !set.isEmpty);
  assert.ok(set.names('customers:ro') && !scopeSet(['customers:rw']).names('customers:ro'));
});

test('remembering sets never changes an answer, however many different ones are asked for', () => {
  const ids = scopeCatalogue.map((scope) => scope.id);
  const first = scopeSet(['chats--all:ro']);
  for (let i = 0; i < 3_000; i++) scopeSet(ids.filter((_, bit) => (i >> (bit % 12)) & 1));
  assert.equal(scopeSet(['chats--all:ro']).key, first.key);
  assert.deepEqual(scopeSet(['chats--all:ro']).expanded, first.expanded);
});

test('the closure of a scope is what its rules say', () => {
  assert.deepEqual(expandScopes(['chats--access:ro']), ['chats--access:ro', 'chats--my:ro']);
  assert.ok(covers(['chats--all:rw'], ['chats.conversation--my:rw', 'chats--my:ro']));
  assert.ok(!covers(['chats--all:ro'], ['chats--my:rw']));
  assert.ok(!covers(['chats.conversation--all:rw'], ['chats--my:rw']));
  assert.ok(!covers(['agents-bot--all:rw'], ['agents--my:ro']));
  assert.ok(covers([], []));
});

test('of the alternatives that a caller holds, the widest reach is told', () => {
  const anyOf: ScopeId[] = ['chats--my:ro', 'chats--access:ro', 'chats--all:ro'];
  assert.equal(satisfy(['chats--all:rw'], anyOf), 'chats--all:ro');
  assert.equal(satisfy(['chats--access:rw'], anyOf), 'chats--access:ro');
  assert.equal(satisfy(['chats.conversation--my:rw'], anyOf), 'chats--my:ro');
  assert.equal(satisfy(['customers:ro'], anyOf), undefined);
  assert.equal(satisfy([], anyOf), undefined);
  assert.equal(satisfy(everyScope, []), undefined);
  assert.equal(
    satisfy(['tags--groups:ro', 'tags--all:ro'], ['tags--groups:ro', 'tags--all:ro']),
    'tags--all:ro',
  );
});

test('a role is given what it may have, and told which role the rest needs', () => {
  const wanted = ['chats--all:ro', 'chats--access:ro', 'organization--my:rw', 'tags--all:ro'];
  const normal = grantableScopes(wanted, normalAgent);
  assert.deepEqual(normal.granted.ids, ['chats--access:ro', 'tags--all:ro']);
  assert.deepEqual(normal.denied, [
    { scope: 'chats--all:ro', neededRole: { kind: 'chat', role: 'administrator' } },
    { scope: 'organization--my:rw', neededRole: { kind: 'account', role: 'owner' } },
  ]);
  assert.deepEqual(grantableScopes(everyScope, owner).denied, []);
});

test('the two administrator roles do not stand in for one another', () => {
  const chatOnly: Roles = { account: 'member', chat: 'administrator' };
  const accountOnly: Roles = { account: 'administrator', chat: 'normal' };
  assert.deepEqual(grantableScopes(['chats--all:ro', 'accounts--all:rw'], chatOnly).granted.ids, [
    'chats--all:ro',
  ]);
  assert.deepEqual(grantableScopes(['chats--all:ro', 'accounts--all:rw'], accountOnly).granted.ids, [
    'accounts--all:rw',
  ]);
});

test('a token of an administrator who became a normal agent keeps what the lost scope implied', () => {
  assert.deepEqual(effectiveScopes(['chats--all:ro'], normalAgent).ids, ['chats--access:ro']);
  assert.deepEqual(effectiveScopes(['chats--all:ro'], owner).ids, ['chats--all:ro']);
  assert.ok(effectiveScopes(['access_rules:rw'], normalAgent).isEmpty);
});

test('an intersection is told in the fewest scopes', () => {
  assert.deepEqual(intersect(['chats--all:rw'], ['chats--all:ro', 'chats--my:rw']).ids, [
    'chats--all:ro',
    'chats--my:rw',
  ]);
  assert.deepEqual(intersect(['chats--all:rw', 'chats--my:ro'], ['chats--all:rw']).ids, ['chats--all:rw']);
  assert.ok(intersect(['customers:ro'], ['chats--all:rw']).isEmpty);
});

test('a refresh may ask for less, and is told what goes too far', () => {
  const less = narrow(['chats--all:rw'], ['chats--my:ro']);
  assert.deepEqual(less.ok && less.scopes.ids, ['chats--my:ro']);
  const more = narrow(['chats--access:ro'], ['chats--all:ro', 'chats--my:ro', 'customers:ro']);
  assert.deepEqual(!more.ok && more.excess, ['chats--all:ro', 'customers:ro']);
});

test('consent grows by new scopes alone, not by those that were implied before', () => {
  assert.deepEqual(addedScopes(['chats--all:rw'], ['chats--access:ro', 'chats--all:rw']), []);
  assert.deepEqual(addedScopes(['chats--access:ro'], ['chats--all:ro', 'customers:ro']), [
    'chats--all:ro',
    'customers:ro',
  ]);
});

const someScopes = fc.subarray(
  scopeCatalogue.map((scope) => scope.id),
  { maxLength: 12 },
);
const someRoles = fc.record({
  account: fc.constantFrom('member' as const, 'administrator' as const, 'owner' as const),
  chat: fc.constantFrom('normal' as const, 'administrator' as const),
});

/** The closure by plain recursion: an oracle that shares nothing with `ScopeSet`. */
function closureOf(ids: readonly ScopeId[]): Set<string> {
  const reached = new Set<string>();
  const visit = (id: ScopeId): void => {
    if (reached.has(id)) return;
    reached.add(id);
    findScope(id).implies.forEach(visit);
  };
  ids.forEach(visit);
  return reached;
}

test('the algebra agrees with plain sets', () => {
  fc.assert(
    fc.property(someScopes, someScopes, someRoles, (a, b, roles) => {
      const [closureA, closureB] = [closureOf(a), closureOf(b)];
      assert.deepEqual(new Set(expandScopes(a)), closureA);
      assert.equal(
        covers(a, b),
        [...closureB].every((id) => closureA.has(id)),
      );
      assert.deepEqual(new Set(expandScopes(intersect(a, b))), closureA.intersection(closureB));
      assert.deepEqual(intersect(a, b), intersect(b, a));
      assert.deepEqual(new Set(expandScopes(fewest(a))), closureA);
      assert.ok(fewest(a).ids.length <= a.length);
      const { granted, denied } = grantableScopes(a, roles);
      assert.equal(granted.ids.length + denied.length, a.length);
      assert.ok(covers(a, effectiveScopes(a, roles)) && covers(effectiveScopes(a, roles), granted));
      const matched = satisfy(a, b);
      assert.equal(
        matched !== undefined,
        b.some((id) => closureA.has(id)),
      );
      assert.ok(matched === undefined || (closureA.has(matched) && b.includes(matched)));
      assert.ok(new ScopeSet(scopeSet(a).ids).key === scopeSet(a).key);
    }),
    { numRuns: 2_000 },
  );
});

test('the most modest of several scopes is the one with the narrowest reach, then with the fewest implied', () => {
  assert.equal(modestScope(['chats--all:ro', 'chats--access:ro', 'chats--my:ro']), 'chats--my:ro');
  assert.equal(modestScope(['chats--my:rw', 'chats.conversation--my:rw']), 'chats.conversation--my:rw');
  assert.equal(modestScope(['agents--all:rw', 'agents--all:ro']), 'agents--all:ro');
  assert.equal(modestScope(['customers:own']), 'customers:own');
  assert.equal(modestScope([]), undefined);
});
