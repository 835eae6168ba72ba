import { queryOptions } from '@tanstack/react-query';
import { request } from './request.ts';

export type GroupPriority = 'first' | 'normal' | 'last' | 'supervisor';
export type AgentRole = 'owner' | 'viceowner' | 'administrator' | 'normal';
export type Weekday = 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday';

export interface WorkingHours {
  day: Weekday;
  enabled: boolean;
  start: string;
  end: string;
}

/** An agent with all that the Configuration API tells of them. */
export interface Agent {
  id: string;
  account_id: string;
  name: string;
  role: AgentRole;
  job_title: string;
  mobile: string;
  max_chats_count: number;
  groups: { id: number; priority: GroupPriority }[];
  work_scheduler: { timezone: string; schedule: WorkingHours[] };
  suspended: boolean;
  awaiting_approval: boolean;
  version: number;
}

export interface TeamGroup {
  id: number;
  name: string;
  language_code: string;
  /** By agent. */
  agent_priorities: Record<string, GroupPriority>;
  routing_status: 'online' | 'offline' | 'online_for_queue';
  version: number;
}

export interface BatchAnswer {
  responses: { error?: { type: string; message: string } }[];
}

/** What a program calls by a token, the page calls by its session. */
const call = <T>(method: string, body: object, signal?: AbortSignal): Promise<T> =>
  request('POST', `/configuration/${method}`, { body, ...(signal ? { signal } : {}) });

const AGENT_FIELDS = [
  'job_title',
  'mobile',
  'max_chats_count',
  'groups',
  'work_scheduler',
  'suspended',
  'awaiting_approval',
  'version',
];

export const TEAM = 'team';

export const agentsQuery = queryOptions({
  queryKey: [TEAM, 'agents'],
  queryFn: ({ signal }) => call<Agent[]>('list_agents', { fields: AGENT_FIELDS }, signal),
});

export const groupsQuery = queryOptions({
  queryKey: [TEAM, 'groups'],
  queryFn: ({ signal }) =>
    call<TeamGroup[]>('list_groups', { fields: ['agent_priorities', 'routing_status', 'version'] }, signal),
});

export const createAgent = (form: { id: string; name: string; role: AgentRole }): Promise<unknown> =>
  call('create_agent', form);

/** `version` is the one that was seen. */
export type AgentChange = Pick<Agent, 'id' | 'version'> &
  Partial<Pick<Agent, 'role' | 'job_title' | 'max_chats_count' | 'groups' | 'work_scheduler'>>;
export const updateAgent = (change: AgentChange): Promise<unknown> => call('update_agent', change);

export type AgentAction = 'suspend' | 'unsuspend' | 'approve' | 'delete';
export const actOnAgents = (action: AgentAction, ids: readonly string[]): Promise<BatchAnswer> =>
  call(`batch_${action}_agents`, { requests: ids.map((id) => ({ id })) });

export const createGroup = (
  form: Pick<TeamGroup, 'name' | 'language_code' | 'agent_priorities'>,
): Promise<unknown> => call('create_group', form);

export const updateGroup = (
  form: Pick<TeamGroup, 'id' | 'name' | 'language_code' | 'agent_priorities' | 'version'>,
): Promise<unknown> => call('update_group', form);

export const deleteGroup = (id: number): Promise<unknown> => call('delete_group', { id });
