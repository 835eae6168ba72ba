import type { Micros } from '../../kernel/clock.ts';
import type { GroupPriority } from '../chats/people.ts';
import type { AgentSettings, TeamGroup } from './records.ts';

/** Storage port of agents' settings and of groups. A unit of work that writes holds the organization first. */
export interface TeamStore {
  /** By account; one that is missing has nothing set. */
  settings(licenseId: number): Promise<ReadonlyMap<string, AgentSettings>>;
  settingsOf(licenseId: number, accountId: string): Promise<AgentSettings | undefined>;
  saveSettings(licenseId: number, accountId: string, settings: AgentSettings): Promise<void>;
  removeSettings(licenseId: number, accountId: string): Promise<void>;
  /** By account, of those who ever logged out. */
  lastLogouts(licenseId: number): Promise<ReadonlyMap<string, Micros>>;
  /** Counts a change of a member. @returns false when the version is another by now */
  countChange(licenseId: number, accountId: string, version: number): Promise<boolean>;

  groups(licenseId: number): Promise<TeamGroup[]>;
  /** Under the next id that no group of the organization ever had. @returns the id */
  addGroup(licenseId: number, group: Pick<TeamGroup, 'name' | 'languageCode'>, now: Micros): Promise<number>;
  /** Counts as a change, as do those of its agents. */
  changeGroup(licenseId: number, group: Omit<TeamGroup, 'version'>): Promise<void>;
  removeGroup(licenseId: number, groupId: number): Promise<void>;
  /** By account. */
  groupPriorities(licenseId: number, groupId: number): Promise<ReadonlyMap<string, GroupPriority>>;
  /** Puts a member into a group, or changes their priority there. */
  setGroupPriority(
    licenseId: number,
    groupId: number,
    accountId: string,
    priority: GroupPriority,
  ): Promise<void>;
  leaveGroup(licenseId: number, groupId: number, accountId: string): Promise<void>;
}
