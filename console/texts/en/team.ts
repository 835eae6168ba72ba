import type { AgentAction, AgentRole, GroupPriority, TeamGroup, Weekday } from '../../api/team.ts';
import { count } from './words.ts';

const roles: Record<AgentRole, string> = {
  owner: 'Owner',
  viceowner: 'Vice owner',
  administrator: 'Administrator',
  normal: 'Agent',
};

const priorities: Record<GroupPriority, string> = {
  first: 'First',
  normal: 'Normal',
  last: 'Last',
  supervisor: 'Supervisor: no chats',
};

const days: Record<Weekday, string> = {
  monday: 'Monday',
  tuesday: 'Tuesday',
  wednesday: 'Wednesday',
  thursday: 'Thursday',
  friday: 'Friday',
  saturday: 'Saturday',
  sunday: 'Sunday',
};

const actions: Record<AgentAction, { label: string; question: string; text: string; done: string }> = {
  suspend: {
    label: 'Suspend…',
    question: 'Suspend?',
    text: 'They and their apps lose access to this organization at once. Their open chats go to others.',
    done: 'Suspended.',
  },
  unsuspend: {
    label: 'Lift the suspension',
    question: 'Lift the suspension?',
    text: 'They and their apps have access again, and are given chats.',
    done: 'The suspension was lifted.',
  },
  approve: {
    label: 'Approve',
    question: 'Approve?',
    text: 'They can work from now on.',
    done: 'Approved.',
  },
  delete: {
    label: 'Remove…',
    question: 'Remove from the organization?',
    text: 'Their tokens here end for good, and their open chats go to others. Their accounts stay.',
    done: 'Removed.',
  },
};

const statuses: Record<TeamGroup['routing_status'], string> = {
  online: 'Online',
  offline: 'Offline',
  online_for_queue: 'All busy',
};

/** Settings, Agents. */
export const agents = {
  title: 'Agents',
  description: 'Who answers chats: in which groups, how many at once, and when.',
  roles,
  priorities,
  days,
  actions,
  search: 'Search by name or email',
  group: 'Group',
  anyGroup: 'Any group',
  status: 'Status',
  anyStatus: 'Any status',
  states: { working: 'Working', suspended: 'Suspended', awaiting: 'Awaits approval' },
  noMatchTitle: 'Nobody matches',
  noMatchText: 'Try another spelling, or fewer filters.',
  shown: (shown: number, total: number) =>
    shown === total ? count(total, 'agent', 'agents') : `${shown} of ${count(total, 'agent', 'agents')}`,
  more: 'Show more',
  chats: (most: number) => `up to ${count(most, 'chat', 'chats')} at once`,
  hours: 'own working hours',
  select: (name: string) => `Select ${name}`,
  selected: (selected: number) => `${selected} selected`,
  failed: (failed: number, total: number) => `${failed} of ${total} could not be done`,
  edit: 'Edit',
  editOf: (name: string) => `Edit ${name}`,
  role: 'Role',
  jobTitle: 'Job title',
  jobTitleHint: 'Customers see it beside the name.',
  limit: 'Chats at once',
  inGroups: 'Groups and priorities',
  notIn: 'Not in it',
  workingHours: 'Working hours',
  workingHoursHint: 'Chats are given within them alone. Without any, the routing status decides.',
  timezone: 'Time zone',
  timezoneHint: 'Such as Europe/Warsaw; empty for UTC.',
  day: 'Day',
  start: 'From',
  end: 'Until',
  addHours: 'Add hours',
  removeHours: (day: string, start: string) => `Remove ${day} ${start}`,
  save: 'Save',
  saved: 'The agent was saved.',
  add: {
    action: 'Add an agent',
    email: 'Email',
    name: 'Name',
    hint: 'They get a mail to choose a password, or an invitation where they have an account already.',
    submit: 'Add',
    done: (email: string) => `A mail to ${email} is on its way.`,
  },
};

/** Settings, Groups. */
export const groups = {
  title: 'Groups',
  description: 'Chats come to groups. Each agent of a group is given its chats by their priority there.',
  statuses,
  members: (members: number) => count(members, 'agent', 'agents'),
  create: 'Create a group',
  edit: 'Edit',
  editOf: (name: string) => `Edit ${name}`,
  remove: 'Delete…',
  removeOf: (name: string) => `Delete ${name}`,
  removeTitle: (name: string) => `Delete ${name}?`,
  removeText:
    'Its open chats belong to their other groups from then on, or to everybody; agents stay in them. The id is not given again.',
  removed: 'The group was deleted.',
  name: 'Name',
  language: 'Language code',
  languageHint: 'Such as en or pt-BR.',
  agents: 'Agents and priorities',
  saved: 'The group was saved.',
};
