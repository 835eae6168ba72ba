import { GatehouseError } from '../../kernel/errors.ts';
import type { GroupPriority } from '../chats/people.ts';
import type { Storage } from '../storage.ts';
import type { TeamGroup } from './records.ts';
import type { TeamService } from './team_service.ts';

export interface GroupView extends TeamGroup {
  /** By the agents' ids: e-mails, and those of bots. */
  priorities: Record<string, GroupPriority>;
}

export function groupReader(storage: Storage): Pick<TeamService, 'groups' | 'groupViews' | 'group'> {
  async function groupViews(licenseId: number): Promise<GroupView[]> {
    const { read } = storage;
    const [groups, members, bots] = await Promise.all([
      read.team.groups(licenseId),
      read.identity.members(licenseId),
      read.bots.bots(licenseId),
    ]);
    const agents = [
      ...members.map(({ account, groupIds, priorities }) => ({
        id: account.email,
        groupIds,
        priorities,
        defaultPriority: 'normal' as const,
      })),
      ...bots
        .filter(({ removedAt }) => removedAt === null)
        .map(({ id, groupIds, priorities, defaultPriority }) => ({
          id,
          groupIds,
          priorities,
          defaultPriority,
        })),
    ];
    return groups.map((group) => ({
      ...group,
      priorities: Object.fromEntries(
        agents
          .filter(({ groupIds }) => groupIds.includes(group.id))
          .map(({ id, priorities, defaultPriority }) => [id, priorities?.[group.id] ?? defaultPriority]),
      ),
    }));
  }
  return {
    groups: (licenseId) => storage.read.team.groups(licenseId),
    groupViews,
    async group(licenseId, id) {
      const found = (await groupViews(licenseId)).find((group) => group.id === id);
      if (!found) throw noGroup(id);
      return found;
    },
  };
}

export function noGroup(id: number): GatehouseError {
  return new GatehouseError(
    'not_found',
    `This organization has no group ${id}. list_groups names those there are.`,
  );
}
