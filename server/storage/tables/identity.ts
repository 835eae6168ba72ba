import type { Generated } from 'kysely';

type Truth = 0 | 1;

export interface IdentityTables {
  accounts: {
    id: string;
    email: string;
    /** The e-mail in the one spelling that is compared: NFC, lower case. */
    email_key: string;
    name: string;
    /** The name as lists sort and search it: NFC, lower case. */
    name_key: string;
    password_hash: string;
    email_confirmed_at: number | null;
    created_at: number;
    /** Of the last of their sessions that they ended. */
    last_logout_at: number | null;
    /** NULL where nothing changed since it was created. */
    updated_at: number | null;
    /** The organization in which sessions begin; NULL for the one that was joined first. */
    default_license_id: number | null;
    default_product: string | null;
    /** NULL of an account that somebody made for a person who has not come yet. */
    first_session_at: number | null;
  };
  organizations: {
    license_id: number;
    id: string;
    name: string;
    /** The owner may hold all apps of the organization to the strict profile. */
    force_strict: Truth;
    /** Grows with each change of the organization's settings. */
    settings_version: Generated<number>;
    /** The highest id that a group had which was made by the API: ids are not given twice. */
    last_group_id: Generated<number>;
    created_at: number;
  };
  memberships: {
    license_id: number;
    account_id: string;
    account_role: 'owner' | 'administrator' | 'member';
    chat_role: 'administrator' | 'normal';
    suspended_at: number | null;
    created_at: number;
    /** Grows with each change. */
    version: number;
  };
  groups: {
    license_id: number;
    id: number;
    name: string;
    created_at: number;
    language_code: Generated<string>;
    /** Grows with each change. */
    version: Generated<number>;
  };
  group_memberships: { license_id: number; group_id: number; account_id: string; priority: string };
  sessions: {
    session_key: number;
    secret_hash: Uint8Array;
    account_id: string;
    /** The organization shown in the Console. */
    license_id: number;
    remember: Truth;
    ip: string;
    user_agent: string;
    created_at: number;
    last_seen_at: number;
    expires_at: number;
    /** RFC 8176, separated by spaces; NULL where the session is older than the column: a password. */
    amr: string | null;
    /** NULL where nothing was proven again: when the session began. */
    authenticated_at: number | null;
    /** The organization whose inbox this session last opened; NULL where it opened none. */
    inbox_license_id: number | null;
  };
  one_time_tokens: {
    token_key: number;
    secret_hash: Uint8Array;
    kind: 'confirm_email' | 'reset_password';
    account_id: string;
    email: string;
    created_at: number;
    expires_at: number;
    consumed_at: number | null;
  };
  throttles: { name: string; count: number; window_ends_at: number };
  mails: {
    mail_key: number;
    recipient: string;
    subject: string;
    text_body: string;
    html_body: string;
    created_at: number;
    sent_at: number | null;
    attempts: number;
    next_attempt_at: number;
  };
  audit_log: {
    entry_key: number;
    license_id: number | null;
    account_id: string | null;
    client_id: string | null;
    action: string;
    detail: string;
    ip: string;
    request_id: string;
    created_at: number;
  };
}
