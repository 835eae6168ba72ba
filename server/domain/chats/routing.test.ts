import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AgentProfile } from './people.ts';
import { chooseAgent } from './routing.ts';

function agent(name: string, groupIds: number[], suspended = false): AgentProfile {
  const id = `${name}@acme.test`;
  return {
    id,
    accountId: id,
    name,
    avatar: null,
    jobTitle: null,
    chatRole: 'normal',
    groupIds,
    suspended,
    isBot: false,
  };
}

describe('routing of a new chat', () => {
  const team = [agent('cid', [2]), agent('ann', [0, 1]), agent('bob', [1]), agent('sue', [1, 2], true)];
  const cases: [string, number[], Record<string, number>, string | undefined][] = [
    ['goes to somebody of its groups', [2], {}, 'cid'],
    ['goes to the first by id when nobody had one yet', [1], {}, 'ann'],
    ['goes to whom the last chat lies longest back', [1], { ann: 5, bob: 4 }, 'bob'],
    ['goes to whoever had none before those who had', [1], { ann: 5 }, 'bob'],
    ['goes to anybody where group 0 may see it', [0], { ann: 1, bob: 2 }, 'cid'],
    ['goes to nobody where the group has nobody', [3], {}, undefined],
  ];
  for (const [behaviour, groups, last, expected] of cases) {
    it(behaviour, () => {
      const times = new Map(Object.entries(last).map(([name, at]) => [`${name}@acme.test`, at]));
      assert.equal(chooseAgent(team, groups, times)?.name, expected);
    });
  }

  it('passes suspended agents over', () => {
    assert.equal(chooseAgent([agent('sue', [1], true)], [1], new Map()), undefined);
    assert.equal(chooseAgent([{ ...agent('bot', [1]), isBot: true }], [1], new Map()), undefined);
  });
});
