import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { requestedRedirect } from './requested_redirect.ts';

describe('the redirect URI that a person means', () => {
  for (const [typed, uri, taken] of [
    ['', '', null],
    [' https://app.test/cb ', 'https://app.test/cb', null],
    ['https://app.test/a%2Fb', 'https://app.test/a%2Fb', null],
    ['https%3A%2F%2Fapp.test%2Fcb', 'https://app.test/cb', 'decoded'],
    ['http://x/?client_id=1&redirect_uri=https%3A%2F%2Fa.test%2F&state=2', 'https://a.test/', 'from_address'],
    ['http://x/?redirect_uri=%E0%A4%A', '%E0%A4%A', 'from_address'],
  ] as const)
    it(`reads "${typed}"`, () => assert.deepEqual(requestedRedirect(typed), { uri, taken }));
});
