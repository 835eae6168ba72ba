import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ClientType, clientTypes, type Profile, policyOf, profiles } from './client_profile.ts';
import { checkResponseType } from './response_type.ts';

const switches = { acceptSubPaths: false, allowPlainHttp: false, rotateRefreshTokens: false };
const web = { customScheme: false };

function check(text: string | undefined, type: ClientType, profile: Profile, redirect = web) {
  return checkResponseType(text, policyOf({ type, profile, switches }, { forceStrict: false }), redirect);
}

test('code is open to every client', () => {
  for (const type of clientTypes) {
    for (const profile of profiles) {
      assert.deepEqual(check('code', type, profile), { ok: true, responseType: 'code' });
    }
  }
});

test('token is open to compatible JavaScript apps alone, and the refusal says why', () => {
  assert.deepEqual(check('token', 'javascript_app', 'compatible'), { ok: true, responseType: 'token' });
  for (const [type, profile, reason] of [
    ['server_side_app', 'compatible', /this is a server-side app/],
    ['server_side_app', 'strict', /strict profile/],
    ['javascript_app', 'strict', /strict profile/],
  ] as const) {
    const result = check('token', type, profile);
    assert.ok(!result.ok && result.problem.code === 'implicit_not_allowed');
    assert.match(result.problem.message, reason);
  }
});

test('a token never goes to a custom scheme', () => {
  const result = check('token', 'javascript_app', 'compatible', { customScheme: true });
  assert.equal(!result.ok && result.problem.code, 'implicit_not_allowed');
});

test('a missing or unknown response type is named', () => {
  for (const text of [undefined, '']) {
    const result = check(text, 'javascript_app', 'compatible');
    assert.equal(!result.ok && result.problem.code, 'response_type_missing');
  }
  for (const text of ['id_token', 'code token', 'CODE', 'code ', '__proto__']) {
    const result = check(text, 'javascript_app', 'compatible');
    assert.ok(!result.ok && result.problem.code === 'response_type_unknown');
    assert.ok(result.problem.message.includes(`"${text}"`));
  }
});
