import type { Clock } from '../../kernel/clock.ts';
import type { Identifiers } from '../../kernel/identifiers.ts';
import type { Random } from '../../kernel/random.ts';
import type { OpaqueTokens } from '../../oauth/opaque_token.ts';
import type { PeopleDirectory } from '../chats/people.ts';
import type { Audit } from '../identity/audit.ts';
import type { MailOutbox, MailWriter } from '../identity/mail_outbox.ts';
import type { PasswordHasher } from '../identity/password_hasher.ts';
import type { Throttle } from '../identity/throttling.ts';
import type { Invitations } from '../people/invitations.ts';
import type { Manager, MemberChanges } from '../people/member_changes.ts';
import type { ServerSettings } from '../server_settings.ts';
import type { Storage } from '../storage.ts';
import { type AgentUpdate, updateAgent } from './agent_changes.ts';
import { createAgent, type NewAgent } from './agent_creation.ts';
import { type AgentStates, agentStates } from './agent_states.ts';
import { type AgentView, agentReader } from './agent_views.ts';
import { type GroupView, groupReader } from './group_views.ts';
import { type GroupChanges, groupChanges } from './groups.ts';
import type { TeamGroup } from './records.ts';

/** Agents and groups as programs manage them. */
export interface TeamService extends GroupChanges, AgentStates {
  /** Everybody of the organization who is no bot, sorted by e-mail; suspended agents among them. */
  agents(licenseId: number): Promise<AgentView[]>;
  /** @throws GatehouseError `not_found` */
  agent(licenseId: number, email: string): Promise<AgentView>;
  createAgent(manager: Manager, form: NewAgent): Promise<string>;
  updateAgent(manager: Manager, email: string, form: AgentUpdate): Promise<string[]>;
  groups(licenseId: number): Promise<TeamGroup[]>;
  /** With their agents. */
  groupViews(licenseId: number): Promise<GroupView[]>;
  /** @throws GatehouseError `not_found` */
  group(licenseId: number, id: number): Promise<GroupView>;
}

export interface TeamDeps {
  storage: Storage;
  clock: Clock;
  identifiers: Identifiers;
  random: Random;
  tokens: OpaqueTokens;
  people: PeopleDirectory;
  changes: MemberChanges;
  invitations: Invitations;
  hasher: PasswordHasher;
  audit: Audit;
  outbox: MailOutbox;
  throttle: Throttle;
  writer: MailWriter;
  settings: ServerSettings;
  /** After a commit: who remembers agents and groups forgets them. What remembers rights hears of it by the storage. */
  changed(licenseId: number): void;
}

export function createTeamService(deps: TeamDeps): TeamService {
  return {
    ...agentReader(deps.storage),
    ...groupReader(deps.storage),
    ...groupChanges(deps),
    ...agentStates(deps),
    createAgent: createAgent(deps),
    updateAgent: updateAgent(deps),
  };
}
