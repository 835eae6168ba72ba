import assert from 'node:assert/strict';
import { test } from 'node:test';
import { days, seconds } from '../kernel/clock.ts';
import {
  dueKey,
  firstKeptGeneration,
  ID_TOKEN_SECONDS,
  type KeyTurn,
  publishedKeysAt,
  signingKeyAt,
} from './openid_key_schedule.ts';

const PERIOD = days(30);
const HOUR = seconds(3_600);
const key = (generation: number, publishedAt: number, signsFrom: number): KeyTurn => ({
  generation,
  publishedAt,
  signsFrom,
});
const generations = (keys: readonly KeyTurn[]) => keys.map(({ generation }) => generation);

test('the first key signs at once, since nobody can have a copy of the key set yet', () => {
  assert.deepEqual(dueKey([], days(9), PERIOD), key(1, days(9), days(9)));
  assert.equal(signingKeyAt([], days(9)), undefined);
});

test('the next key is due two days before its turn, and once', () => {
  const first = key(1, 0, 0);
  assert.equal(dueKey([first], days(28) - 1, PERIOD), undefined);
  const second = dueKey([first], days(28), PERIOD);
  assert.deepEqual(second, key(2, days(28), days(30)));
  assert.ok(second);
  for (const now of [days(28), days(29), days(30), days(57)])
    assert.equal(dueKey([first, second], now, PERIOD), undefined);
  assert.deepEqual(dueKey([first, second], days(58), PERIOD), key(3, days(58), days(60)));
});

test('a key that is published late signs a day after, and the old one goes on meanwhile', () => {
  const keys = [key(1, 0, 0)];
  const late = dueKey(keys, days(100), PERIOD);
  assert.deepEqual(late, key(2, days(100), days(101)));
  assert.ok(late);
  assert.equal(signingKeyAt([...keys, late], days(101) - 1)?.generation, 1);
  assert.equal(signingKeyAt([...keys, late], days(101))?.generation, 2);
});

test('a retired key stays published until its last token has expired, and a while longer', () => {
  const keys = [key(1, 0, 0), key(2, days(28), days(30)), key(3, days(58), days(60))];
  const at = (now: number) => generations(publishedKeysAt(keys, now));
  assert.deepEqual(at(days(30) + seconds(ID_TOKEN_SECONDS)), [1, 2, 3]);
  assert.deepEqual(at(days(30) + HOUR + seconds(301)), [2, 3]);
  assert.deepEqual(at(days(60)), [2, 3]);
  assert.deepEqual(at(days(61)), [3]);
});

test('keys are forgotten long after they signed, and the present one never', () => {
  const keys = [key(1, 0, 0), key(2, days(28), days(30)), key(3, days(58), days(60))];
  assert.equal(firstKeptGeneration(keys, days(119)), 1);
  assert.equal(firstKeptGeneration(keys, days(121)), 2);
  assert.equal(firstKeptGeneration(keys, days(9_999)), 3);
});

test('no key ever signs within a day of its publication, and always one signs, however irregular the visits', () => {
  const keys: KeyTurn[] = [];
  let now = days(1);
  for (let visit = 0; visit < 2_000; visit++) {
    const due = dueKey(keys, now, days(3 + (visit % 5)));
    if (due) keys.push(due);
    assert.ok(signingKeyAt(keys, now));
    now += seconds(((visit * 7_919) % 1_000) * 600);
  }
  assert.ok(keys.length > 50);
  for (const [index, { publishedAt, signsFrom, generation }] of keys.entries()) {
    assert.equal(generation, index + 1);
    if (index > 0) assert.ok(signsFrom - publishedAt >= days(1));
  }
});
