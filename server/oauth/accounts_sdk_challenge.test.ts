import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { readSdkChallenge } from './accounts_sdk_challenge.ts';
import { policyOf } from './client_profile.ts';
import { checkChallenge, verifyVerifier } from './pkce.ts';

const verifier = 'A-wizard-is-never-late-nor-is-he-early-he-arrives-precisely';

/** As the SDK makes it: a list of numbers, made a text by joining it, made base64url. */
function sdkChallenge(text: string): string {
  const hash = createHash('sha256').update(text).digest();
  const words = Array.from({ length: 8 }, (_, index) => hash.readInt32BE(index * 4));
  return Buffer.from(words.join(',')).toString('base64url');
}

function policyFor(profile: 'compatible' | 'strict') {
  const switches = { acceptSubPaths: false, allowPlainHttp: false, rotateRefreshTokens: false };
  return policyOf({ type: 'javascript_app', profile, switches }, { forceStrict: false }).pkce;
}

test('a challenge of the Accounts SDK is the hash that its verifier has', () => {
  const asSent = { challenge: sdkChallenge(verifier), method: 'S256', customScheme: false };
  const accepted = checkChallenge(asSent, policyFor('compatible'));
  assert.ok(accepted.ok && accepted.pkce);
  assert.equal(accepted.pkce.challenge, createHash('sha256').update(verifier).digest('base64url'));
  assert.ok(verifyVerifier(accepted.pkce, verifier).ok);
  assert.ok(!verifyVerifier(accepted.pkce, `${verifier}.`).ok);
});

test('the strict profile refuses it, and says how it is spelled there', () => {
  const asSent = { challenge: sdkChallenge(verifier), method: 'S256', customScheme: false };
  const refused = checkChallenge(asSent, policyFor('strict'));
  assert.ok(!refused.ok && /base64url of the 32 bytes/.test(refused.problem.message));
});

test('as plain it is a text like any other', () => {
  const challenge = sdkChallenge(verifier);
  const asPlain = checkChallenge(
    { challenge, method: 'plain', customScheme: false },
    policyFor('compatible'),
  );
  assert.deepEqual(asPlain, { ok: true, pkce: { challenge, method: 'plain' } });
});

test('eight words of 32 bits in one spelling, and nothing else', () => {
  const spell = (text: string) => readSdkChallenge(Buffer.from(text).toString('base64url'));
  assert.equal(spell('0,0,0,0,0,0,0,0'), Buffer.alloc(32).toString('base64url'));
  assert.equal(spell('-1,-1,-1,-1,-1,-1,-1,-1'), Buffer.alloc(32, 255).toString('base64url'));
  for (const text of [
    '',
    '1,2,3,4,5,6,7',
    '1,2,3,4,5,6,7,8,9',
    '01,2,3,4,5,6,7,8',
    '1, 2,3,4,5,6,7,8',
    '1,2,3,4,5,6,7,',
    '1,2,3,4,5,6,7,2147483648',
    '1,2,3,4,5,6,7,-0',
    '1,2,3,4,5,6,7,1e3',
  ])
    assert.equal(spell(text), undefined, text);
  assert.equal(readSdkChallenge(`${sdkChallenge(verifier)}=`), undefined);
  assert.equal(readSdkChallenge(createHash('sha256').update(verifier).digest('base64url')), undefined);
});
