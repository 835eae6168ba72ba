import type { Micros } from '../../kernel/clock.ts';
import type { AccountRole, ChatRole } from '../../wire/scope_catalogue.ts';
import type { AuditAction } from './audit_actions.ts';

/** How early a member of a group is given its chats. Supervisors are given none. */
export type GroupPriority = 'first' | 'normal' | 'last' | 'supervisor';

export type { AccountRole, ChatRole };

export interface Account {
  id: string;
  email: string;
  name: string;
  passwordHash: string;
  emailConfirmedAt: Micros | null;
  createdAt: Micros;
}

export interface Organization {
  /** UUID: its name on the wire. */
  id: string;
  /** Integer: the tenant's key in storage. */
  licenseId: number;
  name: string;
  forceStrict: boolean;
  createdAt: Micros;
}

/** What the owner decides for the whole organization. */
export interface OrganizationSettings {
  /** Grows with each change, so that two who save at once are told. */
  version: number;
  /** All apps are held to the strict profile. */
  forceStrict: boolean;
}

export interface Membership {
  licenseId: number;
  accountId: string;
  accountRole: AccountRole;
  chatRole: ChatRole;
  suspendedAt: Micros | null;
  createdAt: Micros;
  /** Grows with each change: who changes it says which one they saw. */
  version: number;
}

/** An account seen from one of its organizations, or an organization from one of its accounts. */
export interface Member {
  account: Account;
  membership: Membership;
  groupIds: number[];
  /** By group, where it is not normal; only lists of members tell it. */
  priorities?: Record<number, GroupPriority>;
}

export interface Group {
  id: number;
  name: string;
}

/**
 * How somebody proved who they are, in the words of RFC 8176: a password, a code of an authenticator app (or a
 * recovery code), a key bound to a device or a synced one with the person present; `mfa` where it was more than one.
 * The RFC has no word for the identity provider of an organization; others say `fed`.
 */
export type AuthenticationMethod = 'pwd' | 'otp' | 'hwk' | 'swk' | 'user' | 'mfa' | 'fed';

/** No organization has this license id. */
export const NO_ORGANIZATION = 0;

export interface Session {
  key: number;
  secretHash: Uint8Array;
  accountId: string;
  /** The organization that the Console shows; `NO_ORGANIZATION` of somebody who belongs to none. */
  licenseId: number;
  remember: boolean;
  ip: string;
  userAgent: string;
  createdAt: Micros;
  lastSeenAt: Micros;
  expiresAt: Micros;
  amr: readonly AuthenticationMethod[];
  /** When that was: at the beginning, or since then again. */
  authenticatedAt: Micros;
}

export type OneTimeTokenKind = 'confirm_email' | 'reset_password';

export interface OneTimeToken {
  key: number;
  secretHash: Uint8Array;
  kind: OneTimeTokenKind;
  accountId: string;
  email: string;
  createdAt: Micros;
  expiresAt: Micros;
}

export interface Mail {
  key: number;
  recipient: string;
  subject: string;
  text: string;
  html: string;
  createdAt: Micros;
  sentAt: Micros | null;
}

/** Who did it and by which request, for the audit log. */
export interface Actor {
  ip: string;
  userAgent: string;
  requestId: string;
}

export interface AuditEntry {
  licenseId: number | null;
  accountId: string | null;
  clientId: string | null;
  /** Dotted, in the past tense: `session.started`, `client_secret.retired`. */
  action: AuditAction;
  detail: Record<string, unknown>;
  ip: string;
  requestId: string;
}
