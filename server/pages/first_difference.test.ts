import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nameCharacter, splitAtFirstDifference } from './first_difference.ts';

test('two values are split where they first differ', () => {
  assert.deepEqual(splitAtFirstDifference('https://a/Cb', 'https://a/cb'), {
    position: 11,
    received: { before: 'https://a/', at: 'C', after: 'b' },
    expected: { before: 'https://a/', at: 'c', after: 'b' },
  });
});

test('a value that ends first differs at its end', () => {
  const split = splitAtFirstDifference('/cb/', '/cb');
  assert.equal(split?.received.at, '/');
  assert.deepEqual(split?.expected, { before: '/cb', at: '', after: '' });
});

test('equal values have no difference', () => {
  assert.equal(splitAtFirstDifference('x', 'x'), undefined);
});

test('a surrogate pair is one character', () => {
  assert.equal(splitAtFirstDifference('a😀b', 'a😁b')?.received.at, '😀');
});

test('look-alikes and what does not print are named by number', () => {
  assert.equal(nameCharacter('a'), '“a”');
  assert.equal(nameCharacter('а'), '“а” (U+0430)');
  assert.equal(nameCharacter('\u200b'), 'U+200B');
  assert.equal(nameCharacter(' '), 'a space');
  assert.equal(nameCharacter(''), 'the end');
});
