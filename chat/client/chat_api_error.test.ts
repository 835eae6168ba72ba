import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readChatApiError, readRetryAfter } from './chat_api_error.ts';

describe('what a chat page reads from a refusal', () => {
  it('waits as long as Retry-After says, in seconds or until a date, and not for ever', () => {
    const now = Date.parse('2026-01-01T00:00:00Z');
    const cases: [string | null, number][] = [
      [null, 0],
      ['7', 7000],
      [' 7 ', 7000],
      ['Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
      ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
      ['999999', 600_000],
      ['-5', 0],
      ['soon', 0],
      ['', 0],
    ];
    for (const [header, wait] of cases) assert.equal(readRetryAfter(header, now), wait, String(header));
  });

  it('knows the type in the shape of the chat APIs and of the token endpoint', () => {
    const banned = readChatApiError(403, null, { error: { type: 'customer_banned', message: 'No.' } }, 0);
    assert.deepEqual([banned.type, banned.message, banned.mayPass], ['customer_banned', 'No.', false]);
    const token = readChatApiError(400, null, { error: 'access_denied', error_description: 'Why' }, 0);
    assert.deepEqual([token.type, token.message], ['access_denied', 'Why']);
    const busy = readChatApiError(429, '3', { error: { type: 'too_many_requests' } }, 0);
    assert.deepEqual([busy.mayPass, busy.retryAfter], [true, 3000]);
  });

  it('makes something of a page that a proxy wrote', () => {
    assert.equal(readChatApiError(502, null, undefined, 0).type, 'internal');
    assert.equal(readChatApiError(404, null, '<html>', 0).type, 'unreadable');
  });
});
