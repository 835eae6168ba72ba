import type { Clock } from '../../kernel/clock.ts';
import type { Storage } from '../storage.ts';
import { type AgentView, agentReader } from './agent_views.ts';
import { type GroupView, groupReader } from './group_views.ts';
import { type GroupChanges, groupChanges } from './groups.ts';
import type { TeamGroup } from './records.ts';

/** Agents and groups as programs manage them. */
export interface TeamService extends GroupChanges {
  /** Everybody of the organization who is no bot, sorted by e-mail; suspended agents among them. */
  agents(licenseId: number): Promise<AgentView[]>;
  /** @throws GatehouseError `not_found` */
  agent(licenseId: number, email: string): Promise<AgentView>;
  groups(licenseId: number): Promise<TeamGroup[]>;
  /** With their agents. */
  groupViews(licenseId: number): Promise<GroupView[]>;
  /** @throws GatehouseError `not_found` */
  group(licenseId: number, id: number): Promise<GroupView>;
}

export function createTeamService(deps: {
  storage: Storage;
  clock: Clock;
  /** After a commit: who remembers agents and groups forgets them. What remembers rights hears of it by the storage. */
  changed(licenseId: number): void;
}): TeamService {
  return { ...agentReader(deps.storage), ...groupReader(deps.storage), ...groupChanges(deps) };
}
