import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clipName, initialOf, nameInSentence } from './names.ts';

test('a long name is clipped between characters, not inside one', () => {
  assert.equal(clipName('short'), 'short');
  assert.equal(Array.from(clipName('x'.repeat(10_000))).length, 60);
  assert.equal(clipName('😀'.repeat(10), 5), `${'😀'.repeat(4)}…`);
});

test('a name in a sentence is isolated, so that its direction stays its own', () => {
  assert.equal(nameInSentence('مرحبا'), '\u2068مرحبا\u2069');
});

test('the initial is a whole character, and there is always one', () => {
  assert.equal(initialOf('  list chats'), 'L');
  assert.equal(initialOf('👩‍👩‍👧 family'), '👩‍👩‍👧');
  assert.equal(initialOf('   '), '?');
});
