import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MOVES, movesFrom, reviewMoves, reviewStates } from './review_rules.ts';

test('developers bring an app up to the approval and behind it, and only the owner approves', () => {
  assert.deepEqual(movesFrom('developing', false), ['submit']);
  assert.deepEqual(movesFrom('submitted', false), ['withdraw']);
  assert.deepEqual(movesFrom('submitted', true), ['withdraw', 'accept', 'send_back']);
  assert.deepEqual(movesFrom('accepted', false), ['publish']);
  assert.deepEqual(movesFrom('published', false), ['unpublish']);
});

test('nothing becomes public but what was accepted', () => {
  const toPublic = reviewMoves.filter((move) => MOVES[move].to === 'published');
  assert.deepEqual(
    toPublic.map((move) => MOVES[move].from),
    ['accepted'],
  );
  for (const state of reviewStates) assert.ok(movesFrom(state, true).length > 0, state);
});
