import assert from 'node:assert/strict';
import { test } from 'node:test';
import { equal } from './equal.ts';

test('values are equal by content, whatever the order of their keys', () => {
  assert.equal(equal({ a: [1, { b: 2 }], c: null }, { c: null, a: [1, { b: 2 }] }), true);
  assert.equal(equal(['a', 'b'], ['b', 'a']), false);
  assert.equal(equal({ a: 1 }, { a: 1, b: undefined }), false);
  assert.equal(equal([], {}), false);
  assert.equal(equal(null, {}), false);
});
