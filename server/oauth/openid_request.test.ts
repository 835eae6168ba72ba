import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loginNeed, NO_DEMAND, readLoginDemand } from './openid_request.ts';

const problem = (parameters: Parameters<typeof readLoginDemand>[0]) => {
  const step = readLoginDemand(parameters);
  return step.ok ? undefined : [step.problem.exception, step.problem.parameter];
};

test('prompt and max_age say how the person must show up', () => {
  const cases: [Parameters<typeof readLoginDemand>[0], Partial<typeof NO_DEMAND>][] = [
    [{}, {}],
    [{ prompt: 'none' }, { silent: true }],
    [{ prompt: 'login consent' }, { reauthenticate: true }],
    [{ prompt: 'select_account  login' }, { selectAccount: true, reauthenticate: true }],
    [{ prompt: 'consent' }, {}],
    [{ max_age: '0' }, { maxAgeSeconds: 0 }],
    [{ max_age: '3600', nonce: 'n' }, { maxAgeSeconds: 3_600 }],
  ];
  for (const [parameters, demand] of cases) {
    const step = readLoginDemand(parameters);
    assert.deepEqual(step, { ok: true, value: { ...NO_DEMAND, ...demand } }, JSON.stringify(parameters));
  }
});

test('what cannot be meant is refused, with the parameter named', () => {
  assert.deepEqual(problem({ prompt: 'none login' }), ['invalid_request', 'prompt']);
  for (const prompt of ['create', 'None', 'login,consent', 'none\r\n'])
    assert.deepEqual(problem({ prompt }), ['invalid_request', 'prompt'], prompt);
  for (const max_age of ['-1', '1.5', '1e3', ' 5', '0x10', '9'.repeat(10), '٣'])
    assert.deepEqual(problem({ max_age }), ['invalid_request', 'max_age'], max_age);
  assert.deepEqual(problem({ nonce: 'n'.repeat(1_025) }), ['invalid_request', 'nonce']);
  assert.deepEqual(problem({ request: 'eyJ…' }), ['request_not_supported', 'request']);
});

test('what is missing of the person', () => {
  const second = 1_000_000;
  const now = 1_000 * second;
  const ann = { accountId: 'ann', authTime: now - 100 * second };
  const need = (
    demand: Partial<typeof NO_DEMAND>,
    circumstances: Partial<Parameters<typeof loginNeed>[2]> = {},
    brought: Parameters<typeof loginNeed>[1] = ann,
  ) =>
    loginNeed({ ...NO_DEMAND, ...demand }, brought, {
      receivedAt: undefined,
      hinted: undefined,
      chosen: undefined,
      now,
      ...circumstances,
    });
  const [before, after] = [ann.authTime - 1, ann.authTime + 1];
  assert.equal(
    loginNeed(NO_DEMAND, undefined, { receivedAt: 1, hinted: 'ann', chosen: undefined, now }),
    'log_in',
  );
  assert.equal(need({}), 'nothing');
  assert.equal(need({ maxAgeSeconds: 100 }), 'nothing');
  assert.equal(need({ maxAgeSeconds: 99 }), 'log_in_again');
  assert.equal(need({ maxAgeSeconds: 0 }, { receivedAt: before }), 'nothing');
  assert.equal(need({ reauthenticate: true }), 'log_in_again');
  assert.equal(need({ reauthenticate: true }, { receivedAt: after }), 'log_in_again');
  assert.equal(need({ reauthenticate: true }, { receivedAt: before }), 'nothing');
  assert.equal(need({ selectAccount: true }), 'choose_account');
  assert.equal(need({ selectAccount: true }, { chosen: 'ben' }), 'choose_account');
  assert.equal(need({ selectAccount: true }, { chosen: 'ann' }), 'nothing');
  assert.equal(need({ selectAccount: true }, { receivedAt: before }), 'nothing');
  assert.equal(need({ reauthenticate: true, selectAccount: true }, { chosen: 'ann' }), 'log_in_again');
  assert.equal(need({}, { hinted: 'ann' }), 'nothing');
  assert.equal(need({}, { hinted: 'ben' }), 'log_in_again');
  assert.equal(need({}, { hinted: 'ben', receivedAt: before }), 'wrong_person');
});
