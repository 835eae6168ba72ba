import type { Selectable } from 'kysely';
import type { PeopleStore } from '../../domain/people/people_store.ts';
import type { Invitation, InvitedAgent, NamedInvitation } from '../../domain/people/records.ts';
import type { Session } from '../engine/database.ts';
import type { QueryBuilder } from '../engine/statement.ts';
import type { PeopleTables } from '../tables/people.ts';
import { emailKey } from './identity_rows.ts';

type InvitationQueries = Pick<
  PeopleStore,
  | 'addInvitation'
  | 'invitationByKey'
  | 'invitation'
  | 'openInvitationTo'
  | 'openInvitations'
  | 'countOpenInvitations'
  | 'renewInvitation'
  | 'approveInvitation'
  | 'endInvitation'
  | 'answerInvitation'
  | 'revokeInvitationsBy'
>;

type Row = Selectable<PeopleTables['invitations']>;
type NamedRow = Row & { invited_by_name: string | null };

/** Invitations of an organization. Single use is one conditional statement each. */
export function invitationQueries(session: Session): InvitationQueries {
  return {
    async addInvitation(invitation) {
      const added = await session.execute((db) =>
        db
          .insertInto('invitations')
          .values({
            invitation_key: invitation.key,
            id: invitation.id,
            license_id: invitation.licenseId,
            secret_hash: invitation.secretHash,
            email: invitation.email,
            email_key: emailKey(invitation.email),
            account_role: invitation.accountRole,
            chat_role: invitation.chatRole,
            invited_by: invitation.invitedBy,
            created_at: invitation.createdAt,
            sent_at: invitation.sentAt,
            expires_at: invitation.expiresAt,
            agent: invitation.agent && JSON.stringify(invitation.agent),
            ended_at: invitation.endedAt,
            outcome: invitation.outcome,
            name: invitation.name,
            account_id: invitation.accountId,
            awaiting_approval: invitation.awaitingApproval ? 1 : 0,
          })
          .onConflict((conflict) => conflict.doNothing()),
      );
      return added === 1;
    },
    async invitationByKey(key) {
      const [row] = await session.query((db) => named(db).where('invitation_key', '=', key));
      return row && toNamed(row);
    },
    async invitation(licenseId, id) {
      const [row] = await session.query((db) =>
        named(db).where('license_id', '=', licenseId).where('invitations.id', '=', id),
      );
      return row && toNamed(row);
    },
    async openInvitationTo(licenseId, email) {
      const [row] = await session.query((db) =>
        named(db)
          .where('license_id', '=', licenseId)
          .where('invitations.email_key', '=', emailKey(email))
          .where('ended_at', 'is', null),
      );
      return row && toInvitation(row);
    },
    async openInvitations(licenseId, { before, limit }) {
      const rows = await session.query((db) => {
        const open = named(db).where('license_id', '=', licenseId).where('ended_at', 'is', null);
        const page = before === undefined ? open : open.where('invitation_key', '<', before);
        return page.orderBy('invitation_key', 'desc').limit(limit);
      });
      return rows.map(toNamed);
    },
    async countOpenInvitations(licenseId) {
      const [row] = await session.query((db) =>
        db
          .selectFrom('invitations')
          .select((eb) => eb.fn.countAll().as('count'))
          .where('license_id', '=', licenseId)
          .where('ended_at', 'is', null),
      );
      return Number(row?.count ?? 0);
    },
    async renewInvitation(licenseId, key, renewed) {
      const changed = await session.execute((db) =>
        db
          .updateTable('invitations')
          .set({
            secret_hash: renewed.secretHash,
            invited_by: renewed.invitedBy,
            sent_at: renewed.sentAt,
            expires_at: renewed.expiresAt,
          })
          .where('license_id', '=', licenseId)
          .where('invitation_key', '=', key)
          .where('ended_at', 'is', null),
      );
      return changed === 1;
    },
    async approveInvitation(licenseId, key, approved) {
      const changed = await session.execute((db) =>
        db
          .updateTable('invitations')
          .set({
            secret_hash: approved.secretHash,
            account_role: approved.accountRole,
            chat_role: approved.chatRole,
            invited_by: approved.invitedBy,
            account_id: approved.accountId,
            sent_at: approved.sentAt,
            expires_at: approved.expiresAt,
            awaiting_approval: 0,
          })
          .where('license_id', '=', licenseId)
          .where('invitation_key', '=', key)
          .where('awaiting_approval', '=', 1)
          .where('ended_at', 'is', null),
      );
      return changed === 1;
    },
    async endInvitation(licenseId, key, outcome, now) {
      const ended = await session.execute((db) =>
        db
          .updateTable('invitations')
          .set({ ended_at: now, outcome })
          .where('license_id', '=', licenseId)
          .where('invitation_key', '=', key)
          .where('ended_at', 'is', null),
      );
      return ended === 1;
    },
    async answerInvitation(key, secretHash, outcome, now) {
      const answered = await session.execute((db) =>
        db
          .updateTable('invitations')
          .set({ ended_at: now, outcome })
          .where('invitation_key', '=', key)
          .where('secret_hash', '=', secretHash)
          .where('awaiting_approval', '=', 0)
          .where('ended_at', 'is', null)
          .where('expires_at', '>', now),
      );
      return answered === 1;
    },
    revokeInvitationsBy(licenseId, accountId, { accountRoles, chatRoles }, now) {
      if (accountRoles.length + chatRoles.length === 0) return Promise.resolve(0);
      return session.execute((db) =>
        db
          .updateTable('invitations')
          .set({ ended_at: now, outcome: 'revoked' })
          .where('license_id', '=', licenseId)
          .where('invited_by', '=', accountId)
          .where('awaiting_approval', '=', 0)
          .where('ended_at', 'is', null)
          .where((eb) =>
            eb.or([
              ...accountRoles.map((role) => eb('account_role', '=', role)),
              ...chatRoles.map((role) => eb('chat_role', '=', role)),
            ]),
          ),
      );
    },
  };
}

function named(db: QueryBuilder) {
  return db
    .selectFrom('invitations')
    .leftJoin('accounts', 'accounts.id', 'invitations.invited_by')
    .selectAll('invitations')
    .select('accounts.name as invited_by_name');
}

function toInvitation(row: Row): Invitation {
  return {
    key: row.invitation_key,
    id: row.id,
    licenseId: row.license_id,
    secretHash: row.secret_hash,
    email: row.email,
    accountRole: row.account_role,
    chatRole: row.chat_role,
    invitedBy: row.invited_by,
    createdAt: row.created_at,
    sentAt: row.sent_at,
    expiresAt: row.expires_at,
    agent: row.agent === null ? null : (JSON.parse(row.agent) as InvitedAgent),
    endedAt: row.ended_at,
    outcome: row.outcome,
    name: row.name,
    accountId: row.account_id,
    awaitingApproval: row.awaiting_approval === 1,
  };
}

function toNamed(row: NamedRow): NamedInvitation {
  return { ...toInvitation(row), invitedByName: row.invited_by_name };
}
