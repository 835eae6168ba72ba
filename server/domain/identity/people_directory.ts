import type { Clock, Micros } from '../../kernel/clock.ts';
import { pictureUrl } from '../accounts/records.ts';
import type { Bot } from '../apps/records.ts';
import type { AgentProfile, GroupProfile, PeopleDirectory } from '../chats/people.ts';
import type { Storage } from '../storage.ts';
import type { AgentSettings } from '../team/records.ts';
import type { Member } from './records.ts';

const CAPACITY = 1_000;

interface Organization {
  readAt: number;
  agents: AgentProfile[];
  byId: Map<string, AgentProfile>;
  groups: GroupProfile[];
}

/**
 * Agents and groups of organizations, for the chat domain; remembered, since every list names them. Rights never
 * come from here.
 * @param maxAge microseconds that an answer is believed
 */
export function peopleDirectory(
  storage: Storage,
  clock: Clock,
  maxAge: () => Micros,
  publicUrl: () => string,
): PeopleDirectory & {
  /** Somebody came, went or was suspended: the next question is answered from the database. */
  forget(licenseId: number): void;
  forgetAll(): void;
} {
  const remembered = new Map<number, Promise<Organization>>();

  async function read(licenseId: number): Promise<Organization> {
    const [members, settings, pictures, bots, groups] = await Promise.all([
      storage.read.identity.members(licenseId),
      storage.read.team.settings(licenseId),
      storage.read.accounts.pictures(licenseId),
      storage.read.bots.bots(licenseId),
      storage.read.identity.groups(licenseId),
    ]);
    const people = members.map((member) => ({
      ...personProfile(member, settings.get(member.account.id)),
      avatar: pictureUrl(publicUrl(), pictures.get(member.account.id)),
    }));
    const agents: AgentProfile[] = [...people, ...bots.map(botProfile)];
    return { readAt: clock.now(), agents, byId: new Map(agents.map((agent) => [agent.id, agent])), groups };
  }

  async function organization(licenseId: number): Promise<Organization> {
    const known = await remembered.get(licenseId)?.catch(() => undefined);
    if (known && clock.now() - known.readAt <= maxAge()) return known;
    if (remembered.size >= CAPACITY) remembered.clear();
    const reading = read(licenseId);
    remembered.set(licenseId, reading);
    return reading;
  }

  return {
    agent: async (licenseId, agentId) => (await organization(licenseId)).byId.get(agentId),
    agents: async (licenseId) => (await organization(licenseId)).agents,
    groups: async (licenseId) => (await organization(licenseId)).groups,
    forget: (licenseId) => void remembered.delete(licenseId),
    forgetAll: () => remembered.clear(),
  };
}

function personProfile(
  { account, membership, groupIds, priorities }: Member,
  settings: AgentSettings | undefined,
): AgentProfile {
  const workScheduler = settings?.workScheduler;
  return {
    id: account.email,
    accountId: account.id,
    name: account.name,
    avatar: null,
    jobTitle: settings?.jobTitle ?? null,
    chatRole: membership.chatRole,
    groupIds,
    ...(priorities ? { priorities } : {}),
    ...(workScheduler ? { workScheduler } : {}),
    suspended: membership.suspendedAt !== null,
    isBot: false,
  };
}

function botProfile(bot: Bot): AgentProfile {
  return {
    id: bot.id,
    accountId: bot.id,
    name: bot.name,
    avatar: bot.avatarUrl,
    jobTitle: bot.jobTitle,
    chatRole: 'normal',
    groupIds: bot.groupIds,
    priorities: bot.priorities,
    defaultPriority: bot.defaultPriority,
    ...(bot.workScheduler ? { workScheduler: bot.workScheduler } : {}),
    suspended: bot.removedAt !== null,
    isBot: true,
    ownerClientId: bot.ownerClientId,
    byPersonalToken: bot.byPersonalToken,
  };
}
