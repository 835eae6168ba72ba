import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isGatehouseError } from '../../kernel/errors.ts';
import { listStates } from './chat.ts';
import { listKey } from './listing.ts';
import { type ChatFilters, type Clause, meets, planListing } from './listing_plan.ts';

const { active, inactive, withoutThreads } = listStates;
const me = { agentId: 'ann@acme.test', groupIds: [1, 2] };
const { all, group, agent, property, propertyValue } = listKey;

describe('the plan of List Chats', () => {
  const clauses: [string, 'all' | 'access' | 'my', ChatFilters, Clause[]][] = [
    ['reads every chat for who sees all', 'all', {}, [{ anyOf: [all] }]],
    [
      'reads the own groups, group 0 and the own chats for access',
      'access',
      {},
      [{ anyOf: [group(0), group(1), group(2), agent(me.agentId)] }],
    ],
    ['reads the own chats for my', 'my', {}, [{ anyOf: [agent(me.agentId)] }]],
    ['reads the groups asked for', 'all', { group_ids: [5, 3, 5] }, [{ anyOf: [group(3), group(5)] }]],
    [
      'needs no second look at groups that are seen anyway',
      'access',
      { group_ids: [2, 0] },
      [{ anyOf: [group(0), group(2)] }],
    ],
    [
      'looks at each chat of a group that is not the own',
      'access',
      { group_ids: [2, 5] },
      [{ anyOf: [group(2), group(5)] }, { anyOf: [group(0), group(1), group(2), agent(me.agentId)] }],
    ],
    ['takes an empty list of groups for none asked', 'all', { group_ids: [] }, [{ anyOf: [all] }]],
    [
      'joins groups and the own chats',
      'my',
      { group_ids: [5] },
      [{ anyOf: [group(5)] }, { anyOf: [agent(me.agentId)] }],
    ],
    [
      'reads the chats that have a property',
      'all',
      { properties: { app: { level: { exists: true } } } },
      [{ anyOf: [property('app', 'level')] }],
    ],
    [
      'passes over those that must not have it',
      'all',
      { properties: { app: { level: { exists: false } } } },
      [{ anyOf: [all] }, { noneOf: [property('app', 'level')] }],
    ],
    [
      'reads the chats with one of the values, by type',
      'all',
      { properties: { app: { level: { values: [1, '1', 1, true] } } } },
      [
        {
          anyOf: [
            propertyValue('app', 'level', 1),
            propertyValue('app', 'level', '1'),
            propertyValue('app', 'level', true),
          ],
        },
      ],
    ],
    [
      'passes over those with one of the excluded values',
      'all',
      { properties: { app: { level: { exclude_values: ['x'] } } } },
      [{ anyOf: [all] }, { noneOf: [propertyValue('app', 'level', 'x')] }],
    ],
  ];
  for (const [behaviour, reach, filters, expected] of clauses) {
    it(behaviour, () => assert.deepEqual(planListing({ ...me, reach }, filters).clauses, expected));
  }

  const states: [ChatFilters, number[]][] = [
    [{}, [active, inactive, withoutThreads]],
    [{ active: null }, [active, inactive, withoutThreads]],
    [{ active: true }, [active]],
    [{ active: false }, [inactive, withoutThreads]],
    [{ active: false, include_chats_without_threads: false }, [inactive]],
    [{ include_chats_without_threads: false }, [active, inactive]],
    [{ include_chats_without_threads: true }, [active, inactive, withoutThreads]],
  ];
  for (const [filters, expected] of states) {
    it(`reads the states for ${JSON.stringify(filters)}`, () =>
      assert.deepEqual(planListing({ ...me, reach: 'all' }, filters).states, expected));
  }

  const wrong: [string, ChatFilters][] = [
    ['a property filter that asks nothing', { properties: { app: { level: {} } } }],
    ['one that asks two things', { properties: { app: { level: { exists: true, values: [1] } } } }],
    [
      'too many properties',
      {
        properties: {
          app: Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`p${n}`, { exists: true }])),
        },
      },
    ],
  ];
  for (const [what, filters] of wrong) {
    it(`refuses ${what}`, () =>
      assert.throws(
        () => planListing({ ...me, reach: 'all' }, filters),
        (error) => isGatehouseError(error) && error.code === 'validation' && error.fields.length === 1,
      ));
  }

  it('is met by chats in one of each and none of the excluded lists', () => {
    const plan: Clause[] = [{ anyOf: ['a', 'b'] }, { anyOf: ['c'] }, { noneOf: ['d'] }];
    assert.equal(meets(new Set(['b', 'c']), plan), true);
    assert.equal(meets(new Set(['b']), plan), false);
    assert.equal(meets(new Set(['a', 'c', 'd']), plan), false);
  });

  it('keeps apart names that would read alike when joined', () => {
    assert.notEqual(property('a.b', 'c'), property('a', 'b.c'));
    assert.notEqual(propertyValue('a', 'b', 1), propertyValue('a', 'b', '1'));
  });
});
