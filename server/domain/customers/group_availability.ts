import { EVERYBODY } from '../chats/chat.ts';
import type { AgentProfile, PeopleDirectory } from '../chats/people.ts';
import { chooseAgent } from '../chats/routing.ts';
import type { Storage } from '../storage.ts';

/** Docs: customer-chat-api#list-group-statuses. */
export type GroupStatus = 'online' | 'offline' | 'online_for_queue';

/** Who a new chat would go to. */
export interface Prediction {
  status: GroupStatus;
  /** Undefined when nobody can take a chat now. */
  agent: AgentProfile | undefined;
}

/** Whether somebody is there, group by group; nothing is assigned. */
export interface GroupAvailability {
  /** Of every group of the organization. */
  statuses(licenseId: number): Promise<ReadonlyMap<number, GroupStatus>>;
  predict(licenseId: number, groups: readonly number[]): Promise<Prediction>;
}

export function groupAvailability(deps: { people: PeopleDirectory; storage: Storage }): GroupAvailability {
  const { people, storage } = deps;
  const nobodyWasAssigned = new Map<string, number>();
  return {
    async statuses(licenseId) {
      const [groups, agents] = await Promise.all([people.groups(licenseId), people.agents(licenseId)]);
      const statusOf = (id: number): GroupStatus =>
        chooseAgent(agents, [id], nobodyWasAssigned) ? 'online' : 'offline';
      return new Map(groups.map(({ id }) => [id, statusOf(id)]));
    },
    async predict(licenseId, groups) {
      const agents = await people.agents(licenseId);
      const assignments = await storage.read.chats(licenseId).lastAssignments();
      const agent = chooseAgent(agents, groups.length > 0 ? groups : [EVERYBODY], assignments);
      return { status: agent ? 'online' : 'offline', agent };
    },
  };
}
