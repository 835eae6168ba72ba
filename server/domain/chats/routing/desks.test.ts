import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AgentProfile, GroupPriority } from '../people.ts';
import {
  type AgentState,
  CHAT_LIMIT,
  chooseDesk,
  desksOf,
  type RoutingStatus,
  type SeatRequest,
} from './desks.ts';

interface Described {
  suspended?: boolean;
  isBot?: boolean;
  priorities?: Record<number, GroupPriority>;
}

function agent(name: string, groupIds: number[], more: Described = {}): AgentProfile {
  return {
    id: name,
    accountId: name,
    name,
    avatar: null,
    jobTitle: null,
    chatRole: 'normal',
    groupIds,
    suspended: false,
    isBot: false,
    ...more,
  };
}

function states(
  entries: Record<string, { at?: number; status?: RoutingStatus; limit?: number }>,
): Map<string, AgentState> {
  return new Map(
    Object.entries(entries).map(([id, { at, status, limit }]) => [
      id,
      { assignedAt: at ?? 0, status: status ?? null, chatLimit: limit ?? null },
    ]),
  );
}

const anyOf = (groups: number[], more: Partial<SeatRequest> = {}): SeatRequest => ({
  groups,
  agentIds: null,
  bots: true,
  ...more,
});

const team = [
  agent('cid', [2]),
  agent('ann', [0, 1]),
  agent('bob', [1]),
  agent('sue', [1, 2], { suspended: true }),
  agent('bot', [1, 2], { isBot: true }),
];

describe('routing of a chat', () => {
  const cases: [
    string,
    SeatRequest,
    Parameters<typeof states>[0],
    Record<string, number>,
    string | undefined,
  ][] = [
    ['goes to somebody of its groups', anyOf([2]), {}, {}, 'cid'],
    ['goes to the first by id when nobody had one yet', anyOf([1]), {}, {}, 'ann'],
    [
      'goes to whom the last chat lies longest back',
      anyOf([1]),
      { ann: { at: 5 }, bob: { at: 4 } },
      {},
      'bob',
    ],
    ['goes to whoever had none before those who had', anyOf([1]), { ann: { at: 5 } }, {}, 'bob'],
    ['goes to anybody where group 0 may see it', anyOf([0]), { ann: { at: 1 }, bob: { at: 2 } }, {}, 'cid'],
    ['goes to nobody where the group has nobody', anyOf([3]), {}, {}, undefined],
    ['passes over who is at the limit', anyOf([1]), {}, { ann: CHAT_LIMIT }, 'bob'],
    ['knows limits of agents’ own', anyOf([1]), { bob: { limit: 1 } }, { ann: 6, bob: 1 }, undefined],
    ['gives more than usual to who may have more', anyOf([2]), { cid: { limit: 9 } }, { cid: 8 }, 'cid'],
    [
      'passes over who accepts no chats, or is away',
      anyOf([1]),
      { ann: { status: 'not_accepting_chats' }, bob: { status: 'offline' } },
      {},
      undefined,
    ],
    [
      'goes to a bot that was told to accept chats',
      anyOf([2]),
      { cid: { at: 1 }, bot: { status: 'accepting_chats' } },
      {},
      'bot',
    ],
    [
      'goes to people where bots are not wanted',
      anyOf([2], { bots: false }),
      { cid: { at: 1 }, bot: { status: 'accepting_chats' } },
      {},
      'cid',
    ],
    [
      'goes to an agent by name who accepts none of themselves',
      anyOf([0], { agentIds: ['ann'] }),
      { ann: { status: 'not_accepting_chats' } },
      {},
      'ann',
    ],
    [
      'goes to nobody by name who is offline',
      anyOf([0], { agentIds: ['ann'] }),
      { ann: { status: 'offline' } },
      {},
      undefined,
    ],
    ['goes to nobody by name beyond the limit', anyOf([0], { agentIds: ['ann'] }), {}, { ann: 6 }, undefined],
    ['passes over who had it already', anyOf([1], { without: new Set(['ann']) }), {}, {}, 'bob'],
    [
      'goes to no suspended agent, named or not',
      anyOf([2], { agentIds: ['sue'] }),
      { sue: { status: 'accepting_chats' } },
      {},
      undefined,
    ],
  ];
  for (const [behaviour, request, known, chats, expected] of cases) {
    it(behaviour, () => {
      const desks = desksOf(team, states(known), new Map(Object.entries(chats)), 0);
      assert.equal(chooseDesk(desks, request)?.agent.id, expected);
    });
  }

  it('asks the priorities of the groups first, and gives supervisors nothing', () => {
    const ranked = [
      agent('ann', [1, 2], { priorities: { 1: 'last' } }),
      agent('bob', [1]),
      agent('cid', [1, 2], { priorities: { 1: 'first', 2: 'supervisor' } }),
    ];
    const desks = desksOf(ranked, states({ cid: { at: 9 }, bob: { at: 8 } }), new Map(), 0);
    const chosen = (groups: number[], without: string[] = []) =>
      chooseDesk(desks, anyOf(groups, { without: new Set(without) }))?.agent.id;
    assert.equal(chosen([1]), 'cid');
    assert.equal(chosen([1], ['cid']), 'bob');
    assert.equal(chosen([2]), 'ann');
    assert.equal(chosen([2], ['ann']), undefined);
    assert.equal(chosen([1, 2], ['cid']), 'ann', 'the better of two priorities counts');
  });
});
