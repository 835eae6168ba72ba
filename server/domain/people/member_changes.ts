import type { Clock } from '../../kernel/clock.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import { MEMBER_REMOVED } from '../grants/records.ts';
import type { Audit } from '../identity/audit.ts';
import type { AuditAction } from '../identity/audit_actions.ts';
import type { ConfirmPassword } from '../identity/confirm_password.ts';
import type { MailOutbox, MailWriter, MembershipNews } from '../identity/mail_outbox.ts';
import type { AccountRole, Actor, ChatRole, Member, Organization } from '../identity/records.ts';
import { needRoomForAgents } from '../license/plan_room.ts';
import type { ServerSettings } from '../server_settings.ts';
import type { Storage, Stores } from '../storage.ts';
import { forgetAgent, liftApproval } from '../team/agent_setup.ts';
import { type PersonAction, refusal, rolesOutOfReach, rolesRefusal } from './role_rules.ts';

/** Who changes the people of an organization, and by which request. */
export interface Manager {
  licenseId: number;
  accountId: string;
  actor: Actor;
}

/**
 * Changes of memberships. Each names the `version` that its person saw; who names none changes whatever is there.
 * @throws GatehouseError `not_found` for an account that is not in the organization; `authorization` when the
 *   manager's role does not allow it; `conflict` when somebody else changed the member meanwhile;
 *   `limit_reached` when it would leave the organization without an active owner
 */
export interface MemberChanges {
  changeRoles(
    manager: Manager,
    accountId: string,
    change: { version: number; accountRole?: AccountRole; chatRole?: ChatRole },
  ): Promise<Member>;
  /** The same in a unit of work that holds the organization. */
  giveRoles(
    stores: Stores,
    manager: Manager,
    target: Member,
    wanted: { accountRole?: AccountRole; chatRole?: ChatRole },
  ): Promise<void>;
  /** Tokens stay, and are refused until the suspension is lifted. */
  suspend(manager: Manager, accountId: string, version?: number): Promise<Member>;
  /** Of somebody who waits for approval: approves them. */
  unsuspend(manager: Manager, accountId: string, version?: number): Promise<Member>;
  /**
   * Ends every grant and token of the person in the organization, for good.
   * @param andAccount the account goes, too, where it belongs to no other organization
   */
  remove(manager: Manager, accountId: string, version?: number, andAccount?: boolean): Promise<void>;
  /** Makes the person an owner and the manager an administrator. @throws GatehouseError `validation` for a wrong password */
  transferOwnership(
    manager: Manager,
    accountId: string,
    form: { version: number; password: string },
  ): Promise<Member>;
  /** One's own membership, from one's account. */
  leave(accountId: string, organizationId: string, actor: Actor, andAccount?: boolean): Promise<Organization>;
}

/** What a change works with: everything as it is now, while nobody else changes it. */
interface Scene {
  stores: Stores;
  organization: Organization;
  self: Member;
  target: Member;
}

export function memberChanges(deps: {
  storage: Storage;
  clock: Clock;
  audit: Audit;
  outbox: MailOutbox;
  writer: MailWriter;
  settings: ServerSettings;
  confirmPassword: ConfirmPassword;
  /** After the commit: who remembers names forgets them. What remembers rights hears of it by the storage. */
  changed(licenseId: number): void;
}): MemberChanges {
  const { storage, clock } = deps;

  async function change(
    manager: Manager,
    accountId: string,
    version: number | undefined,
    action: PersonAction,
    work: (scene: Scene) => Promise<void>,
  ): Promise<Member | undefined> {
    const { licenseId } = manager;
    const after = await storage.write(async (stores) => {
      await stores.people.lockOrganization(licenseId);
      const target = await stores.identity.member(licenseId, accountId);
      const scene = await sceneOf(stores, manager, target, action);
      if (version !== undefined && scene.target.membership.version !== version) throw conflict(scene.target);
      await work(scene);
      return stores.identity.member(licenseId, accountId);
    });
    deps.changed(licenseId);
    return after;
  }

  async function sceneOf(
    stores: Stores,
    { licenseId, accountId }: Manager,
    target: Member | undefined,
    action: PersonAction,
  ): Promise<Scene> {
    const organization = await stores.identity.organization(licenseId);
    const self = await stores.identity.member(licenseId, accountId);
    if (!organization || !self)
      throw new GatehouseError('authorization', 'You are not a member of this organization any more.');
    if (!target) throw nobody();
    const refused = refusal(self.membership, target.membership, action);
    if (refused !== undefined) throw new GatehouseError('authorization', refused);
    return { stores, organization, self, target };
  }

  async function giveRoles(
    manager: Manager,
    scene: Scene,
    wanted: { accountRole?: AccountRole; chatRole?: ChatRole },
  ): Promise<void> {
    const { stores, self, target, organization } = scene;
    const { accountId, version, ...from } = target.membership;
    const roles = {
      accountRole: wanted.accountRole ?? from.accountRole,
      chatRole: wanted.chatRole ?? from.chatRole,
    };
    const refused = rolesRefusal(self.membership, roles, target.membership);
    if (refused !== undefined) throw new GatehouseError('authorization', refused);
    if (roles.accountRole === from.accountRole && roles.chatRole === from.chatRole) return;
    needOwner(await stores.people.changeRoles(manager.licenseId, accountId, roles, version));
    await recallInvitations(stores, manager.licenseId, accountId);
    await log(manager, scene, 'member.roles_changed', {
      role: { from: from.accountRole, to: roles.accountRole },
      chat_role: { from: from.chatRole, to: roles.chatRole },
    });
    await tell(stores, organization, target, { kind: 'roles_changed', ...roles });
  }

  function log(manager: Manager, { stores, target }: Scene, action: AuditAction, detail: object = {}) {
    return deps.audit(stores, manager.actor, action, {
      licenseId: manager.licenseId,
      accountId: manager.accountId,
      detail: { member_account_id: target.account.id, member_email: target.account.email, ...detail },
    });
  }

  function tell(stores: Stores, organization: Organization, { account }: Member, news: MembershipNews) {
    return deps.outbox.add(
      stores,
      account.email,
      deps.writer.membershipChanged({
        name: account.name,
        organization: organization.name,
        news,
        accountUrl: `${deps.settings.publicUrl}/account/organizations`,
      }),
    );
  }

  /** Takes back the open invitations that somebody sent and could not send any more. */
  async function recallInvitations(stores: Stores, licenseId: number, accountId: string): Promise<void> {
    const now = await stores.identity.member(licenseId, accountId);
    await stores.people.revokeInvitationsBy(
      licenseId,
      accountId,
      rolesOutOfReach(now?.membership),
      clock.now(),
    );
  }

  /** The statement refused though the version was right and nobody else is at work: only an owner is missing. */
  function needOwner(done: boolean): void {
    if (done) return;
    throw new GatehouseError(
      'limit_reached',
      'An organization needs an active owner, and this is the last one. Make somebody else an owner first.',
      { reason: 'last_owner' },
    );
  }

  async function removeAccount(stores: Stores, licenseId: number, accountId: string, actor: Actor) {
    if (await stores.accounts.removeAccount(accountId))
      await deps.audit(stores, actor, 'account.deleted', { licenseId, accountId });
  }

  async function takeOut(stores: Stores, { account, membership }: Member): Promise<void> {
    const { licenseId, accountId, version } = membership;
    needOwner(await stores.people.removeMember(licenseId, accountId, version));
    await forgetAgent(stores, licenseId, account);
    await stores.chats(licenseId).callForAgentsChats(account.email, clock.now());
    await stores.grants.revokeMember(licenseId, accountId, MEMBER_REMOVED, clock.now());
    await stores.accounts.removePicture(licenseId, accountId);
    await recallInvitations(stores, licenseId, accountId);
  }

  function need(member: Member | undefined): Member {
    if (!member) throw nobody();
    return member;
  }

  return {
    async changeRoles(manager, accountId, { version, ...wanted }) {
      const action = wanted.accountRole === undefined ? 'change_chat_role' : 'change_role';
      const after = await change(manager, accountId, version, action, (scene) =>
        giveRoles(manager, scene, wanted),
      );
      return need(after);
    },

    async giveRoles(stores, manager, target, wanted) {
      const action = wanted.accountRole === undefined ? 'change_chat_role' : 'change_role';
      await giveRoles(manager, await sceneOf(stores, manager, target, action), wanted);
    },

    async suspend(manager, accountId, version) {
      const after = await change(manager, accountId, version, 'suspend', async (scene) => {
        const { stores, target, organization } = scene;
        const { suspendedAt, version: present } = target.membership;
        // Who waited for approval is out for good now.
        if (suspendedAt !== null) return void (await liftApproval(stores, manager.licenseId, accountId));
        needOwner(await stores.people.suspendMember(manager.licenseId, accountId, present, clock.now()));
        // Others take their open chats a moment later.
        await stores.chats(manager.licenseId).callForAgentsChats(target.account.email, clock.now());
        await recallInvitations(stores, manager.licenseId, accountId);
        await log(manager, scene, 'member.suspended');
        await tell(stores, organization, target, { kind: 'suspended' });
      });
      return need(after);
    },

    async unsuspend(manager, accountId, version) {
      const after = await change(manager, accountId, version, 'unsuspend', async (scene) => {
        const { stores, target, organization } = scene;
        const { licenseId } = manager;
        const present = target.membership.version;
        if (!(await stores.people.unsuspendMember(licenseId, accountId, present))) return;
        await needRoomForAgents(stores, licenseId, deps.settings.plan ?? {});
        const approved = await liftApproval(stores, licenseId, accountId);
        await stores.chats(licenseId).callForQueue(clock.now());
        await log(manager, scene, approved ? 'agent.approved' : 'member.unsuspended');
        await tell(stores, organization, target, { kind: approved ? 'approved' : 'unsuspended' });
      });
      return need(after);
    },

    async remove(manager, accountId, version, andAccount = false) {
      await change(manager, accountId, version, 'remove', async (scene) => {
        await takeOut(scene.stores, scene.target);
        await log(manager, scene, 'member.removed', { role: scene.target.membership.accountRole });
        await tell(scene.stores, scene.organization, scene.target, { kind: 'removed' });
        if (andAccount) await removeAccount(scene.stores, manager.licenseId, accountId, manager.actor);
      });
    },

    async transferOwnership(manager, accountId, { version, password }) {
      await deps.confirmPassword(manager.accountId, password, 'password', manager.actor);
      const after = await change(manager, accountId, version, 'transfer_ownership', async (scene) => {
        const { stores, self, target, organization } = scene;
        const { licenseId } = manager;
        const owner = { accountRole: 'owner', chatRole: 'administrator' } as const;
        needOwner(await stores.people.changeRoles(licenseId, accountId, owner, version));
        const administrator = {
          accountRole: 'administrator',
          chatRole: self.membership.chatRole,
        } as const;
        needOwner(
          await stores.people.changeRoles(
            licenseId,
            manager.accountId,
            administrator,
            self.membership.version,
          ),
        );
        await recallInvitations(stores, licenseId, manager.accountId);
        await log(manager, scene, 'ownership.transferred');
        await tell(stores, organization, target, { kind: 'became_owner', from: self.account.name });
        await tell(stores, organization, self, { kind: 'gave_ownership', to: target.account.name });
      });
      return need(after);
    },

    async leave(accountId, organizationId, actor, andAccount = false) {
      const left = await storage.write(async (stores) => {
        const organization = await stores.identity.organizationById(organizationId);
        if (organization) await stores.people.lockOrganization(organization.licenseId);
        const self = organization && (await stores.identity.member(organization.licenseId, accountId));
        if (!organization || !self)
          throw new GatehouseError('not_found', 'You are not a member of an organization with this id.');
        await takeOut(stores, self);
        await deps.audit(stores, actor, 'member.left', {
          licenseId: organization.licenseId,
          accountId,
          detail: { role: self.membership.accountRole },
        });
        await tell(stores, organization, self, { kind: 'left' });
        if (andAccount) await removeAccount(stores, organization.licenseId, accountId, actor);
        return organization;
      });
      deps.changed(left.licenseId);
      return left;
    },
  };
}

/** The same words for an account of another organization and for none. */
function nobody(): GatehouseError {
  return new GatehouseError('not_found', 'There is nobody with this id in your organization.');
}

function conflict({ account, membership }: Member): GatehouseError {
  return new GatehouseError(
    'conflict',
    `Somebody else changed ${account.name} meanwhile. Look at the present state before you change it again.`,
    { data: { current_version: membership.version } },
  );
}
