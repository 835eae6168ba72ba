import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bucketOf, percentile, scopeUse } from './usage_rules.ts';

test('a time belongs to the first bucket whose bound it keeps', () => {
  assert.deepEqual([0, 1, 1.1, 5, 5_000, 5_001].map(bucketOf), [0, 0, 1, 2, 11, 12]);
});

test('percentiles are bounds of buckets, and there are none of nothing', () => {
  const counts = [
    { bucket: 0, requests: 90 },
    { bucket: 3, requests: 9 },
    { bucket: 12, requests: 1 },
  ];
  assert.equal(percentile(counts, 0.5), 1);
  assert.equal(percentile(counts, 0.95), 10);
  assert.equal(percentile(counts, 1), Number.POSITIVE_INFINITY);
  assert.equal(percentile([], 0.5), undefined);
});

test('an app that only reads is told the scope that reads', () => {
  const use = scopeUse(
    ['chats--all:rw', 'agents--all:rw', 'openid'],
    [['chats--all:ro', 'chats--access:ro', 'chats--my:ro'], ['multicast:rw']],
  );
  assert.deepEqual(use.used, ['chats--all:rw', 'openid']);
  assert.deepEqual(use.unused, ['agents--all:rw']);
  assert.deepEqual(new Set(use.smaller), new Set(['chats--all:ro', 'openid']));
});

test('what nothing was opened by is all unused', () => {
  assert.deepEqual(scopeUse(['chats--all:ro'], []), { used: [], unused: ['chats--all:ro'], smaller: [] });
});
