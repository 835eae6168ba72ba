import Type, { type Static } from 'typebox';
import { type WorkScheduler, weekdays } from '../../domain/chats/routing/working_hours.ts';
import { type AgentForm, invalid } from '../../domain/team/agent_form.ts';
import { agentRoleOf, agentRoles } from '../../domain/team/agent_roles.ts';
import type { AgentView } from '../../domain/team/agent_views.ts';
import {
  agentNotifications,
  emailSubscriptions,
  groupPriorities,
  loginStatuses,
} from '../../domain/team/records.ts';
import { formatTimestamp } from '../../kernel/timestamp.ts';
import { groupId } from '../../wire/access.ts';
import { timestamp } from '../../wire/page.ts';

const time = Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$', description: 'HH:MM.' });

export const workScheduler = Type.Object(
  {
    timezone: Type.String({ maxLength: 64, description: 'IANA name; empty for UTC.' }),
    schedule: Type.Array(
      Type.Object({
        day: Type.Enum([...weekdays]),
        enabled: Type.Boolean({ description: '`false`: kept, and not followed.' }),
        start: time,
        end: time,
      }),
      { maxItems: 168 },
    ),
  },
  {
    description:
      'When chats are given to the agent. Out of these hours none are; where no hours are enabled, the routing ' +
      'status alone decides.',
  },
);

export const agentGroups = Type.Array(
  Type.Object({
    id: groupId,
    priority: Type.Enum([...groupPriorities]),
  }),
  { maxItems: 200 },
);

export const notifications = Type.Array(Type.Enum([...agentNotifications]), { maxItems: 50 });
export const subscriptions = Type.Array(Type.Enum([...emailSubscriptions]), { maxItems: 10 });

export const agentVersion = Type.Integer({
  minimum: 1,
  description:
    'Grows with each change. Gatehouse’s own: who sends it changes nothing that somebody else changed meanwhile.',
});

export const agentFields = Type.Array(
  Type.Enum([
    'work_scheduler',
    'groups',
    'email_subscriptions',
    'notifications',
    'job_title',
    'mobile',
    'max_chats_count',
    'suspended',
    'awaiting_approval',
    'last_logout',
    'version',
  ]),
  { maxItems: 50, description: 'What is told beyond who the agent is.' },
);
type AgentField = Static<typeof agentFields>[number];

export const agent = Type.Object({
  id: Type.String({ description: 'E-mail.' }),
  account_id: Type.String(),
  name: Type.String(),
  avatar: Type.String({ description: 'Empty where there is none.' }),
  role: Type.Enum([...agentRoles]),
  login_status: Type.Enum([...loginStatuses]),
  job_title: Type.Optional(Type.String()),
  mobile: Type.Optional(Type.String()),
  max_chats_count: Type.Optional(Type.Integer()),
  groups: Type.Optional(agentGroups),
  notifications: Type.Optional(notifications),
  email_subscriptions: Type.Optional(subscriptions),
  work_scheduler: Type.Optional(workScheduler),
  suspended: Type.Optional(Type.Boolean()),
  awaiting_approval: Type.Optional(Type.Boolean()),
  last_logout: Type.Optional(timestamp),
  version: Type.Optional(agentVersion),
});

const dayHours = Type.Optional(Type.Object({ start: time, end: time }));

/** As it is sent: the older form with a key for each day, which the sample of update_agent has, is taken, too. */
const sentScheduler = Type.Object(
  {
    timezone: Type.Optional(Type.String({ maxLength: 64, description: 'IANA name; empty for UTC.' })),
    schedule: Type.Optional(workScheduler.properties.schedule),
    monday: dayHours,
    tuesday: dayHours,
    wednesday: dayHours,
    thursday: dayHours,
    friday: dayHours,
    saturday: dayHours,
    sunday: dayHours,
  },
  {
    description:
      'When chats are given to the agent: replaces all hours that are there. `timezone` is needed where there are hours; an empty `schedule` takes them away. Instead of `schedule` there may be a key for each day.',
  },
);

/** What is set of an agent, in create_agent and update_agent. */
export const agentSettings = {
  login_status: Type.Optional(Type.Enum([...loginStatuses])),
  job_title: Type.Optional(Type.String({ maxLength: 100 })),
  mobile: Type.Optional(Type.String({ maxLength: 40 })),
  max_chats_count: Type.Optional(Type.Integer({ minimum: 0, maximum: 20 })),
  groups: Type.Optional(agentGroups),
  notifications: Type.Optional(notifications),
  email_subscriptions: Type.Optional(subscriptions),
  work_scheduler: Type.Optional(sentScheduler),
};
const settingsInput = Type.Object(agentSettings);

/** @throws GatehouseError `validation` */
export function readAgentForm(input: Static<typeof settingsInput>): AgentForm {
  return {
    loginStatus: input.login_status,
    jobTitle: input.job_title,
    mobile: input.mobile,
    chatLimit: input.max_chats_count,
    groups: input.groups,
    notifications: input.notifications,
    emailSubscriptions: input.email_subscriptions,
    workScheduler: input.work_scheduler && readScheduler(input.work_scheduler),
  };
}

function readScheduler({ timezone, schedule, ...days }: Static<typeof sentScheduler>): WorkScheduler {
  const byDay = weekdays.flatMap((day) => {
    const hours = days[day];
    return hours ? [{ day, enabled: true, ...hours }] : [];
  });
  if (schedule && byDay.length > 0)
    throw invalid([
      { field: 'work_scheduler', message: 'It has a schedule and keys of days. Send one of the two.' },
    ]);
  const hours = schedule ?? byDay;
  // The older form knew no time zone.
  if (timezone === undefined && schedule && schedule.length > 0)
    throw invalid([
      { field: 'work_scheduler.timezone', message: 'It is missing, and hours need one. Send "" for UTC.' },
    ]);
  return { timezone: timezone ?? '', schedule: hours };
}

/** An agent with the fields that were asked for. */
export function presentAgent(view: AgentView, fields: readonly AgentField[] = []): Static<typeof agent> {
  const { member, settings } = view;
  const { workScheduler: scheduler } = settings;
  const optional: Required<Pick<Static<typeof agent>, Exclude<AgentField, 'last_logout'>>> = {
    work_scheduler: scheduler
      ? { timezone: scheduler.timezone, schedule: [...scheduler.schedule] }
      : { timezone: '', schedule: [] },
    groups: view.groups,
    email_subscriptions: [...settings.emailSubscriptions],
    notifications: [...settings.notifications],
    job_title: settings.jobTitle ?? '',
    mobile: settings.mobile ?? '',
    max_chats_count: view.chatLimit,
    suspended: view.suspended,
    awaiting_approval: view.awaitingApproval,
    version: member.membership.version,
  };
  const told = Object.entries(optional).filter(([field]) => fields.includes(field as AgentField));
  return {
    id: member.account.email,
    account_id: member.account.id,
    name: member.account.name,
    avatar: '',
    role: agentRoleOf(member.membership),
    login_status: settings.loginStatus,
    ...Object.fromEntries(told),
    ...(fields.includes('last_logout') && view.lastLogoutAt !== undefined
      ? { last_logout: formatTimestamp(view.lastLogoutAt) }
      : {}),
  };
}
