import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { canonicalJson } from './canonical_json.ts';
import { movableClock, seconds, systemClock } from './clock.ts';
import { identifiers, isUuid, PARTS } from './identifiers.ts';
import { equalBytes, keyring } from './keyring.ts';
import { systemRandom } from './random.ts';
import { formatTimestamp, parseTimestamp } from './timestamp.ts';

describe('timestamps', () => {
  it('are written in UTC with six fractional digits', () => {
    assert.equal(formatTimestamp(1769843488288340), '2026-01-31T07:11:28.288340Z');
  });
  it('are read back to the microsecond, also from another zone', () => {
    assert.equal(parseTimestamp('2026-01-31T07:11:28.288340Z'), 1769843488288340);
    assert.equal(parseTimestamp('2026-01-31T08:11:28.28834+01:00'), 1769843488288340);
  });
  for (const wrong of ['', 'yesterday', '2026-01-31', '2026-13-01T00:00:00Z', '2026-01-31T07:11:28'])
    it(`refuse ${JSON.stringify(wrong)}`, () => assert.equal(parseTimestamp(wrong), undefined));
});

describe('the system clock', () => {
  it('follows the wall clock after the machine slept or was set, and keeps the microseconds in between', () => {
    let wall = 1_769_843_488_000;
    let sinceStart = 5_000;
    const clock = systemClock({ wall: () => wall, monotonic: () => sinceStart });
    const start = clock.now();
    assert.equal(start, wall * 1000);
    sinceStart += 0.25;
    assert.equal(clock.now(), start + 250);
    wall += 3_600_000;
    assert.equal(clock.now(), wall * 1000);
    sinceStart += 0.5;
    assert.equal(clock.now(), wall * 1000 + 500);
  });
});

describe('identifiers', () => {
  const ids = identifiers(systemClock(), systemRandom());
  it('are unique and strictly growing, also within one millisecond', () => {
    const keys = Array.from({ length: 20_000 }, () => ids.key());
    for (let i = 1; i < keys.length; i++) assert.ok(Number(keys[i]) > Number(keys[i - 1]));
    assert.ok(keys.every(Number.isSafeInteger));
  });
  it('give chats ten characters A-Z0-9 in the order of time', () => {
    const clock = movableClock();
    const chatIds = identifiers(clock, systemRandom());
    const first = chatIds.chatId();
    clock.advance(seconds(3600));
    const second = chatIds.chatId();
    assert.match(first, /^[A-Z0-9]{10}$/);
    assert.ok(second > first);
    clock.advance(seconds(86_400 * 365 * 40));
    assert.match(chatIds.chatId(), /^[A-Z0-9]{10}$/);
  });
  it('give thousands of chats within one millisecond different ids', () => {
    const still = { now: () => 1_800_000_000_000_000 };
    const chatIds = identifiers(still, systemRandom());
    assert.equal(new Set(Array.from({ length: 5_000 }, () => chatIds.chatId())).size, 5_000);
  });
  it('of processes that count in parts of their own never meet, however fast they count', () => {
    const still = { now: () => 1_800_000_000_000_000 };
    const seen = { keys: new Set<number>(), chats: new Set<string>() };
    const processes = Array.from({ length: PARTS }, (_, part) =>
      identifiers(still, systemRandom(), () => part),
    );
    for (const process of processes)
      for (let count = 0; count < 500; count++) {
        seen.keys.add(process.key());
        seen.chats.add(process.chatId());
      }
    assert.equal(seen.keys.size, PARTS * 500);
    assert.equal(seen.chats.size, PARTS * 500);
  });
  it('give UUIDs in canonical spelling', () => assert.ok(isUuid(ids.uuid())));
});

describe('the keyring', () => {
  it('derives a different key for each purpose and the same key for the same purpose', () => {
    const keys = keyring(Buffer.alloc(32, 7));
    assert.ok(!equalBytes(keys.derive('tokens'), keys.derive('pages')));
    assert.ok(equalBytes(keys.derive('tokens'), keyring(Buffer.alloc(32, 7)).derive('tokens')));
  });
});

describe('canonical JSON', () => {
  it('does not depend on the order of keys', () => {
    assert.equal(canonicalJson({ b: 1, a: [{ d: 1, c: 2 }] }), canonicalJson({ a: [{ c: 2, d: 1 }], b: 1 }));
  });
});
