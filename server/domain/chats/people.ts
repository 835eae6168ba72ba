import type { WorkScheduler } from './routing/working_hours.ts';

/** How early an agent of a group is given its chats (docs: configuration-api#group-priorities). */
export type GroupPriority = 'first' | 'normal' | 'last' | 'supervisor';

/** An agent as the chat domain needs to know them. */
export interface AgentProfile {
  /** The e-mail, or the id of a bot: the id of agents on the chat APIs. */
  id: string;
  /** Of a bot, its id again. */
  accountId: string;
  name: string;
  avatar: string | null;
  /** Shown to customers beside the name. */
  jobTitle: string | null;
  chatRole: 'administrator' | 'normal';
  groupIds: readonly number[];
  /** By group. */
  priorities?: Readonly<Record<number, GroupPriority>>;
  /** In groups that `priorities` does not name; normal where it is absent. */
  defaultPriority?: GroupPriority;
  /** Absent where the routing status alone decides whether they are given chats. */
  workScheduler?: WorkScheduler;
  /** Of a bot: removed. */
  suspended: boolean;
  isBot: boolean;
  /** The app that a bot belongs to. */
  ownerClientId?: string;
  /** Of a bot: it is everybody's who calls with a personal access token. */
  byPersonalToken?: boolean;
}

/** Is a bot the caller's: of their app or, for a personal access token, made by such a one? */
export function isOwnBot(
  bot: Pick<AgentProfile, 'ownerClientId' | 'byPersonalToken'>,
  clientId: string | null,
): boolean {
  return clientId === null ? bot.byPersonalToken === true : bot.ownerClientId === clientId;
}

export interface GroupProfile {
  id: number;
  name: string;
}

/**
 * The people of an organization, as far as chats need them; the identity module answers. Answers may come
 * from a cache that is some seconds old. Suspended agents and removed bots are included, so that old chats still name them.
 */
export interface PeopleDirectory {
  agent(licenseId: number, agentId: string): Promise<AgentProfile | undefined>;
  agents(licenseId: number): Promise<readonly AgentProfile[]>;
  groups(licenseId: number): Promise<readonly GroupProfile[]>;
  /** The next answer is no older than this call. */
  forget?(licenseId: number): void;
}

/** Agents by id. */
export type AgentsById = ReadonlyMap<string, AgentProfile>;

/** A directory gives the same list until somebody changes: then this is the same map, too. */
const maps = new WeakMap<readonly AgentProfile[], AgentsById>();

export async function agentsById(people: PeopleDirectory, licenseId: number): Promise<AgentsById> {
  const agents = await people.agents(licenseId);
  let byId = maps.get(agents);
  if (!byId) {
    byId = new Map(agents.map((agent) => [agent.id, agent]));
    maps.set(agents, byId);
  }
  return byId;
}
