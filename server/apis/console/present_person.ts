import type { Member } from '../../domain/identity/records.ts';
import type { OpenInvitation, PersonInList } from '../../domain/people/records.ts';
import { actionsOn, type Standing } from '../../domain/people/role_rules.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import { isUuid } from '../../kernel/identifiers.ts';
import { formatTimestamp } from '../../kernel/timestamp.ts';
import type { ConsoleCaller } from '../registry/caller.ts';
import type { Services } from '../services.ts';
import type { Invitation, Person } from './people_schemas.ts';

/** A person as somebody of the organization sees them; what acts for them is shown to those who manage them. */
export function presentPerson(
  { account, membership, groupIds, actingFor }: PersonInList,
  seer: Standing,
): Person {
  const actions = actionsOn(seer, membership);
  const own = seer.accountId === account.id;
  return {
    account_id: account.id,
    name: account.name,
    email: account.email,
    role: membership.accountRole,
    chat_role: membership.chatRole,
    group_ids: groupIds,
    status: membership.suspendedAt === null ? 'active' : 'suspended',
    joined_at: formatTimestamp(membership.createdAt),
    version: membership.version,
    acting_for:
      actions.length > 0 || own
        ? { apps: actingFor.apps, personal_access_tokens: actingFor.personalAccessTokens }
        : null,
    actions,
  };
}

/** A person after a change, as the one who made it sees them now. */
export async function presentChanged(
  services: Services,
  caller: ConsoleCaller,
  member: Member,
): Promise<Person> {
  const { licenseId } = caller.organization;
  const [person, self] = await Promise.all([
    services.people.withActing(licenseId, member),
    services.identity.member(licenseId, caller.accountId),
  ]);
  return presentPerson(person, self?.membership ?? standingOf(caller));
}

/** The caller as the rules know them. */
export function standingOf({ accountId, accountRole, chatRole }: ConsoleCaller): Standing {
  return { accountId, accountRole, chatRole, suspendedAt: null };
}

export function presentInvitation(invitation: OpenInvitation): Invitation {
  return {
    id: invitation.id,
    email: invitation.email,
    role: invitation.accountRole,
    chat_role: invitation.chatRole,
    invited_by: invitation.invitedByName,
    sent_at: formatTimestamp(invitation.sentAt),
    expires_at: formatTimestamp(invitation.expiresAt),
    expired: invitation.expired,
  };
}

/** @throws GatehouseError `not_found`, in the words for somebody of another organization */
export function accountIdOf(input: { account_id: string }): string {
  if (isUuid(input.account_id)) return input.account_id;
  throw new GatehouseError('not_found', 'There is nobody with this id in your organization.');
}

/** @throws GatehouseError `not_found` */
export function invitationIdOf(input: { invitation_id: string }): string {
  if (isUuid(input.invitation_id)) return input.invitation_id;
  throw new GatehouseError('not_found', 'There is no open invitation with this id.');
}
