import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type ClientPolicy,
  type ClientType,
  clientTypes,
  type Profile,
  policyOf,
  profiles,
} from './client_profile.ts';

const off = { acceptSubPaths: false, allowPlainHttp: false, rotateRefreshTokens: false };
const on = { acceptSubPaths: true, allowPlainHttp: true, rotateRefreshTokens: true };
const free = { forceStrict: false };
const forced = { forceStrict: true };

type Row = Pick<
  ClientPolicy,
  | 'confidential'
  | 'implicitAllowed'
  | 'refreshRotation'
  | 'accessTokenSeconds'
  | 'codeSeconds'
  | 'missingScopeMeansAll'
  | 'consentSkippedFor'
> & { pkce: [required: boolean, plain: boolean, smallS256: boolean] };

const compatible = {
  accessTokenSeconds: 28_800,
  codeSeconds: 300,
  missingScopeMeansAll: true,
  consentSkippedFor: 'any_redirect',
} as const;
const strict = {
  implicitAllowed: false,
  accessTokenSeconds: 3_600,
  codeSeconds: 60,
  missingScopeMeansAll: false,
  consentSkippedFor: 'https_redirect',
  pkce: [true, false, false] as [boolean, boolean, boolean],
} as const;

const table: [ClientType, Profile, Row][] = [
  [
    'server_side_app',
    'compatible',
    {
      ...compatible,
      confidential: true,
      implicitAllowed: false,
      refreshRotation: 'none',
      pkce: [false, true, true],
    },
  ],
  [
    'javascript_app',
    'compatible',
    {
      ...compatible,
      confidential: false,
      implicitAllowed: true,
      refreshRotation: 'rotate',
      pkce: [true, true, true],
    },
  ],
  ['server_side_app', 'strict', { ...strict, confidential: true, refreshRotation: 'none' }],
  ['javascript_app', 'strict', { ...strict, confidential: false, refreshRotation: 'rotate' }],
];

for (const [type, profile, row] of table) {
  test(`a ${profile} ${type} gets the policy of its profile`, () => {
    const policy = policyOf({ type, profile, switches: off }, free);
    const { pkce, ...rest } = row;
    for (const [name, value] of Object.entries(rest)) {
      assert.equal(policy[name as keyof typeof rest], value, name);
    }
    assert.deepEqual([policy.pkce.required, policy.pkce.plainAllowed, policy.pkce.smallS256Allowed], pkce);
    assert.deepEqual(
      [policy.refreshIdleSeconds, policy.refreshAbsoluteSeconds, policy.refreshRetryWindowSeconds],
      [2_592_000, 15_552_000, 10],
    );
    assert.equal(policy.type, type);
    assert.equal(policy.profile, profile);
    assert.deepEqual(policy.redirect, {
      type,
      profile,
      switches: { acceptSubPaths: false, allowPlainHttp: false },
    });
  });
}

test('an organization that forces strict gives every app the strict policy, and says whose choice it was', () => {
  for (const type of clientTypes) {
    for (const switches of [on, off]) {
      const own = policyOf({ type, profile: 'strict', switches }, free);
      const made = policyOf({ type, profile: 'compatible', switches }, forced);
      assert.equal(own.profileSetBy, 'app');
      assert.equal(made.profileSetBy, 'organization');
      assert.deepEqual({ ...made, profileSetBy: 'app' }, own);
      assert.deepEqual(policyOf({ type, profile: 'strict', switches }, forced), own);
    }
  }
});

test('the switches that loosen count in the compatible profile alone', () => {
  for (const type of clientTypes) {
    for (const profile of profiles) {
      const { redirect } = policyOf({ type, profile, switches: on }, free);
      const heeded = profile === 'compatible';
      assert.deepEqual(redirect.switches, { acceptSubPaths: heeded, allowPlainHttp: heeded });
    }
  }
});

test('the rotation switch counts in both profiles, and a public client rotates without it', () => {
  for (const profile of profiles) {
    for (const [type, switches, rotation] of [
      ['server_side_app', on, 'rotate'],
      ['server_side_app', off, 'none'],
      ['javascript_app', off, 'rotate'],
    ] as const) {
      assert.equal(policyOf({ type, profile, switches }, free).refreshRotation, rotation);
    }
  }
});
