import { accountRoles, chatRoles } from '../../wire/scope_catalogue.ts';
import type { AccountRole, ChatRole, Membership } from '../identity/records.ts';

/** Who may do what to whom among the people of an organization; nothing here is looked up. */

export type PersonAction =
  | 'change_role'
  | 'change_chat_role'
  | 'suspend'
  | 'unsuspend'
  | 'remove'
  | 'transfer_ownership';

/** A member as the rules know them. */
export type Standing = Pick<Membership, 'accountId' | 'accountRole' | 'chatRole' | 'suspendedAt'>;

const rank = (role: AccountRole): number => accountRoles.indexOf(role);

/** The Accounts roles that somebody may give: none above their own, and a member gives none. */
export function rolesToGive(actor: Standing): AccountRole[] {
  if (actor.accountRole === 'member') return [];
  return accountRoles.filter((role) => rank(role) <= rank(actor.accountRole)).reverse();
}

/** The chat roles that somebody may give. Owners give any, so that an organization can never lock itself out. */
export function chatRolesToGive(actor: Standing): ChatRole[] {
  if (actor.accountRole === 'member') return [];
  if (actor.accountRole === 'owner' || actor.chatRole === 'administrator') return ['administrator', 'normal'];
  return ['normal'];
}

/** What somebody may do to a member; also what their row in the Console offers. */
export function actionsOn(actor: Standing, target: Standing): PersonAction[] {
  const all: PersonAction[] = [
    'change_role',
    'change_chat_role',
    'suspend',
    'unsuspend',
    'remove',
    'transfer_ownership',
  ];
  return all.filter((action) => {
    if (action === 'suspend' && target.suspendedAt !== null) return false;
    if (action === 'unsuspend' && target.suspendedAt === null) return false;
    return refusal(actor, target, action) === undefined;
  });
}

/** Why somebody may not do this to a member, in a sentence that says who could; undefined when they may. */
export function refusal(actor: Standing, target: Standing, action: PersonAction): string | undefined {
  if (actor.suspendedAt !== null || actor.accountRole === 'member')
    return 'The people of an organization are managed by its owners and administrators.';
  const self = actor.accountId === target.accountId;
  if (action === 'transfer_ownership') {
    if (actor.accountRole !== 'owner') return 'Only an owner can hand the ownership over.';
    if (self) return 'You are the owner already. Choose the person who takes over.';
    if (target.suspendedAt !== null)
      return 'This person is suspended. Lift the suspension before you make them the owner.';
    return undefined;
  }
  if (self && action === 'suspend')
    return 'You cannot suspend yourself. Another owner or administrator can do it.';
  if (self && action === 'unsuspend') return 'Another owner or administrator has to lift the suspension.';
  if (self && action === 'remove')
    return 'You cannot remove yourself here. To leave the organization, open your account, Organizations.';
  if (rank(target.accountRole) > rank(actor.accountRole))
    return 'This person is an owner. Administrators can change administrators and members; ask an owner.';
  return undefined;
}

/**
 * Why somebody may not give these roles.
 * @param from the roles that the person has now; only what changes is judged
 */
export function rolesRefusal(
  actor: Standing,
  wanted: { accountRole: AccountRole; chatRole: ChatRole },
  from?: Standing,
): string | undefined {
  if (wanted.accountRole !== from?.accountRole && !rolesToGive(actor).includes(wanted.accountRole))
    return `You cannot give the role ${wanted.accountRole}: it is above your own, ${actor.accountRole}. Ask somebody who has it.`;
  if (wanted.chatRole !== from?.chatRole && !chatRolesToGive(actor).includes(wanted.chatRole))
    return 'You cannot give the chat role administrator, since you do not have it. Ask somebody who has it.';
  return undefined;
}

/** The roles that somebody could not give now: open invitations of theirs that give one are taken back. */
export function rolesOutOfReach(now: Standing | undefined): {
  accountRoles: AccountRole[];
  chatRoles: ChatRole[];
} {
  const present = now && now.suspendedAt === null ? now : undefined;
  const given = present ? { account: rolesToGive(present), chat: chatRolesToGive(present) } : undefined;
  return {
    accountRoles: accountRoles.filter((role) => !given?.account.includes(role)),
    chatRoles: chatRoles.filter((role) => !given?.chat.includes(role)),
  };
}
