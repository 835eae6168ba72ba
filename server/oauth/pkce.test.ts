import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { type ClientType, type Profile, policyOf } from './client_profile.ts';
import { type ChallengeRequest, checkChallenge, type PkceChallenge, verifyVerifier } from './pkce.ts';

const switches = { acceptSubPaths: false, allowPlainHttp: false, rotateRefreshTokens: false };
const policyFor = (type: ClientType, profile: Profile) =>
  policyOf({ type, profile, switches }, { forceStrict: false }).pkce;

const policies = {
  server: policyFor('server_side_app', 'compatible'),
  javascript: policyFor('javascript_app', 'compatible'),
  strictServer: policyFor('server_side_app', 'strict'),
  strictJavascript: policyFor('javascript_app', 'strict'),
};
type PolicyName = keyof typeof policies;
const compatible: PolicyName[] = ['server', 'javascript'];
const strict: PolicyName[] = ['strictServer', 'strictJavascript'];

/** RFC 7636 appendix B. */
const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';

function check(sent: Partial<ChallengeRequest>, name: PolicyName) {
  return checkChallenge(
    { challenge: undefined, method: undefined, customScheme: false, ...sent },
    policies[name],
  );
}

function problemOf(sent: Partial<ChallengeRequest>, name: PolicyName) {
  const result = check(sent, name);
  assert.ok(!result.ok, `accepted by ${name}: ${JSON.stringify(sent)}`);
  return result.problem;
}

test('S256 is accepted from every client', () => {
  for (const name of [...compatible, ...strict]) {
    const accepted = { ok: true, pkce: { challenge, method: 'S256' } };
    assert.deepEqual(check({ challenge, method: 'S256' }, name), accepted);
  }
});

test('the compatible profile takes plain, a missing method as plain, and s256 spelled small', () => {
  for (const name of compatible) {
    for (const [method, stored] of [
      ['plain', 'plain'],
      [undefined, 'plain'],
      ['', 'plain'],
      ['s256', 'S256'],
    ] as const) {
      assert.deepEqual(check({ challenge, method }, name), { ok: true, pkce: { challenge, method: stored } });
    }
  }
});

test('the strict profile takes S256 alone, and says what a missing method means', () => {
  for (const name of strict) {
    assert.equal(problemOf({ challenge, method: 'plain' }, name).code, 'method_not_allowed');
    assert.match(problemOf({ challenge }, name).message, /missing, which means "plain"/);
    assert.match(problemOf({ challenge, method: 's256' }, name).message, /"s256".*spelled S256\.$/);
  }
});

test('a method that does not exist is named', () => {
  for (const method of ['S512', 'PLAIN', 'none', 's256 ', 'S256,plain', '__proto__']) {
    for (const name of [...compatible, ...strict]) {
      const { code, parameter, message } = problemOf({ challenge, method }, name);
      assert.equal(code, 'method_unknown');
      assert.equal(parameter, 'code_challenge_method');
      assert.ok(message.includes(`"${method}"`), message);
    }
  }
});

test('a compatible server-side app may do without, everybody else may not', () => {
  assert.deepEqual(check({}, 'server'), { ok: true, pkce: null });
  assert.deepEqual(check({ challenge: '', method: '' }, 'server'), { ok: true, pkce: null });
  for (const name of ['javascript', ...strict] as PolicyName[]) {
    assert.equal(problemOf({}, name).code, 'challenge_missing');
    assert.equal(problemOf({ challenge: '', method: 'S256' }, name).code, 'challenge_missing');
  }
  assert.match(problemOf({}, 'javascript').message, /JavaScript app keeps no secret/);
  assert.match(problemOf({}, 'strictServer').message, /strict profile/);
});

test('a redirect to a custom scheme needs a challenge whatever the profile', () => {
  assert.match(problemOf({ customScheme: true }, 'server').message, /another program on the device/);
  assert.ok(check({ customScheme: true, challenge, method: 'S256' }, 'server').ok);
});

test('a method without a challenge is a mistake, not a wish for no PKCE', () => {
  assert.equal(problemOf({ method: 'S256' }, 'server').code, 'method_without_challenge');
});

test('a challenge has 43 to 128 characters', () => {
  for (const [length, fits] of [
    [1, false],
    [42, false],
    [43, true],
    [128, true],
    [129, false],
    [4_000, false],
  ] as const) {
    assert.equal(check({ challenge: 'a'.repeat(length), method: 'plain' }, 'server').ok, fits, `${length}`);
  }
  assert.match(problemOf({ challenge: 'a'.repeat(42) }, 'server').message, /is 42 characters long/);
});

test('an S256 challenge of another length than 43 could never match and is refused at once', () => {
  assert.match(
    problemOf({ challenge: 'a'.repeat(64), method: 'S256' }, 'server').message,
    /exactly 43\. It looks like a hexadecimal hash/,
  );
  assert.doesNotMatch(problemOf({ challenge: 'z'.repeat(50), method: 's256' }, 'server').message, /hexa/);
});

test('other characters than the unreserved ones are refused, base64 with a hint', () => {
  assert.match(problemOf({ challenge: `${challenge}=`, method: 'S256' }, 'server').message, /base64url/);
  for (const bad of [' ', '%', '/', '\n', 'é', '\0', '"']) {
    const sent = { challenge: `${'a'.repeat(42)}${bad}`, method: 'plain' };
    assert.equal(problemOf(sent, 'server').code, 'challenge_characters', JSON.stringify(bad));
  }
});

test('the vector of RFC 7636 appendix B verifies', () => {
  assert.deepEqual(verifyVerifier({ challenge, method: 'S256' }, verifier), { ok: true });
});

test('plain compares the verifier itself', () => {
  assert.deepEqual(verifyVerifier({ challenge: verifier, method: 'plain' }, verifier), { ok: true });
});

test('the challenge itself is no verifier of its own under S256, nor the hash under plain', () => {
  for (const [stored, sent] of [
    [{ challenge, method: 'S256' }, challenge],
    [{ challenge, method: 'plain' }, verifier],
    [{ challenge: verifier, method: 'plain' }, challenge],
    [{ challenge, method: 'S256' }, `${verifier.slice(0, -1)}l`],
  ] as [PkceChallenge, string][]) {
    const result = verifyVerifier(stored, sent);
    assert.equal(!result.ok && result.problem.code, 'verifier_mismatch');
  }
});

test('a missing verifier, a malformed one, and one without a challenge are told apart', () => {
  const stored: PkceChallenge = { challenge, method: 'S256' };
  for (const [held, sent, code] of [
    [stored, undefined, 'verifier_missing'],
    [stored, '', 'verifier_missing'],
    [stored, 'short', 'verifier_malformed'],
    [stored, 'a'.repeat(129), 'verifier_malformed'],
    [stored, `${verifier} `, 'verifier_malformed'],
    [null, verifier, 'verifier_without_challenge'],
    [null, 'x', 'verifier_without_challenge'],
  ] as const) {
    const result = verifyVerifier(held, sent);
    assert.equal(!result.ok && result.problem.code, code);
  }
  assert.deepEqual(verifyVerifier(null, undefined), { ok: true });
  assert.deepEqual(verifyVerifier(null, ''), { ok: true });
});

test('no message repeats a verifier or a stored challenge', () => {
  const wrong = 'w'.repeat(50);
  const result = verifyVerifier({ challenge, method: 'S256' }, wrong);
  assert.ok(
    !result.ok && !result.problem.message.includes(wrong) && !result.problem.message.includes(challenge),
  );
});

test('any verifier matches its own challenge and no other one', () => {
  const verifiers = fc.string({
    unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~'),
    minLength: 43,
    maxLength: 128,
  });
  fc.assert(
    fc.property(verifiers, verifiers, (one, other) => {
      const stored = checkChallenge(
        {
          challenge: createHash('sha256').update(one).digest('base64url'),
          method: 'S256',
          customScheme: false,
        },
        policies.strictJavascript,
      );
      assert.ok(stored.ok && stored.pkce);
      assert.ok(verifyVerifier(stored.pkce, one).ok);
      assert.equal(verifyVerifier(stored.pkce, other).ok, one === other);
    }),
    { numRuns: 1_000 },
  );
});
