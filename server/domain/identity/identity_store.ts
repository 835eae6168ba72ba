import type { Micros } from '../../kernel/clock.ts';
import type {
  Account,
  AuditEntry,
  AuthenticationMethod,
  Group,
  Mail,
  Member,
  Membership,
  OneTimeToken,
  OneTimeTokenKind,
  Organization,
  OrganizationSettings,
  Session,
} from './records.ts';

/** Storage port of accounts, organizations and what belongs to them. */
export interface IdentityStore {
  /** @returns false when the e-mail belongs to an account already */
  addAccount(account: Account): Promise<boolean>;
  account(id: string): Promise<Account | undefined>;
  accountByEmail(email: string): Promise<Account | undefined>;
  renameAccount(id: string, name: string): Promise<void>;
  setPassword(id: string, passwordHash: string): Promise<void>;
  /** Only while the account still has that e-mail. */
  confirmEmail(id: string, email: string, now: Micros): Promise<boolean>;

  /** Gives the organization the next free license id unless one is asked for; undefined when that is taken. */
  addOrganization(
    organization: Omit<Organization, 'licenseId'>,
    licenseId?: number,
  ): Promise<number | undefined>;
  organization(licenseId: number): Promise<Organization | undefined>;
  organizationById(id: string): Promise<Organization | undefined>;

  organizationSettings(licenseId: number): Promise<OrganizationSettings | undefined>;
  /** @returns false when `version` is not the present one any more; then nothing is changed */
  updateOrganizationSettings(
    licenseId: number,
    change: { version: number; forceStrict: boolean },
  ): Promise<boolean>;

  /** @returns false when the account is in the organization already */
  addMembership(membership: Omit<Membership, 'version'>): Promise<boolean>;
  /** Undefined when the account is not in the organization. */
  member(licenseId: number, accountId: string): Promise<Member | undefined>;
  members(licenseId: number): Promise<Member[]>;
  /** Organizations of an account, the oldest first. */
  organizationsOf(accountId: string): Promise<{ organization: Organization; membership: Membership }[]>;

  addGroup(licenseId: number, group: Group, now: Micros): Promise<void>;
  groups(licenseId: number): Promise<Group[]>;
  addToGroup(licenseId: number, groupId: number, accountId: string): Promise<void>;

  addSession(session: Session): Promise<void>;
  session(key: number): Promise<Session | undefined>;
  sessionsOf(accountId: string, now: Micros): Promise<Session[]>;
  touchSession(key: number, seenAt: Micros, expiresAt: Micros, ip: string): Promise<void>;
  /** The person has just proven again who they are. */
  confirmSession(key: number, amr: readonly AuthenticationMethod[], now: Micros): Promise<void>;
  setSessionOrganization(key: number, licenseId: number): Promise<void>;
  /** @returns true when the session opens this organization's inbox after none or another's */
  openInbox(key: number, licenseId: number): Promise<boolean>;
  endSession(accountId: string, key: number): Promise<boolean>;
  /** @param except the key of the one session that goes on */
  endSessions(accountId: string, except?: number): Promise<number>;

  addOneTimeToken(token: OneTimeToken): Promise<void>;
  /** The one that is looked at before its form is shown; it is not used up. */
  oneTimeToken(
    key: number,
    kind: OneTimeTokenKind,
  ): Promise<(OneTimeToken & { consumedAt: Micros | null }) | undefined>;
  /** Uses it up: true for exactly one caller, however many try at once. */
  consumeOneTimeToken(key: number, now: Micros): Promise<boolean>;
  /** Makes earlier tokens of the kind useless, such as older reset links. */
  voidOneTimeTokens(accountId: string, kind: OneTimeTokenKind, now: Micros): Promise<void>;

  /** Counts one more; @returns how many there were in the present window, this one included, and when it ends */
  countThrottle(name: string, window: Micros, now: Micros): Promise<{ count: number; endsAt: Micros }>;
  throttle(name: string, now: Micros): Promise<{ count: number; endsAt: Micros }>;
  clearThrottle(name: string): Promise<void>;

  addMail(mail: Mail): Promise<void>;
  mailsDue(now: Micros, limit: number): Promise<Mail[]>;
  /** Keeps a mail that is due for one sender, until a time. @returns true for exactly one caller */
  claimMail(key: number, now: Micros, until: Micros): Promise<boolean>;
  markMailSent(key: number, now: Micros): Promise<void>;
  postponeMail(key: number, nextAttemptAt: Micros): Promise<void>;
  /** The newest mails first, for development mode. */
  latestMails(limit: number): Promise<Mail[]>;
  mail(key: number): Promise<Mail | undefined>;

  addAuditEntry(key: number, entry: AuditEntry, now: Micros): Promise<void>;
}
