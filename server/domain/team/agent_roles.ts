import type { AccountRole, ChatRole } from '../identity/records.ts';

/** Roles of agents as the Configuration API says them (docs: configuration-api#create-agent). */
export const agentRoles = ['owner', 'viceowner', 'administrator', 'normal'] as const;
export type AgentRole = (typeof agentRoles)[number];

/** Those that can be given: an owner becomes one by a transfer alone. */
export const givenRoles = ['viceowner', 'administrator', 'normal'] as const;
export type GivenRole = (typeof givenRoles)[number];

interface Roles {
  accountRole: AccountRole;
  chatRole: ChatRole;
}

/** One word for the two roles: who manages the organization is above who manages chats. */
export function agentRoleOf({ accountRole, chatRole }: Roles): AgentRole {
  if (accountRole === 'owner') return 'owner';
  if (accountRole === 'administrator') return 'viceowner';
  return chatRole;
}

export function rolesOf(role: GivenRole): Roles {
  if (role === 'viceowner') return { accountRole: 'administrator', chatRole: 'administrator' };
  return { accountRole: 'member', chatRole: role };
}
