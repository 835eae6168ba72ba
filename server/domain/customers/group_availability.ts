import type { Clock } from '../../kernel/clock.ts';
import { EVERYBODY } from '../chats/chat.ts';
import type { AgentProfile, PeopleDirectory } from '../chats/people.ts';
import { chooseDesk, type Desk, isReachable, type SeatRequest } from '../chats/routing/desks.ts';
import { readDesks } from '../chats/routing/seating.ts';
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

export function groupAvailability(deps: {
  people: PeopleDirectory;
  storage: Storage;
  clock: Clock;
}): GroupAvailability {
  const { people, storage } = deps;
  const desksOf = async (licenseId: number): Promise<Desk[]> =>
    readDesks(storage.read.chats(licenseId), await people.agents(licenseId), deps.clock.now());
  return {
    async statuses(licenseId) {
      const [groups, desks] = await Promise.all([people.groups(licenseId), desksOf(licenseId)]);
      return new Map(groups.map(({ id }) => [id, predictionFor(desks, [id]).status]));
    },
    async predict(licenseId, groups) {
      return predictionFor(await desksOf(licenseId), groups.length > 0 ? groups : [EVERYBODY]);
    },
  };
}

/** Somebody has time; or somebody accepts chats and has none, so that a new one waits; or nobody is there. */
function predictionFor(desks: readonly Desk[], groups: readonly number[]): Prediction {
  const request: SeatRequest = { groups, agentIds: null, bots: true };
  const agent = chooseDesk(desks, request)?.agent;
  if (agent) return { status: 'online', agent };
  const isOpen = desks.some((desk) => isReachable(desk, request));
  return { status: isOpen ? 'online_for_queue' : 'offline', agent: undefined };
}
