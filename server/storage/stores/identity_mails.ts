import type { IdentityStore } from '../../domain/identity/identity_store.ts';
import type { Session } from '../engine/database.ts';
import { toMail } from './identity_rows.ts';

type MailQueries = Pick<
  IdentityStore,
  | 'addMail'
  | 'mailsDue'
  | 'claimMail'
  | 'markMailSent'
  | 'postponeMail'
  | 'latestMails'
  | 'mail'
  | 'addAuditEntry'
>;

export function mailQueries(session: Session): MailQueries {
  return {
    async addMail(mail) {
      await session.execute((db) =>
        db.insertInto('mails').values({
          mail_key: mail.key,
          recipient: mail.recipient,
          subject: mail.subject,
          text_body: mail.text,
          html_body: mail.html,
          created_at: mail.createdAt,
          sent_at: mail.sentAt,
          attempts: 0,
          next_attempt_at: mail.createdAt,
        }),
      );
    },
    async mailsDue(now, limit) {
      const rows = await session.query((db) =>
        db
          .selectFrom('mails')
          .selectAll()
          .where('sent_at', 'is', null)
          .where('next_attempt_at', '<=', now)
          .orderBy('next_attempt_at')
          .limit(limit),
      );
      return rows.map(toMail);
    },
    async claimMail(key, now, until) {
      const claimed = await session.execute((db) =>
        db
          .updateTable('mails')
          .set({ next_attempt_at: until })
          .where('mail_key', '=', key)
          .where('sent_at', 'is', null)
          .where('next_attempt_at', '<=', now),
      );
      return claimed === 1;
    },
    async markMailSent(key, now) {
      // The link in it is a secret: once it is on its way, only its envelope stays.
      await session.execute((db) =>
        db
          .updateTable('mails')
          .set({ sent_at: now, text_body: '', html_body: '' })
          .where('mail_key', '=', key),
      );
    },
    async postponeMail(key, nextAttemptAt) {
      await session.execute((db) =>
        db
          .updateTable('mails')
          .set((eb) => ({ attempts: eb('attempts', '+', 1), next_attempt_at: nextAttemptAt }))
          .where('mail_key', '=', key),
      );
    },
    async latestMails(limit) {
      const rows = await session.query((db) =>
        db.selectFrom('mails').selectAll().orderBy('mail_key', 'desc').limit(limit),
      );
      return rows.map(toMail);
    },
    async mail(key) {
      const [row] = await session.query((db) =>
        db.selectFrom('mails').selectAll().where('mail_key', '=', key),
      );
      return row && toMail(row);
    },
    async addAuditEntry(key, entry, now) {
      await session.execute((db) =>
        db.insertInto('audit_log').values({
          entry_key: key,
          license_id: entry.licenseId,
          account_id: entry.accountId,
          client_id: entry.clientId,
          action: entry.action,
          detail: JSON.stringify(entry.detail),
          ip: entry.ip,
          request_id: entry.requestId,
          created_at: now,
        }),
      );
    },
  };
}
