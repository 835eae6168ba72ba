import { type Clock, days } from '../../kernel/clock.ts';
import { type FieldProblem, GatehouseError } from '../../kernel/errors.ts';
import type { Identifiers } from '../../kernel/identifiers.ts';
import type { OpaqueTokens } from '../../oauth/opaque_token.ts';
import type { IdentityService } from '../identity/identity_service.ts';
import type { MailWriter } from '../identity/mail_outbox.ts';
import type { PasswordHasher } from '../identity/password_hasher.ts';
import { passwordProblem } from '../identity/password_rules.ts';
import { cleanLine, emailProblem, nameProblem } from '../identity/profile_rules.ts';
import type { Account, AccountRole, ChatRole, Member } from '../identity/records.ts';
import { GENERAL_GROUP } from '../identity/sign_up.ts';
import type { Manager } from '../people/member_changes.ts';
import type { PeopleService } from '../people/people_service.ts';
import { chatRolesToGive, refusal, rolesRefusal } from '../people/role_rules.ts';
import type { ServerSettings } from '../server_settings.ts';
import type { Storage, Stores } from '../storage.ts';
import { UNSET } from '../team/records.ts';
import type { Product } from './records.ts';

const WELCOME_DAYS = 7;
const LOWEST = { accountRole: 'member', chatRole: 'normal' } as const;

export interface AccountForm {
  email: string;
  name?: string | undefined;
  password?: string | undefined;
  accountRole?: AccountRole | undefined;
  chatRole?: ChatRole | undefined;
  defaultProduct?: Product | undefined;
}

/** What programs change of the accounts of an organization. */
export interface AccountChanges {
  /**
   * Makes an account and its membership. Without a password the person is mailed a link by which they choose one.
   * Who only may propose people (a member, where the organization lets members) makes one that waits for approval.
   * @returns `created: false` for somebody who is a member already; nothing is changed then
   * @throws GatehouseError `validation`, `authorization`; `conflict` for an account of another organization
   */
  create(manager: Manager, form: AccountForm): Promise<{ member: Member; created: boolean }>;
  /**
   * @param change.defaultLicenseId null for the organization that was joined first
   * @throws GatehouseError `not_found`, `validation`, `authorization`; `conflict` for the name of somebody who is in
   *   other organizations, too
   */
  update(
    manager: Manager,
    accountId: string,
    change: { name?: string; defaultProduct?: Product; defaultLicenseId?: number | null },
  ): Promise<Member>;
  /**
   * Takes the account out of the organization. It is deleted where it belongs to no other.
   * @throws GatehouseError `not_found`, `authorization`; `limit_reached` for the last active owner
   */
  remove(manager: Manager, organizationId: string, accountId: string): Promise<void>;
  /** @throws GatehouseError as `people.changes.changeRoles` does */
  setRoles(
    manager: Manager,
    accountId: string,
    roles: { accountRole?: AccountRole; chatRole?: ChatRole },
  ): Promise<Member>;
  /**
   * Sets a password. All sessions end, and the tokens that were allowed in them.
   * @throws GatehouseError `not_found`, `validation`, `authorization`; `conflict` for somebody else's who is in other
   *   organizations, too
   */
  setPassword(manager: Manager, accountId: string, password: string): Promise<Member>;
}

export interface AccountChangesDeps {
  storage: Storage;
  clock: Clock;
  identifiers: Identifiers;
  tokens: OpaqueTokens;
  identity: Pick<IdentityService, 'audit' | 'outbox' | 'throttle' | 'confirmation'>;
  people: Pick<PeopleService, 'changes'>;
  hasher: PasswordHasher;
  writer: MailWriter;
  settings: Pick<ServerSettings, 'publicUrl'>;
  /** Part of the unit of work in which an account's sessions end. @returns the families whose tokens are dead */
  endSessions(stores: Stores, accountId: string): Promise<number[]>;
  familiesRevoked(keys: readonly number[]): void;
  changed(licenseId: number): void;
}

export function accountChanges(deps: AccountChangesDeps): AccountChanges {
  const { storage, clock, identity } = deps;

  /** What the account of somebody else costs: their organization alone may change it, by who is above them. */
  async function refuseOthers(
    stores: Stores,
    { licenseId, accountId: managerId }: Manager,
    target: Member,
    what: string,
  ): Promise<void> {
    if (target.account.id === managerId) return;
    const self = await stores.identity.member(licenseId, managerId);
    if (!self)
      throw new GatehouseError('authorization', 'You are not a member of this organization any more.');
    const refused = refusal(self.membership, target.membership, 'change_role');
    if (refused !== undefined) throw new GatehouseError('authorization', refused);
    if ((await stores.identity.organizationsOf(target.account.id)).length > 1)
      throw new GatehouseError(
        'conflict',
        `This account belongs to other organizations, too: its ${what} is for its person to change.`,
        { data: resource(target.account.id) },
      );
  }

  async function need(stores: Stores, licenseId: number, accountId: string): Promise<Member> {
    const member = await stores.identity.member(licenseId, accountId);
    if (!member)
      throw new GatehouseError('not_found', 'There is no account with this id in your organization.', {
        data: resource(accountId),
      });
    return member;
  }

  async function checkPassword(password: string, personal: string[]): Promise<FieldProblem | undefined> {
    const weak = await passwordProblem(password, personal);
    return weak && { field: 'password', message: [weak.message, ...weak.suggestions].join(' ') };
  }

  /** By a link, by which the person chooses a password; it also shows that the address is theirs. */
  async function welcome(stores: Stores, account: Account, licenseId: number, by: string): Promise<void> {
    const now = clock.now();
    const key = deps.identifiers.key();
    const minted = deps.tokens.mint('one_time', key);
    await stores.identity.addOneTimeToken({
      key,
      secretHash: minted.secretHash,
      kind: 'reset_password',
      accountId: account.id,
      email: account.email,
      createdAt: now,
      expiresAt: now + days(WELCOME_DAYS),
    });
    const organization = await stores.identity.organization(licenseId);
    await identity.outbox.add(
      stores,
      account.email,
      deps.writer.accountCreated({
        name: account.name,
        organization: organization?.name ?? '',
        createdBy: by,
        link: `${deps.settings.publicUrl}/reset-password?token=${minted.text}`,
        validDays: WELCOME_DAYS,
      }),
    );
  }

  return {
    async create(manager, form) {
      const { licenseId } = manager;
      const email = form.email.trim().normalize('NFC');
      const name = cleanLine(form.name ?? email.split('@')[0] ?? '');
      const problems = [
        emailProblem(email),
        nameProblem(name),
        form.password === undefined ? undefined : await checkPassword(form.password, [name, email]),
      ].filter((problem) => problem !== undefined);
      if (problems.length > 0) throw invalid(problems);
      const known = await findMember(storage.read, licenseId, email);
      if (known) return { member: known, created: false };
      await identity.throttle.attempt('invitations', String(licenseId));
      // Nobody knows it: the link in the mail sets another.
      const password = form.password ?? deps.tokens.mint('one_time', 0).text;
      const passwordHash = await deps.hasher.hash(password);
      const made = await storage.write(async (stores) => {
        await stores.people.lockOrganization(licenseId);
        const self = await stores.identity.member(licenseId, manager.accountId);
        if (!self || self.membership.suspendedAt !== null)
          throw new GatehouseError('authorization', 'You are not a member of this organization any more.');
        const roles = {
          accountRole: form.accountRole ?? LOWEST.accountRole,
          chatRole: form.chatRole ?? LOWEST.chatRole,
        };
        const proposes = chatRolesToGive(self.membership).length === 0;
        if (proposes) await refuseProposal(stores, licenseId, roles);
        const refused = proposes ? undefined : rolesRefusal(self.membership, roles);
        if (refused !== undefined) throw new GatehouseError('authorization', refused);
        const there = await findMember(stores, licenseId, email);
        if (there) return { member: there, created: false };
        const now = clock.now();
        const id = deps.identifiers.uuid();
        const account = { id, email, name, passwordHash, emailConfirmedAt: null, createdAt: now };
        if (!(await stores.identity.addAccount(account)))
          throw new GatehouseError(
            'conflict',
            `An account for ${email} exists in another organization. Invite it: its person decides.`,
          );
        await stores.identity.addMembership({
          licenseId,
          accountId: id,
          ...roles,
          suspendedAt: proposes ? now : null,
          createdAt: now,
        });
        await stores.identity.addToGroup(licenseId, GENERAL_GROUP.id, id);
        if (proposes) await stores.team.saveSettings(licenseId, id, { ...UNSET, awaitingApproval: true });
        if (form.defaultProduct !== undefined)
          await stores.accounts.updateAccount(id, { defaultProduct: form.defaultProduct }, now);
        if (form.password === undefined) await welcome(stores, account, licenseId, self.account.name);
        else await identity.confirmation.request(stores, { accountId: id, email, name });
        await identity.audit(stores, manager.actor, 'account.added', {
          licenseId,
          accountId: manager.accountId,
          detail: {
            member_account_id: id,
            member_email: email,
            role: roles.accountRole,
            chat_role: roles.chatRole,
          },
        });
        return { member: await need(stores, licenseId, id), created: true };
      });
      if (made.created) deps.changed(licenseId);
      return made;
    },

    async update(manager, accountId, { name: rawName, ...rest }) {
      const { licenseId, actor } = manager;
      const name = rawName === undefined ? undefined : cleanLine(rawName);
      const problem = name === undefined ? undefined : nameProblem(name);
      if (problem) throw invalid([problem]);
      const after = await storage.write(async (stores) => {
        const target = await need(stores, licenseId, accountId);
        await refuseOthers(stores, manager, target, 'name and defaults');
        if (name !== undefined) await stores.identity.renameAccount(accountId, name);
        await stores.accounts.updateAccount(accountId, rest, clock.now());
        await identity.audit(stores, actor, 'account.updated', {
          licenseId,
          accountId: manager.accountId,
          detail: { member_account_id: accountId, ...(name === undefined ? {} : { name }) },
        });
        return need(stores, licenseId, accountId);
      });
      deps.changed(licenseId);
      return after;
    },

    async remove(manager, organizationId, accountId) {
      const { changes } = deps.people;
      if (accountId === manager.accountId) {
        await changes.leave(accountId, organizationId, manager.actor, true);
        return;
      }
      const { membership } = await need(storage.read, manager.licenseId, accountId);
      await changes.remove(manager, accountId, membership.version, true);
    },

    async setRoles(manager, accountId, roles) {
      const { membership } = await need(storage.read, manager.licenseId, accountId);
      return deps.people.changes.changeRoles(manager, accountId, { version: membership.version, ...roles });
    },

    async setPassword(manager, accountId, password) {
      const { licenseId, actor } = manager;
      const before = await need(storage.read, licenseId, accountId);
      await refuseOthers(storage.read, manager, before, 'password');
      const weak = await checkPassword(password, [before.account.name, before.account.email]);
      if (weak) throw invalid([weak]);
      await identity.throttle.attempt('set_password', accountId);
      const passwordHash = await deps.hasher.hash(password);
      const { member, families } = await storage.write(async (stores) => {
        const target = await need(stores, licenseId, accountId);
        await refuseOthers(stores, manager, target, 'password');
        await stores.identity.setPassword(accountId, passwordHash);
        await stores.identity.voidOneTimeTokens(accountId, 'reset_password', clock.now());
        const ended = await deps.endSessions(stores, accountId);
        await identity.outbox.add(
          stores,
          target.account.email,
          deps.writer.passwordChanged({
            name: target.account.name,
            changedAt: clock.now(),
            forgotPasswordUrl: `${deps.settings.publicUrl}/forgot-password`,
          }),
        );
        await identity.audit(stores, actor, 'password.changed', {
          licenseId,
          accountId: manager.accountId,
          detail: { member_account_id: accountId },
        });
        return { member: target, families: ended };
      });
      deps.familiesRevoked(families);
      return member;
    },
  };
}

async function findMember(stores: Stores, licenseId: number, email: string): Promise<Member | undefined> {
  const account = await stores.identity.accountByEmail(email);
  return account && stores.identity.member(licenseId, account.id);
}

async function refuseProposal(
  stores: Stores,
  licenseId: number,
  { accountRole, chatRole }: { accountRole: AccountRole; chatRole: ChatRole },
): Promise<void> {
  if ((await stores.accounts.profile(licenseId))?.invitationMode === 'strict')
    throw new GatehouseError(
      'authorization',
      'Owners and administrators alone let people into this organization: its invitation_mode is strict.',
    );
  if (accountRole !== LOWEST.accountRole || chatRole !== LOWEST.chatRole)
    throw new GatehouseError(
      'authorization',
      'A member proposes people as member and normal agent; who approves of them may give more.',
    );
}

export function resource(accountId: string): Record<string, unknown> {
  return { resource_name: 'account', resource_id: accountId };
}

function invalid(fields: FieldProblem[]): GatehouseError {
  const [first] = fields;
  return new GatehouseError('validation', first ? `\`${first.field}\`: ${first.message}` : 'Wrong input.', {
    fields,
  });
}
