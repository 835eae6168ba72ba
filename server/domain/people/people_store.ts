import type { Micros } from '../../kernel/clock.ts';
import type { AccountRole, ChatRole, Member } from '../identity/records.ts';
import type {
  ActingForMember,
  Invitation,
  InvitationOutcome,
  NamedInvitation,
  PeopleFilter,
  PeoplePlace,
} from './records.ts';

/**
 * Storage port of the people of an organization. Each change of a membership is one conditional statement: it
 * happens only to the version that the caller saw, and never to the last active owner.
 */
export interface PeopleStore {
  /**
   * Holds the organization until the unit of work ends, so that changes of its memberships go one after
   * another: on an engine with many writers two owners could otherwise each see the other stay.
   */
  lockOrganization(licenseId: number): Promise<void>;

  /** Sorted by name. */
  people(
    licenseId: number,
    filter: PeopleFilter,
    page: { after: PeoplePlace | undefined; limit: number },
  ): Promise<(Member & { place: PeoplePlace })[]>;
  countPeople(licenseId: number, filter: PeopleFilter): Promise<number>;
  /** Live ones only; an account that is missing has nothing. */
  actingFor(
    licenseId: number,
    accountIds: readonly string[],
    now: Micros,
  ): Promise<ReadonlyMap<string, ActingForMember>>;

  /** @returns false when the version is another by now, or it would take the organization its last active owner */
  changeRoles(
    licenseId: number,
    accountId: string,
    roles: { accountRole: AccountRole; chatRole: ChatRole },
    version: number,
  ): Promise<boolean>;
  /** Same answer. */
  suspendMember(licenseId: number, accountId: string, version: number, now: Micros): Promise<boolean>;
  unsuspendMember(licenseId: number, accountId: string, version: number): Promise<boolean>;
  /** Also from its groups. Same answer. */
  removeMember(licenseId: number, accountId: string, version: number): Promise<boolean>;

  /** @returns false when the e-mail has an open invitation to the organization */
  addInvitation(invitation: Invitation): Promise<boolean>;
  /** By the key in the link; of every organization, ended or not. */
  invitationByKey(key: number): Promise<NamedInvitation | undefined>;
  invitation(licenseId: number, id: string): Promise<NamedInvitation | undefined>;
  openInvitationTo(licenseId: number, email: string): Promise<Invitation | undefined>;
  /** Open ones, the newest first, expired ones among them. */
  openInvitations(
    licenseId: number,
    page: { before: number | undefined; limit: number },
  ): Promise<NamedInvitation[]>;
  countOpenInvitations(licenseId: number): Promise<number>;
  /** Gives an open invitation a new link; the old one is dead. @returns false when it ended meanwhile */
  renewInvitation(
    licenseId: number,
    key: number,
    renewed: Pick<Invitation, 'secretHash' | 'invitedBy' | 'sentAt' | 'expiresAt'>,
  ): Promise<boolean>;
  /** Says yes to a proposal, which becomes an invitation with a link. @returns true for exactly one caller */
  approveInvitation(
    licenseId: number,
    key: number,
    approved: Pick<
      Invitation,
      'secretHash' | 'accountRole' | 'chatRole' | 'invitedBy' | 'accountId' | 'sentAt' | 'expiresAt'
    >,
  ): Promise<boolean>;
  /** Takes it back, or makes room for another, expired or not. @returns true for exactly one caller */
  endInvitation(
    licenseId: number,
    key: number,
    outcome: Extract<InvitationOutcome, 'revoked' | 'replaced'>,
    now: Micros,
  ): Promise<boolean>;
  /** Uses the link up. @returns true for exactly one caller, and never for one that ended, expired or was renewed */
  answerInvitation(
    key: number,
    secretHash: Uint8Array,
    outcome: Extract<InvitationOutcome, 'accepted' | 'declined'>,
    now: Micros,
  ): Promise<boolean>;
  /** Takes back the invitations of a member that give one of these roles. @returns how many */
  revokeInvitationsBy(
    licenseId: number,
    accountId: string,
    giving: { accountRoles: readonly AccountRole[]; chatRoles: readonly ChatRole[] },
    now: Micros,
  ): Promise<number>;
}
