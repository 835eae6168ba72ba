import { announceEverything } from '../../domain/announcements.ts';
import { auditLog } from '../../domain/identity/audit.ts';
import type { AuditAction } from '../../domain/identity/audit_actions.ts';
import { systemClock } from '../../kernel/clock.ts';
import { identifiers } from '../../kernel/identifiers.ts';
import { systemRandom } from '../../kernel/random.ts';
import { lockDatabase, openDatabase } from '../../storage/engine/open.ts';
import { voidCredentials } from '../../storage/maintenance/void_credentials.ts';
import { createStorage } from '../../storage/storage.ts';
import { type Command, EXIT } from './command.ts';

export const COMMAND_LINE = { ip: 'command line', userAgent: 'gatehouse', requestId: 'command line' };

export const endSessions: Command = {
  name: 'end-sessions',
  summary: 'Voids every session, code, token and mailed link.',
  details: [
    'For after a database was set back by other means than `gatehouse restore`, or when tokens may have leaked.',
    'Passwords, client secrets and personal access tokens stay good. With SQLite the server must be stopped; with',
    'PostgreSQL running servers follow within a second.',
  ],
  options: {},
  async run(call) {
    const lock = lockDatabase(call.config.databaseUrl);
    try {
      call.note(sessionWords((await endSessionsOn(call.config.databaseUrl, 'sessions.ended', true)) ?? 0));
    } finally {
      lock.release();
    }
    return EXIT.done;
  },
};

/**
 * Brings a database up to date, voids what was issued if wanted, and writes it to the audit log.
 * @returns how many were voided; undefined when that was not wanted
 */
export async function endSessionsOn(
  url: string,
  action: AuditAction,
  wanted: boolean,
): Promise<number | undefined> {
  const clock = systemClock();
  const database = openDatabase(url);
  try {
    await database.migrate();
    const counts = wanted
      ? await database.write((session) => voidCredentials(session, clock.now()))
      : undefined;
    const audit = auditLog(clock, identifiers(clock, systemRandom()));
    await createStorage(database).write(async (stores) => {
      await audit(stores, COMMAND_LINE, action, { detail: { sessions_kept: !wanted, ...counts } });
      await announceEverything(stores);
    });
    return counts && Object.values(counts).reduce((sum, count) => sum + count, 0);
  } finally {
    await database.close();
  }
}

export function sessionWords(voided: number): string {
  return `Void now: ${voided} sessions, codes, tokens and links that were issued before. Everybody logs in anew.`;
}
