import Type, { type Static } from 'typebox';
import type { BotForm } from '../../domain/bots/bot_form.ts';
import { MOST_CHATS } from '../../domain/bots/bot_form.ts';
import type { BotKeeper, BotView } from '../../domain/bots/organization_bots.ts';
import { groupPriorities } from '../../domain/team/records.ts';
import type { AgentCaller } from '../registry/caller.ts';
import type { CallContext } from '../registry/method.ts';
import { agentGroups, workScheduler } from './agent_form.ts';

export const botId = Type.String({
  minLength: 1,
  maxLength: 64,
  description: 'The id of a bot: 32 hex digits.',
});

export const ownerClientId = Type.String({
  minLength: 1,
  maxLength: 64,
  description:
    'The client id of an app of your organization. Needed with a personal access token, which belongs to no app.',
});

const priority = Type.Enum([...groupPriorities]);

/** What bots and templates have in common. */
export const botLooks = {
  avatar: Type.Optional(
    Type.String({ maxLength: 2048, description: 'Address of a picture; empty for none.' }),
  ),
  max_chats_count: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: MOST_CHATS,
      description: 'Chats with customers at once; 6 at first.',
    }),
  ),
  default_group_priority: Type.Optional(
    Type.Enum([...groupPriorities], {
      description:
        'In groups without a priority of their own, General among them. Supervisors are given no chats. `normal` at first.',
    }),
  ),
  job_title: Type.Optional(Type.String({ maxLength: 255 })),
};

export const botName = Type.String({
  minLength: 1,
  maxLength: 100,
  description: 'What people read in chats.',
});

export const botFields = {
  ...botLooks,
  groups: Type.Optional(agentGroups),
  type: Type.Optional(Type.String({ maxLength: 64, description: 'A word of your own; `chatbot` at first.' })),
  work_scheduler: Type.Optional(workScheduler),
};

interface WireForm {
  name?: string | undefined;
  avatar?: string | undefined;
  max_chats_count?: number | undefined;
  default_group_priority?: Static<typeof priority> | undefined;
  job_title?: string | undefined;
  groups?: Static<typeof agentGroups> | undefined;
  type?: string | undefined;
  work_scheduler?: Static<typeof workScheduler> | undefined;
}

export function botFormOf(input: WireForm): BotForm {
  return {
    name: input.name,
    avatar: input.avatar,
    chatLimit: input.max_chats_count,
    defaultPriority: input.default_group_priority,
    jobTitle: input.job_title,
    groups: input.groups,
    type: input.type,
    workScheduler: input.work_scheduler,
  };
}

/** The caller as one who manages bots. */
export function botKeeper({
  caller,
  reach,
  request,
}: Pick<CallContext<AgentCaller, unknown>, 'caller' | 'reach' | 'request'>): BotKeeper {
  return {
    licenseId: caller.organization.licenseId,
    accountId: caller.credential === 'bot_token' ? null : caller.accountId,
    clientId: caller.clientId,
    reach: reach === 'all' ? 'all' : 'my',
    actor: { ip: request.ip, userAgent: request.userAgent, requestId: request.id },
  };
}

export const botDetails = Type.Array(
  Type.Enum(['groups', 'work_scheduler', 'job_title', 'max_chats_count', 'timezone']),
  { maxItems: 50, description: 'What is told beyond who the bot is.' },
);
type BotDetail = Static<typeof botDetails>[number];

export const bot = Type.Object({
  id: Type.String(),
  name: Type.String(),
  avatar_path: Type.String({ description: 'Empty where there is none.' }),
  default_group_priority: priority,
  owner_client_id: Type.String(),
  type: Type.String(),
  max_chats_count: Type.Optional(Type.Integer()),
  groups: Type.Optional(agentGroups),
  job_title: Type.Optional(Type.String()),
  work_scheduler: Type.Optional(workScheduler),
  timezone: Type.Optional(Type.String({ description: 'Of the work scheduler; empty without one.' })),
});

/** A bot with the details that were asked for. */
export function presentBot(
  { bot: known, chatLimit }: BotView,
  details: readonly BotDetail[] = [],
): Static<typeof bot> {
  const { workScheduler: scheduler } = known;
  const told: Required<Pick<Static<typeof bot>, BotDetail>> = {
    max_chats_count: chatLimit,
    groups: known.groupIds.map((id) => ({ id, priority: known.priorities[id] ?? known.defaultPriority })),
    job_title: known.jobTitle ?? '',
    work_scheduler: { timezone: scheduler?.timezone ?? '', schedule: [...(scheduler?.schedule ?? [])] },
    timezone: scheduler?.timezone ?? '',
  };
  return {
    id: known.id,
    name: known.name,
    avatar_path: known.avatarUrl ?? '',
    default_group_priority: known.defaultPriority,
    owner_client_id: known.ownerClientId,
    type: known.type,
    ...Object.fromEntries(Object.entries(told).filter(([name]) => details.includes(name as BotDetail))),
  };
}
