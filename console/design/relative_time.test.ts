import assert from 'node:assert/strict';
import { test } from 'node:test';
import { relativeTime } from './relative_time.ts';

const now = Date.UTC(2026, 0, 31, 12);
const minutes = (number: number) => number * 60_000;

test('recent moments are told by their distance, older ones by their date', () => {
  assert.equal(relativeTime(now - 5_000, now, 'en'), 'this minute');
  assert.equal(relativeTime(now - minutes(1), now, 'en'), '1 minute ago');
  assert.equal(relativeTime(now - minutes(150), now, 'en'), '2 hours ago');
  assert.equal(relativeTime(now - minutes(60 * 25), now, 'en'), 'yesterday');
  assert.equal(relativeTime(now + minutes(60 * 24 * 3), now, 'en'), 'in 3 days');
  assert.match(relativeTime(now - minutes(60 * 24 * 60), now, 'en'), /Dec \d+, 2025/);
});
