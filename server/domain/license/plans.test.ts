import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { needPlanRoom, planTable, readPlan } from './plans.ts';

describe('a plan', () => {
  for (const [text, limits] of [
    ['none', {}],
    ['team', planTable.team],
    ['agents=10, groups=3', { agents: 10, groups: 3 }],
    ['starter,groups=5', { ...planTable.starter, groups: 5 }],
    ['groups=5,starter', { ...planTable.starter, groups: 5 }],
  ] as const)
    it(`is read from "${text}"`, () => assert.deepEqual(readPlan(text), limits));

  for (const text of ['', 'gold', 'agents', 'agents=-1', 'agents=many', 'cats=3'])
    it(`is not read from "${text}"`, () => assert.throws(() => readPlan(text), /none, a plan \(starter/));

  it('bounds what it names, up to its figure', () => {
    needPlanRoom({}, 'groups', 5_000);
    needPlanRoom({ groups: 3 }, 'groups', 3);
    assert.throws(() => needPlanRoom({ groups: 3 }, 'groups', 4), /allows 3 groups.*would be 4/);
  });
});
