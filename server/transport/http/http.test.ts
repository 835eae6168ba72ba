import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import Type from 'typebox';
import { validator } from '../../apis/registry/validate.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import { safeNext } from '../accounts/pages_plugin.ts';
import { nearestName } from '../api/nearest_name.ts';
import { parseStrictJson } from './strict_json.ts';

function messageOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    assert.ok(error instanceof GatehouseError);
    assert.equal(error.code, 'validation');
    return error.message;
  }
  return assert.fail('nothing was refused');
}

describe('strict JSON', () => {
  it('reads what JSON.parse reads', () => {
    const text = '{"a":[1,{"b":"x\\"}","c":null}],"d":{"a":"\\u0061"},"e":"{\\"a\\":1,\\"a\\":2}"}';
    assert.deepEqual(parseStrictJson(text), JSON.parse(text));
  });
  const refused: [string, string, RegExp][] = [
    ['a key that stands twice', '{"limit":1,"limit":2}', /"limit" stands twice/],
    ['a key that stands twice in another spelling', '{"a":1,"\\u0061":2}', /"a" stands twice/],
    ['a key that stands twice further down', '{"x":[{"y":{"a":1,"b":2,"a":3}}]}', /"a" stands twice/],
    ['__proto__', '{"__proto__":{"admin":true}}', /__proto__/],
    ['endless nesting', `${'['.repeat(40)}${']'.repeat(40)}`, /nested deeper than 32/],
    ['a missing bracket', '{"a":1', /not valid JSON/],
    ['an empty text', '  ', /it is empty/],
    ['a trailing comma', '{"a":1,}', /line 1, column 8/],
  ];
  for (const [what, text, words] of refused)
    it(`refuses ${what}`, () =>
      assert.match(
        messageOf(() => parseStrictJson(text)),
        words,
      ));
  it('lets the same key stand in two objects', () => {
    assert.deepEqual(parseStrictJson('[{"a":1},{"a":2}]'), [{ a: 1 }, { a: 2 }]);
  });
});

describe('the validator', () => {
  const validate = validator(
    Type.Object({
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 10 })),
      order: Type.Optional(Type.Union([Type.Literal('asc'), Type.Literal('desc')])),
      users: Type.Optional(Type.Array(Type.Object({ id: Type.String() }))),
    }),
  );
  it('fills in defaults', () => assert.deepEqual(validate({}), { limit: 10 }));
  const refused: [unknown, RegExp][] = [
    [{ limit: 0 }, /^`limit`: It is 0; it should be at least 1\.$/],
    [{ limit: -1 }, /^`limit`: It is -1; it should be at least 1\.$/],
    [{ limit: 101 }, /^`limit`: It is 101; it should be at most 100\.$/],
    [{ limit: 'x' }, /^`limit`: It should be an integer, and is "x"\.$/],
    [{ limit: 1.5 }, /^`limit`: It should be an integer, and is 1\.5\.$/],
    [{ order: 'up' }, /^`order`: It should be "asc" or "desc", and is "up"\.$/],
    [{ users: [{ id: 'a' }, {}] }, /^`users\[1\]\.id`: It is missing\.$/],
    [{ users: 'all' }, /^`users`: It should be an array, and is "all"\.$/],
    [[], /^It should be an object, and is an array\.$/],
  ];
  for (const [input, words] of refused)
    it(`says what is wrong with ${JSON.stringify(input)}`, () =>
      assert.match(
        messageOf(() => validate(input)),
        words,
      ));
});

describe('the nearest name', () => {
  const names = ['list_chats', 'get_chat', 'send_event'];
  it('is offered for a slip of the hand', () => {
    assert.equal(nearestName('list_chat', names), 'list_chats');
    assert.equal(nearestName('listchats', names), 'list_chats');
  });
  it('is not offered for something else', () =>
    assert.equal(nearestName('delete_organization', names), undefined));
});

describe('the page to go on to after logging in', () => {
  for (const good of ['/console', '/console/apps?x=1', '/account/apps'])
    it(`may be ${good}`, () => assert.equal(safeNext(good), good));
  for (const bad of [
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    '/a\nb',
    '/ a',
    '',
  ])
    it(`is not ${JSON.stringify(bad)}`, () => assert.equal(safeNext(bad), undefined));
});
