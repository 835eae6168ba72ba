import type { Micros } from '../../kernel/clock.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import type { GroupPriority } from '../chats/people.ts';
import { CHAT_LIMIT } from '../chats/routing/desks.ts';
import type { Member } from '../identity/records.ts';
import { loginSubject } from '../identity/throttling.ts';
import type { Storage } from '../storage.ts';
import { type AgentSettings, UNSET } from './records.ts';
import type { TeamService } from './team_service.ts';

/** An agent with all that is set of them. */
export interface AgentView {
  member: Member;
  settings: AgentSettings;
  groups: { id: number; priority: GroupPriority }[];
  chatLimit: number;
  lastLogoutAt: Micros | undefined;
  /** Out of work until somebody lifts it; one who waits for approval is not called so. */
  suspended: boolean;
  awaitingApproval: boolean;
}

export function agentReader(storage: Storage): Pick<TeamService, 'agents' | 'agent'> {
  async function agents(licenseId: number): Promise<AgentView[]> {
    const { read } = storage;
    const [members, settings, logouts, states] = await Promise.all([
      read.identity.members(licenseId),
      read.team.settings(licenseId),
      read.team.lastLogouts(licenseId),
      read.chats(licenseId).agentStates(),
    ]);
    return members
      .map((member) => {
        const { id, email } = member.account;
        return {
          ...viewOf(member, settings.get(id) ?? UNSET),
          chatLimit: states.get(email)?.chatLimit ?? CHAT_LIMIT,
          lastLogoutAt: logouts.get(id),
        };
      })
      .sort((a, b) => (a.member.account.email < b.member.account.email ? -1 : 1));
  }
  return {
    agents,
    async agent(licenseId, email) {
      const wanted = loginSubject(email);
      const found = (await agents(licenseId)).find(
        ({ member }) => loginSubject(member.account.email) === wanted,
      );
      if (!found) throw noAgent();
      return found;
    },
  };
}

function viewOf(
  member: Member,
  settings: AgentSettings,
): Pick<AgentView, 'member' | 'settings' | 'groups' | 'suspended' | 'awaitingApproval'> {
  const out = member.membership.suspendedAt !== null;
  const awaitingApproval = out && settings.awaitingApproval;
  return {
    member,
    settings,
    groups: member.groupIds.map((id) => ({ id, priority: member.priorities?.[id] ?? 'normal' })),
    suspended: out && !awaitingApproval,
    awaitingApproval,
  };
}

/** The same words for an agent of another organization and for none. */
export function noAgent(): GatehouseError {
  return new GatehouseError(
    'not_found',
    'This organization has no agent with this id. The id of an agent is their e-mail address.',
  );
}
