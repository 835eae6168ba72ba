import type { Selectable } from 'kysely';
import type {
  Account,
  Mail,
  Membership,
  OneTimeToken,
  Organization,
  Session,
} from '../../domain/identity/records.ts';
import type { IdentityTables } from '../tables/identity.ts';

export function toAccount(row: IdentityTables['accounts']): Account {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    passwordHash: row.password_hash,
    emailConfirmedAt: row.email_confirmed_at,
    createdAt: row.created_at,
  };
}

export function toOrganization(row: Selectable<IdentityTables['organizations']>): Organization {
  return {
    id: row.id,
    licenseId: row.license_id,
    name: row.name,
    forceStrict: row.force_strict === 1,
    createdAt: row.created_at,
  };
}

export function toMembership(row: IdentityTables['memberships']): Membership {
  return {
    licenseId: row.license_id,
    accountId: row.account_id,
    accountRole: row.account_role,
    chatRole: row.chat_role,
    suspendedAt: row.suspended_at,
    createdAt: row.created_at,
    version: row.version,
  };
}

export function toSession(row: IdentityTables['sessions']): Session {
  return {
    key: row.session_key,
    secretHash: row.secret_hash,
    accountId: row.account_id,
    licenseId: row.license_id,
    remember: row.remember === 1,
    ip: row.ip,
    userAgent: row.user_agent,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    expiresAt: row.expires_at,
    amr: (row.amr ?? 'pwd').split(' ') as Session['amr'],
    authenticatedAt: row.authenticated_at ?? row.created_at,
  };
}

export function toOneTimeToken(
  row: IdentityTables['one_time_tokens'],
): OneTimeToken & { consumedAt: number | null } {
  return {
    key: row.token_key,
    secretHash: row.secret_hash,
    kind: row.kind,
    accountId: row.account_id,
    email: row.email,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    consumedAt: row.consumed_at,
  };
}

export function toMail(row: IdentityTables['mails']): Mail {
  return {
    key: row.mail_key,
    recipient: row.recipient,
    subject: row.subject,
    text: row.text_body,
    html: row.html_body,
    createdAt: row.created_at,
    sentAt: row.sent_at,
  };
}

/** The one spelling in which names are sorted and searched: NFC, lower case. */
export function nameKey(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

/** The one spelling in which e-mail addresses are compared: NFC, trimmed, lower case. */
export function emailKey(email: string): string {
  return email.trim().normalize('NFC').toLowerCase();
}
