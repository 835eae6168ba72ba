import type { Session } from '../engine/database.ts';

/** What begins something and is used up by it: gone with the moment it belonged to. */
const BEGUN = [
  'sessions',
  'session_families',
  'one_time_tokens',
  'invitations',
  'authorization_requests',
  'pushed_requests',
  'device_requests',
  'identity_transfers',
  'sign_in_attempts',
  'passkey_challenges',
  'customer_email_verifications',
  'saml_requests',
] as const;

/** Codes and tokens stay, marked as revoked, so that whoever shows one is told that it was. */
const ISSUED = ['authorization_codes', 'refresh_tokens', 'access_tokens'] as const;

/**
 * Other tables with hashes of secrets, which a restore keeps: people have put these into programs and browsers, or
 * printed them, and nothing brings them a new one.
 */
export const KEPT = [
  'client_secrets',
  'personal_access_tokens',
  'customer_browsers',
  'recovery_codes',
  'initial_access_tokens',
  'client_registrations',
  'bots',
  'bot_templates',
] as const;

/** Each table that holds something to be voided. */
export const VOIDED: readonly string[] = [...BEGUN, ...ISSUED, 'customer_tokens', 'invitations'];

/**
 * Voids what was issued so far: sessions, codes, tokens, links, and mail that waits (it went out already, or its
 * link is void). A database that was set back does not know what was used or revoked since.
 * @returns how many rows of each table it met
 */
export async function voidCredentials(session: Session, now: number): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of BEGUN) counts[table] = await session.execute((db) => db.deleteFrom(table));
  for (const table of ISSUED)
    counts[table] = await session.execute((db) =>
      db
        .updateTable(table)
        .set({ revoked_at: now, revoked_reason: 'server_restored' })
        .where('revoked_at', 'is', null),
    );
  counts.customer_tokens = await session.execute((db) =>
    db.updateTable('customer_tokens').set({ revoked_at: now }).where('revoked_at', 'is', null),
  );
  counts.invitations = await session.execute((db) =>
    db.updateTable('invitations').set({ ended_at: now, outcome: 'revoked' }).where('ended_at', 'is', null),
  );
  counts.mails = await session.execute((db) => db.deleteFrom('mails').where('sent_at', 'is', null));
  return counts;
}
