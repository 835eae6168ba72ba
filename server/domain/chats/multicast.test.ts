import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isGatehouseError } from '../../kernel/errors.ts';
import { type MulticastInput, readRecipients } from './multicast.ts';
import type { AgentProfile } from './people.ts';

function profile(name: string, groupIds: number[], suspended = false): AgentProfile {
  const id = `${name}@acme.test`;
  const shown = { name, avatar: null, jobTitle: null, chatRole: 'normal', isBot: false } as const;
  return { ...shown, id, accountId: id, groupIds, suspended };
}

const agents = [profile('ann', [0, 1]), profile('bob', [0, 1, 2]), profile('sue', [0, 2], true)];
const groups = [0, 1, 2, 3].map((id) => ({ id, name: `Group ${id}` }));
const names = (recipients: MulticastInput['recipients']) =>
  readRecipients(recipients, agents, groups).map((id) => id.split('@')[0]);

describe('who a multicast goes to', () => {
  const good: [string, MulticastInput['recipients'], string[]][] = [
    ['everybody but the suspended', { agents: { all: true } }, ['ann', 'bob']],
    ['agents by id, each once', { agents: { ids: ['bob@acme.test', 'bob@acme.test'] } }, ['bob']],
    ['agents of a group', { agents: { groups: [2] } }, ['bob']],
    ['agents of a group that is given as text', { agents: { groups: ['1'] } }, ['ann', 'bob']],
    ['everybody by group 0', { agents: { groups: [0] } }, ['ann', 'bob']],
    ['ids and groups together', { agents: { ids: ['ann@acme.test'], groups: [2] } }, ['ann', 'bob']],
    ['nobody, where all who are meant are suspended', { agents: { ids: ['sue@acme.test'] } }, []],
    ['nobody, where a group is empty', { agents: { groups: [3] } }, []],
  ];
  for (const [what, recipients, expected] of good)
    it(`is ${what}`, () => assert.deepEqual(names(recipients), expected));

  const bad: [string, MulticastInput['recipients'], string][] = [
    ['nobody at all', {}, 'recipients'],
    ['all: false', { agents: { all: false } }, 'recipients'],
    ['empty lists', { agents: { ids: [], groups: [] } }, 'recipients'],
    ['an unknown agent', { agents: { ids: ['ann@acme.test', 'x'] } }, 'recipients.agents.ids[1]'],
    ['an unknown group', { agents: { groups: [1, 9] } }, 'recipients.agents.groups[1]'],
    ['a group that is no number', { agents: { groups: ['x'] } }, 'recipients.agents.groups[0]'],
    ['a group of no digits', { agents: { groups: [''] } }, 'recipients.agents.groups[0]'],
  ];
  for (const [what, recipients, field] of bad)
    it(`is refused: ${what}`, () =>
      assert.throws(
        () => names(recipients),
        (error) => isGatehouseError(error) && error.fields[0]?.field === field,
      ));
});
