import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readRange } from './byte_range.ts';

describe('a range of bytes', () => {
  const cases: [string, ReturnType<typeof readRange>][] = [
    ['bytes=0-9', { start: 0, end: 9 }],
    ['bytes=10-', { start: 10, end: 99 }],
    ['bytes=90-200', { start: 90, end: 99 }],
    ['bytes=-5', { start: 95, end: 99 }],
    ['bytes=-500', { start: 0, end: 99 }],
    ['bytes=100-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=9-3', undefined],
    ['bytes=0-1,5-6', undefined],
    ['lines=0-1', undefined],
    ['bytes=-', undefined],
    ['bytes=99999999999999999-', undefined],
  ];
  for (const [range, expected] of cases)
    it(`${range} of 100 is ${JSON.stringify(expected) ?? 'the whole'}`, () =>
      assert.deepEqual(readRange({ range }, '"a"', 100), expected));

  it('is of the whole when the file is not the one that was asked about', () => {
    assert.equal(readRange({ range: 'bytes=0-9', 'if-range': '"b"' }, '"a"', 100), undefined);
    assert.deepEqual(readRange({ range: 'bytes=0-9', 'if-range': '"a"' }, '"a"', 100), { start: 0, end: 9 });
  });
});
