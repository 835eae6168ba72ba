import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type ErrorCode, isGatehouseError } from '../../../kernel/errors.ts';
import type { AgentProfile } from '../people.ts';
import type { RoutingStatus } from './desks.ts';
import { checkStatusChange, type StatusSetter } from './status_rules.ts';

const profile = {
  avatar: null,
  jobTitle: null,
  chatRole: 'normal',
  groupIds: [0],
  suspended: false,
} as const;
const ann: AgentProfile = { ...profile, id: 'ann', accountId: 'ann', name: 'Ann', isBot: false };
const bot: AgentProfile = {
  ...profile,
  id: 'bot',
  accountId: 'bot',
  name: 'Bot',
  isBot: true,
  ownerClientId: 'app',
};

describe('a routing status', () => {
  const setter = (more: Partial<StatusSetter>): StatusSetter => ({
    agentId: 'ann',
    clientId: 'other',
    people: 'none',
    bots: 'none',
    ...more,
  });
  const cases: [string, StatusSetter, AgentProfile, RoutingStatus, ErrorCode | undefined][] = [
    ['is one’s own', setter({ people: 'my' }), ann, 'not_accepting_chats', undefined],
    [
      'is not others’ to set',
      setter({ people: 'my', agentId: 'bob' }),
      ann,
      'accepting_chats',
      'authorization',
    ],
    [
      'is anybody’s to set with the wide scope',
      setter({ people: 'all', agentId: 'bob' }),
      ann,
      'accepting_chats',
      undefined,
    ],
    [
      'of an agent takes a scope for agents',
      setter({ bots: 'all' }),
      ann,
      'accepting_chats',
      'authorization',
    ],
    ['of an agent is not offline', setter({ people: 'all' }), ann, 'offline', 'validation'],
    ['of a bot may be offline', setter({ bots: 'all' }), bot, 'offline', undefined],
    ['of a bot takes a scope for bots', setter({ people: 'all' }), bot, 'offline', 'authorization'],
    ['of another app’s bot is not to set', setter({ bots: 'my' }), bot, 'offline', 'authorization'],
    ['of the own app’s bot is', setter({ bots: 'my', clientId: 'app' }), bot, 'accepting_chats', undefined],
    ['is the bot’s own', setter({ bots: 'my', agentId: 'bot' }), bot, 'accepting_chats', undefined],
    [
      'of a bot is no person’s who has no app',
      setter({ bots: 'my', clientId: null }),
      bot,
      'offline',
      'authorization',
    ],
  ];
  for (const [behaviour, who, agent, status, code] of cases)
    it(behaviour, () => {
      if (code === undefined) checkStatusChange(who, agent, status);
      else
        assert.throws(
          () => checkStatusChange(who, agent, status),
          (error) => isGatehouseError(error) && error.code === code,
        );
    });
});
