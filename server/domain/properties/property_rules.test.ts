import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isGatehouseError } from '../../kernel/errors.ts';
import { mergeProperties, readProperties, withProperty } from './property_rules.ts';

describe('properties', () => {
  it('are kept by namespace and name, without empty namespaces', () => {
    assert.deepEqual(readProperties({ a: { x: 1, y: 'two', z: false }, b: {} }, 'p'), {
      a: { x: 1, y: 'two', z: false },
    });
    assert.deepEqual(readProperties(undefined, 'p'), {});
  });

  const wrong: [string, Parameters<typeof readProperties>[0]][] = [
    ['a namespace without a name', { '': { x: 1 } }],
    ['a name that is too long', { a: { ['x'.repeat(256)]: 1 } }],
    ['a NUL', { a: { x: 'a\u0000' } }],
    ['a value that is too long', { a: { x: 'é'.repeat(10_000) } }],
    ['a number that JSON does not know', { a: { x: Number.NaN } }],
    ['too many', { a: Object.fromEntries(Array.from({ length: 101 }, (_, n) => [`n${n}`, n])) }],
    ['a name that is a trap', JSON.parse('{"a":{"__proto__":1}}')],
  ];
  for (const [what, input] of wrong)
    it(`are refused with ${what}`, () =>
      assert.throws(
        () => readProperties(input, 'chat.properties'),
        (error) => isGatehouseError(error) && /^chat\.properties/.test(error.message),
      ));

  it('merge value by value', () => {
    assert.deepEqual(mergeProperties({ a: { x: 1, y: 1 }, b: { z: 1 } }, { a: { y: 2 }, c: { w: 3 } }), {
      a: { x: 1, y: 2 },
      b: { z: 1 },
      c: { w: 3 },
    });
  });

  it('can be set and taken away one by one', () => {
    assert.deepEqual(withProperty({}, 'a', 'x', true), { a: { x: true } });
    assert.deepEqual(withProperty({ a: { x: true } }, 'a', 'x', undefined), {});
    assert.deepEqual(withProperty({ a: { x: 1, y: 2 } }, 'a', 'x', undefined), { a: { y: 2 } });
    assert.deepEqual(withProperty({ a: { y: 2 } }, 'b', 'x', undefined), { a: { y: 2 } });
  });
});
