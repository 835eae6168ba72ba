import type { IdentityStore } from '../../domain/identity/identity_store.ts';
import type { Session } from '../engine/database.ts';
import { statement } from '../engine/statement.ts';
import type { IdentityTables } from '../tables/identity.ts';
import { toOneTimeToken, toSession } from './identity_rows.ts';

type SessionQueries = Pick<
  IdentityStore,
  | 'addSession'
  | 'session'
  | 'sessionsOf'
  | 'touchSession'
  | 'confirmSession'
  | 'setSessionOrganization'
  | 'openInbox'
  | 'endSession'
  | 'endSessions'
  | 'addOneTimeToken'
  | 'oneTimeToken'
  | 'consumeOneTimeToken'
  | 'voidOneTimeTokens'
  | 'countThrottle'
  | 'throttle'
  | 'clearThrottle'
>;

const sessionByKey = statement<{ key: number }, IdentityTables['sessions']>((db, p) =>
  db.selectFrom('sessions').selectAll().where('session_key', '=', p.key),
);

export function sessionQueries(session: Session): SessionQueries {
  return {
    async addSession(added) {
      await session.execute((db) =>
        db.insertInto('sessions').values({
          session_key: added.key,
          secret_hash: added.secretHash,
          account_id: added.accountId,
          license_id: added.licenseId,
          remember: added.remember ? 1 : 0,
          ip: added.ip,
          user_agent: added.userAgent,
          created_at: added.createdAt,
          last_seen_at: added.lastSeenAt,
          expires_at: added.expiresAt,
          amr: added.amr.join(' '),
          authenticated_at: added.authenticatedAt,
          inbox_license_id: null,
        }),
      );
      await session.execute((db) =>
        db
          .updateTable('accounts')
          .set({ first_session_at: added.createdAt })
          .where('id', '=', added.accountId)
          .where('first_session_at', 'is', null),
      );
    },
    async session(key) {
      const row = await session.first(sessionByKey, { key });
      return row && toSession(row);
    },
    async sessionsOf(accountId, now) {
      const rows = await session.query((db) =>
        db
          .selectFrom('sessions')
          .selectAll()
          .where('account_id', '=', accountId)
          .where('expires_at', '>', now)
          .orderBy('last_seen_at', 'desc'),
      );
      return rows.map(toSession);
    },
    async touchSession(key, seenAt, expiresAt, ip) {
      await session.execute((db) =>
        db
          .updateTable('sessions')
          .set({ last_seen_at: seenAt, expires_at: expiresAt, ip })
          .where('session_key', '=', key),
      );
    },
    async confirmSession(key, amr, now) {
      await session.execute((db) =>
        db
          .updateTable('sessions')
          .set({ amr: amr.join(' '), authenticated_at: now })
          .where('session_key', '=', key),
      );
    },
    async setSessionOrganization(key, licenseId) {
      await session.execute((db) =>
        db.updateTable('sessions').set({ license_id: licenseId }).where('session_key', '=', key),
      );
    },
    async openInbox(key, licenseId) {
      const opened = await session.execute((db) =>
        db
          .updateTable('sessions')
          .set({ inbox_license_id: licenseId })
          .where('session_key', '=', key)
          .where((eb) =>
            eb.or([eb('inbox_license_id', 'is', null), eb('inbox_license_id', '<>', licenseId)]),
          ),
      );
      return opened === 1;
    },
    async endSession(accountId, key) {
      const ended = await session.execute((db) =>
        db.deleteFrom('sessions').where('session_key', '=', key).where('account_id', '=', accountId),
      );
      return ended === 1;
    },
    endSessions: (accountId, except) =>
      session.execute((db) =>
        db
          .deleteFrom('sessions')
          .where('account_id', '=', accountId)
          .where('session_key', '<>', except ?? -1),
      ),

    async addOneTimeToken(token) {
      await session.execute((db) =>
        db.insertInto('one_time_tokens').values({
          token_key: token.key,
          secret_hash: token.secretHash,
          kind: token.kind,
          account_id: token.accountId,
          email: token.email,
          created_at: token.createdAt,
          expires_at: token.expiresAt,
          consumed_at: null,
        }),
      );
    },
    async oneTimeToken(key, kind) {
      const [row] = await session.query((db) =>
        db.selectFrom('one_time_tokens').selectAll().where('token_key', '=', key).where('kind', '=', kind),
      );
      return row && toOneTimeToken(row);
    },
    async consumeOneTimeToken(key, now) {
      const consumed = await session.execute((db) =>
        db
          .updateTable('one_time_tokens')
          .set({ consumed_at: now })
          .where('token_key', '=', key)
          .where('consumed_at', 'is', null)
          .where('expires_at', '>', now),
      );
      return consumed === 1;
    },
    async voidOneTimeTokens(accountId, kind, now) {
      await session.execute((db) =>
        db
          .updateTable('one_time_tokens')
          .set({ consumed_at: now })
          .where('account_id', '=', accountId)
          .where('kind', '=', kind)
          .where('consumed_at', 'is', null),
      );
    },

    async countThrottle(name, window, now) {
      // One conditional statement: counts on, or begins a new window when the old one is over.
      const [row] = await session.query((db) =>
        db
          .insertInto('throttles')
          .values({ name, count: 1, window_ends_at: now + window })
          .onConflict((conflict) =>
            conflict.column('name').doUpdateSet((eb) => ({
              count: eb
                .case()
                .when('throttles.window_ends_at', '<=', now)
                .then(1)
                .else(eb('throttles.count', '+', 1))
                .end(),
              window_ends_at: eb
                .case()
                .when('throttles.window_ends_at', '<=', now)
                .then(now + window)
                .else(eb.ref('throttles.window_ends_at'))
                .end(),
            })),
          )
          .returning(['count', 'window_ends_at']),
      );
      return { count: Number(row?.count ?? 1), endsAt: row?.window_ends_at ?? now + window };
    },
    async throttle(name, now) {
      const [row] = await session.query((db) =>
        db.selectFrom('throttles').selectAll().where('name', '=', name).where('window_ends_at', '>', now),
      );
      return { count: row?.count ?? 0, endsAt: row?.window_ends_at ?? now };
    },
    async clearThrottle(name) {
      await session.execute((db) => db.deleteFrom('throttles').where('name', '=', name));
    },
  };
}
