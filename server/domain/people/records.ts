import type { Micros } from '../../kernel/clock.ts';
import type { AccountRole, ChatRole, Member } from '../identity/records.ts';
import type { AgentForm } from '../team/agent_form.ts';

/** How an invitation ended; one that merely expired has no outcome and can be sent again. */
export type InvitationOutcome = 'accepted' | 'declined' | 'revoked' | 'replaced';

export interface InvitedAgent extends AgentForm {
  awaitingApproval: boolean;
}

export interface Invitation {
  /** Also in the link that was mailed. */
  key: number;
  /** UUID: its name on the wire. */
  id: string;
  licenseId: number;
  secretHash: Uint8Array;
  email: string;
  accountRole: AccountRole;
  chatRole: ChatRole;
  /** The account that sent it last. */
  invitedBy: string;
  createdAt: Micros;
  sentAt: Micros;
  expiresAt: Micros;
  /** What is set of the agent whom the invited person becomes; null where nothing was asked for. */
  agent: InvitedAgent | null;
  endedAt: Micros | null;
  outcome: InvitationOutcome | null;
  /** What whoever proposed the person says they are called. */
  name: string | null;
  /** The id that the account will have, where it was told to somebody before there is one. */
  accountId: string | null;
  /** Somebody proposed the person, and nobody has approved of it: no mail went out yet. */
  awaitingApproval: boolean;
}

/** An invitation with the name of who sent it; null when that account is gone. */
export interface NamedInvitation extends Invitation {
  invitedByName: string | null;
}

/** An open invitation as those who manage people see it. */
export interface OpenInvitation extends NamedInvitation {
  /** Its link works no longer. */
  expired: boolean;
}

export type PersonStatus = 'active' | 'suspended';

export interface PeopleFilter {
  /** A part of the name or the e-mail; empty for everybody. */
  search: string;
  role: AccountRole | undefined;
  status: PersonStatus | undefined;
}

/** A place in the list of people, which is sorted by name. */
export interface PeoplePlace {
  nameKey: string;
  accountId: string;
}

/** What acts for a member by itself, and stops when the member goes. */
export interface ActingForMember {
  /** Apps that the member gave access to, in this organization. */
  apps: number;
  personalAccessTokens: number;
}

export interface PersonInList extends Member {
  actingFor: ActingForMember;
}
