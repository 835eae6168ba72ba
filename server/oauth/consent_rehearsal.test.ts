import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RegisteredClient } from './authorization_request.ts';
import {
  type Holders,
  planScopeChange,
  rehearsalParts,
  rehearsalPerson,
  rehearseConsent,
} from './consent_rehearsal.ts';

const app = (over: Partial<RegisteredClient> = {}): RegisteredClient => ({
  clientId: 'c0ffee',
  type: 'server_side_app',
  profile: 'compatible',
  switches: { acceptSubPaths: false, allowPlainHttp: false, rotateRefreshTokens: false },
  redirectUris: ['https://app.test/cb'],
  scopes: [
    { scope: 'chats--access:ro', required: true },
    { scope: 'chats--all:ro', required: false },
  ],
  visibility: 'private',
  unverified: false,
  organization: { id: 'o', licenseId: 7, forceStrict: false },
  ...over,
});

function outcomes(client: RegisteredClient): string[] {
  return rehearsalParts.map((part) => {
    const step = rehearseConsent(client, rehearsalPerson(client, part));
    if (!step.ok) return step.problem.reason;
    const { asked, scopes, dropped } = step.value;
    return `${asked ? 'asked' : 'given'} ${scopes.key}${dropped.isEmpty ? '' : ` without ${dropped.key}`}`;
  });
}

describe('a rehearsal of consent', () => {
  for (const profile of ['compatible', 'strict'] as const)
    it(`is by role and organization (${profile})`, () => {
      const all = 'chats--all:ro chats--access:ro';
      const dropped = 'chats--access:ro without chats--all:ro';
      assert.deepEqual(outcomes(app({ profile })), [
        `given ${all}`,
        `given ${all}`,
        `given ${dropped}`,
        'private_app',
      ]);
      assert.deepEqual(outcomes(app({ profile, visibility: 'public' })), [
        `asked ${all}`,
        `asked ${all}`,
        `asked ${dropped}`,
        `asked ${all}`,
      ]);
    });

  it('needs no PKCE of its own for JavaScript apps', () => {
    assert.match(outcomes(app({ type: 'javascript_app' }))[0] ?? '', /^given/);
  });

  it('says what is missing or beyond the role', () => {
    assert.equal(outcomes(app({ redirectUris: [] }))[0], 'redirect_none_registered');
    assert.equal(outcomes(app({ scopes: [] }))[0], 'app_without_scopes');
    assert.equal(
      outcomes(app({ scopes: [{ scope: 'chats--all:ro', required: true }] }))[2],
      'scope_beyond_role',
    );
  });
});

describe('the plan of a scope change', () => {
  const holders = (over: Partial<Holders> = {}): Holders => ({
    licenseId: 7,
    scopes: 'chats--access:ro chats--all:ro',
    accountRole: 'administrator',
    chatRole: 'administrator',
    people: 1,
    ...over,
  });
  const nothing = { people: 0, untouched: 0, asked: 0, widened: 0, narrowed: 0, refused: 0 };
  const everybody = [
    holders({ people: 4 }),
    holders({ people: 2, scopes: 'chats--access:ro', accountRole: 'member', chatRole: 'normal' }),
    holders({ people: 8, licenseId: 9 }),
  ];

  it('touches nobody where nothing changes', () => {
    const same = app({ visibility: 'public' });
    assert.deepEqual(planScopeChange(same, everybody), { ...nothing, people: 14, untouched: 14 });
  });

  it('asks for what is new, drops what is gone, and refuses whose role is too low', () => {
    const scopes = [
      { scope: 'chats--access:ro', required: true },
      { scope: 'customers:ro', required: true },
    ] as const;
    assert.deepEqual(planScopeChange(app({ visibility: 'public', scopes }), everybody), {
      ...nothing,
      people: 14,
      asked: 14,
      narrowed: 12,
    });
    const high = [{ scope: 'chats--all:rw', required: true }] as const;
    const plan = planScopeChange(app({ visibility: 'public', scopes: high }), everybody);
    assert.equal(plan.refused, 2);
    assert.equal(plan.asked, 12);
  });

  it('asks nobody of a private app', () => {
    const scopes = [...app().scopes, { scope: 'customers:ro', required: false }] as const;
    const plan = planScopeChange(app({ scopes }), everybody.slice(0, 2));
    assert.deepEqual(plan, { ...nothing, people: 6, widened: 6 });
  });
});
