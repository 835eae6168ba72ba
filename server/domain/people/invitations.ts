import { type Clock, days } from '../../kernel/clock.ts';
import { type FieldProblem, GatehouseError } from '../../kernel/errors.ts';
import type { Identifiers } from '../../kernel/identifiers.ts';
import type { OpaqueTokens } from '../../oauth/opaque_token.ts';
import type { Audit } from '../identity/audit.ts';
import type { AuditAction } from '../identity/audit_actions.ts';
import type { MailOutbox, MailWriter } from '../identity/mail_outbox.ts';
import { cleanLine, emailProblem } from '../identity/profile_rules.ts';
import type { AccountRole, ChatRole, Member, Organization } from '../identity/records.ts';
import { loginSubject, type Throttle } from '../identity/throttling.ts';
import type { ServerSettings } from '../server_settings.ts';
import { joinProblem } from '../sign_in_rules/login_methods.ts';
import type { Storage, Stores } from '../storage.ts';
import type { Manager } from './member_changes.ts';
import type { Invitation, InvitedAgent, NamedInvitation, OpenInvitation } from './records.ts';
import { rolesRefusal } from './role_rules.ts';

export const INVITATION_DAYS = 7;
/** Who decides may be away. */
const PROPOSAL_DAYS = 30;
export const MOST_INVITATIONS_AT_ONCE = 20;
const MOST_OPEN_INVITATIONS = 500;

/** What an owner or administrator does with invitations. */
export interface Invitations {
  list(
    licenseId: number,
    page: { before: number | undefined; limit: number },
  ): Promise<{ invitations: OpenInvitation[]; total: number; next: number | undefined }>;
  /**
   * Invites all of these e-mails or none; each gets a mail with a link of its own.
   * @throws GatehouseError `validation` with `emails[n]`; `authorization`; `limit_reached`; `too_many_requests`
   */
  create(
    manager: Manager,
    form: {
      emails: readonly string[];
      accountRole: AccountRole;
      chatRole: ChatRole;
      agent?: InvitedAgent;
    },
  ): Promise<OpenInvitation[]>;
  /** Sends a new link, good for another week; the one before is dead. @throws GatehouseError `not_found`, `authorization` */
  resend(manager: Manager, id: string): Promise<OpenInvitation>;
  /**
   * Proposes somebody: who may decide it is told by mail, and the person hears nothing yet.
   * @returns the invitation that is open already, with `created: false`
   * @throws GatehouseError `validation`; `already_exists` for a member; `authorization` where members propose nobody
   */
  propose(
    manager: Manager,
    form: { email: string; name?: string | undefined },
  ): Promise<{ id: string; created: boolean }>;
  /**
   * Says yes: the person gets the mail with the link.
   * @returns the id that the account has, or will have once the person accepts
   * @throws GatehouseError `not_found`, `authorization`; `conflict` for one that waits for nobody
   */
  approve(
    manager: Manager,
    id: string,
    roles: { accountRole: AccountRole; chatRole: ChatRole },
  ): Promise<{ accountId: string }>;
  /** Every open one. @param email of this person alone */
  open(licenseId: number, email?: string): Promise<NamedInvitation[]>;
  /** @throws GatehouseError `not_found`, `authorization` */
  revoke(manager: Manager, id: string): Promise<void>;
}

export function invitations(deps: {
  storage: Storage;
  clock: Clock;
  identifiers: Identifiers;
  tokens: OpaqueTokens;
  audit: Audit;
  outbox: MailOutbox;
  writer: MailWriter;
  settings: ServerSettings;
  throttle: Throttle;
}): Invitations {
  const { storage, clock } = deps;

  /** The manager as they are now, with their organization. */
  async function sender(
    stores: Stores,
    { licenseId, accountId }: Manager,
  ): Promise<{ self: Member; organization: Organization }> {
    const self = await stores.identity.member(licenseId, accountId);
    const organization = await stores.identity.organization(licenseId);
    if (!self || !organization || self.membership.suspendedAt !== null)
      throw new GatehouseError('authorization', 'You are not a member of this organization any more.');
    return { self, organization };
  }

  /** Who may not give its roles may not touch an invitation either. */
  function refuseRoles({ membership }: Member, roles: Pick<Invitation, 'accountRole' | 'chatRole'>): void {
    const refused = rolesRefusal(membership, roles);
    if (refused !== undefined) throw new GatehouseError('authorization', refused);
  }

  async function send(
    stores: Stores,
    invitation: Invitation,
    text: string,
    { self, organization }: { self: Member; organization: Organization },
  ): Promise<void> {
    const account = await stores.identity.accountByEmail(invitation.email);
    const content = deps.writer.invitation({
      name: account?.name ?? '',
      email: invitation.email,
      organization: organization.name,
      invitedBy: self.account.name,
      role: invitation.accountRole,
      link: `${deps.settings.publicUrl}/invitation?token=${text}`,
      validDays: INVITATION_DAYS,
    });
    await deps.outbox.add(stores, invitation.email, content);
  }

  function log(stores: Stores, manager: Manager, action: AuditAction, invitation: Invitation) {
    const { id, email, accountRole: role, chatRole } = invitation;
    return deps.audit(stores, manager.actor, action, {
      licenseId: manager.licenseId,
      accountId: manager.accountId,
      detail: { invitation_id: id, email, role, chat_role: chatRole },
    });
  }

  async function need(stores: Stores, licenseId: number, id: string): Promise<NamedInvitation> {
    const found = await stores.people.invitation(licenseId, id);
    if (!found || found.endedAt !== null) throw answered();
    return found;
  }

  /** Why this e-mail cannot be invited; an expired invitation makes room. */
  async function obstacle(
    stores: Stores,
    licenseId: number,
    email: string,
    accountRole: AccountRole,
  ): Promise<string | undefined> {
    const unable = await joinProblem(stores, licenseId, { email, accountRole });
    if (unable !== undefined) return unable;
    const account = await stores.identity.accountByEmail(email);
    if (account && (await stores.identity.member(licenseId, account.id)))
      return `${email} is a member of this organization already.`;
    const open = await stores.people.openInvitationTo(licenseId, email);
    if (!open) return undefined;
    const now = clock.now();
    if (open.expiresAt > now) return `${email} has an open invitation. Send it again, or revoke it first.`;
    await stores.people.endInvitation(licenseId, open.key, 'replaced', now);
    return undefined;
  }

  return {
    async list(licenseId, { before, limit }) {
      const [rows, total] = await Promise.all([
        storage.read.people.openInvitations(licenseId, { before, limit: limit + 1 }),
        storage.read.people.countOpenInvitations(licenseId),
      ]);
      const now = clock.now();
      const page = rows.slice(0, limit).map((row) => ({ ...row, expired: row.expiresAt <= now }));
      return { invitations: page, total, next: rows.length > limit ? page.at(-1)?.key : undefined };
    },

    async create(manager, { emails, accountRole, chatRole, agent = null }) {
      const { licenseId } = manager;
      const wanted = emails.map((email) => email.trim().normalize('NFC'));
      refuseProblems(addressProblems(wanted));
      refuseRoles((await sender(storage.read, manager)).self, { accountRole, chatRole });
      for (const _ of wanted) await deps.throttle.attempt('invitations', String(licenseId));
      return storage.write(async (stores) => {
        await stores.people.lockOrganization(licenseId);
        const from = await sender(stores, manager);
        refuseRoles(from.self, { accountRole, chatRole });
        await refuseTooMany(stores, licenseId, wanted.length);
        const problems: FieldProblem[] = [];
        for (const [place, email] of wanted.entries()) {
          const message = await obstacle(stores, licenseId, email, accountRole);
          if (message !== undefined) problems.push({ field: `emails[${place}]`, message });
        }
        refuseProblems(problems);
        const made: OpenInvitation[] = [];
        for (const email of wanted) {
          const now = clock.now();
          const key = deps.identifiers.key();
          const minted = deps.tokens.mint('invitation', key);
          const invitation: Invitation = {
            key,
            id: deps.identifiers.uuid(),
            licenseId,
            secretHash: minted.secretHash,
            email,
            accountRole,
            chatRole,
            invitedBy: manager.accountId,
            createdAt: now,
            sentAt: now,
            expiresAt: now + days(INVITATION_DAYS),
            agent,
            endedAt: null,
            outcome: null,
            name: null,
            accountId: null,
            awaitingApproval: false,
          };
          if (!(await stores.people.addInvitation(invitation)))
            throw new GatehouseError('conflict', `Somebody else invited ${email} in the same moment.`);
          await send(stores, invitation, minted.text, from);
          await log(stores, manager, 'invitation.created', invitation);
          made.push({ ...invitation, invitedByName: from.self.account.name, expired: false });
        }
        return made;
      });
    },

    async propose(manager, form) {
      const { licenseId } = manager;
      const email = form.email.trim().normalize('NFC');
      const problem = emailProblem(email);
      if (problem)
        throw new GatehouseError('validation', `\`email\`: ${problem.message}`, { fields: [problem] });
      await deps.throttle.attempt('invitations', String(licenseId));
      return storage.write(async (stores) => {
        await stores.people.lockOrganization(licenseId);
        const { self, organization } = await sender(stores, manager);
        const profile = await stores.accounts.profile(licenseId);
        if (profile?.invitationMode === 'strict' && self.membership.accountRole === 'member')
          throw new GatehouseError(
            'authorization',
            'Owners and administrators alone invite people to this organization: its invitation_mode is strict.',
          );
        const account = await stores.identity.accountByEmail(email);
        if (account && (await stores.identity.member(licenseId, account.id)))
          throw new GatehouseError('already_exists', `${email} is a member of this organization already.`);
        const open = await stores.people.openInvitationTo(licenseId, email);
        const now = clock.now();
        if (open && open.expiresAt > now) return { id: open.id, created: false };
        if (open) await stores.people.endInvitation(licenseId, open.key, 'replaced', now);
        await refuseTooMany(stores, licenseId, 1);
        const key = deps.identifiers.key();
        const invitation: Invitation = {
          key,
          id: deps.identifiers.uuid(),
          licenseId,
          // Of a link that nobody gets: approval makes the one that is mailed.
          secretHash: deps.tokens.mint('invitation', key).secretHash,
          email,
          accountRole: 'member',
          chatRole: 'normal',
          invitedBy: manager.accountId,
          createdAt: now,
          sentAt: now,
          expiresAt: now + days(PROPOSAL_DAYS),
          endedAt: null,
          outcome: null,
          name: form.name === undefined ? null : cleanLine(form.name),
          accountId: null,
          awaitingApproval: true,
          agent: null,
        };
        if (!(await stores.people.addInvitation(invitation)))
          throw new GatehouseError('conflict', `Somebody else proposed ${email} in the same moment.`);
        for (const member of await stores.identity.members(licenseId)) {
          const { accountRole, suspendedAt } = member.membership;
          if (accountRole === 'member' || suspendedAt !== null) continue;
          const content = deps.writer.invitationProposed({
            name: member.account.name,
            organization: organization.name,
            proposedBy: self.account.name,
            email,
            peopleUrl: `${deps.settings.publicUrl}/console/people`,
          });
          await deps.outbox.add(stores, member.account.email, content);
        }
        await log(stores, manager, 'invitation.proposed', invitation);
        return { id: invitation.id, created: true };
      });
    },

    async approve(manager, id, roles) {
      const { licenseId } = manager;
      return storage.write(async (stores) => {
        await stores.people.lockOrganization(licenseId);
        const from = await sender(stores, manager);
        refuseRoles(from.self, roles);
        const found = await need(stores, licenseId, id);
        const account = await stores.identity.accountByEmail(found.email);
        if (account && (await stores.identity.member(licenseId, account.id)))
          throw new GatehouseError('conflict', `${found.email} is a member of this organization already.`);
        const now = clock.now();
        const minted = deps.tokens.mint('invitation', found.key);
        const accountId = account?.id ?? deps.identifiers.uuid();
        const approved = {
          ...roles,
          secretHash: minted.secretHash,
          invitedBy: manager.accountId,
          accountId: account ? null : accountId,
          sentAt: now,
          expiresAt: now + days(INVITATION_DAYS),
        };
        if (!(await stores.people.approveInvitation(licenseId, found.key, approved)))
          throw new GatehouseError(
            'conflict',
            'This invitation needs no approval: its link is on the way. Decline it to take it back.',
          );
        const invitation = { ...found, ...approved, awaitingApproval: false };
        await send(stores, invitation, minted.text, from);
        await log(stores, manager, 'invitation.approved', invitation);
        return { accountId };
      });
    },

    async open(licenseId, email) {
      const rows = await storage.read.people.openInvitations(licenseId, {
        before: undefined,
        limit: MOST_OPEN_INVITATIONS,
      });
      return email === undefined
        ? rows
        : rows.filter((row) => loginSubject(row.email) === loginSubject(email));
    },

    async resend(manager, id) {
      await need(storage.read, manager.licenseId, id);
      await deps.throttle.attempt('invitation_again', id);
      return storage.write(async (stores) => {
        const from = await sender(stores, manager);
        const found = await need(stores, manager.licenseId, id);
        refuseRoles(from.self, found);
        const now = clock.now();
        const minted = deps.tokens.mint('invitation', found.key);
        const renewed = {
          secretHash: minted.secretHash,
          invitedBy: manager.accountId,
          sentAt: now,
          expiresAt: now + days(INVITATION_DAYS),
        };
        if (!(await stores.people.renewInvitation(manager.licenseId, found.key, renewed))) throw answered();
        const invitation = {
          ...found,
          ...renewed,
          invitedByName: from.self.account.name,
          expired: false,
        };
        await send(stores, invitation, minted.text, from);
        await log(stores, manager, 'invitation.resent', invitation);
        return invitation;
      });
    },

    async revoke(manager, id) {
      await storage.write(async (stores) => {
        const { self } = await sender(stores, manager);
        const found = await need(stores, manager.licenseId, id);
        refuseRoles(self, found);
        if (await stores.people.endInvitation(manager.licenseId, found.key, 'revoked', clock.now()))
          await log(stores, manager, 'invitation.revoked', found);
      });
    },
  };
}

async function refuseTooMany(stores: Stores, licenseId: number, more: number): Promise<void> {
  const open = await stores.people.countOpenInvitations(licenseId);
  if (open + more > MOST_OPEN_INVITATIONS)
    throw new GatehouseError(
      'limit_reached',
      `An organization may have ${MOST_OPEN_INVITATIONS} open invitations, and has ${open}. Revoke some that nobody answers.`,
    );
}

function answered(): GatehouseError {
  return new GatehouseError(
    'not_found',
    'There is no open invitation with this id. It may have been accepted, declined or revoked meanwhile.',
  );
}

function addressProblems(emails: readonly string[]): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const seen = new Set<string>();
  for (const [place, email] of emails.entries()) {
    const field = `emails[${place}]`;
    const problem = emailProblem(email);
    if (problem) problems.push({ field, message: problem.message });
    else if (seen.has(loginSubject(email))) problems.push({ field, message: `${email} stands here twice.` });
    seen.add(loginSubject(email));
  }
  return problems;
}

function refuseProblems(fields: FieldProblem[]): void {
  if (fields.length > 0)
    throw new GatehouseError(
      'validation',
      `Nobody was invited. ${fields.map(({ message }) => message).join(' ')}`,
      { fields },
    );
}
