import type { Micros } from '../../kernel/clock.ts';
import type { Identifiers } from '../../kernel/identifiers.ts';
import type { AccountCredentials } from '../grants/account_credentials.ts';
import type { Audit } from '../identity/audit.ts';
import { cleanLine } from '../identity/profile_rules.ts';
import type { Account, AccountRole, Actor, ChatRole, Organization } from '../identity/records.ts';
import { GENERAL_GROUP } from '../identity/sign_up.ts';
import { loginSubject } from '../identity/throttling.ts';
import { needRoomForAgents } from '../license/plan_room.ts';
import type { Invitation } from '../people/records.ts';
import type { ServerSettings } from '../server_settings.ts';
import type { Stores } from '../storage.ts';
import { domainOfEmail } from './domain_rules.ts';
import type { SamlConfiguration, SamlSubject } from './records.ts';

const LONGEST_NAME = 191;

/** What becomes of somebody for whom the identity provider vouches. */
export type Admission =
  | { kind: 'member'; account: Account }
  /** They are in as soon as they come: asked in by somebody, or because everybody of the domain is let in. */
  | {
      kind: 'joins';
      account: Account | undefined;
      invitation: Invitation | undefined;
      roles: { accountRole: AccountRole; chatRole: ChatRole };
    }
  | { kind: 'refused'; reason: 'foreign_domain' | 'suspended' | 'not_a_member'; message: string };

/**
 * Decides without changing anything. An identity provider is believed for the proven domains of its organization
 * alone: otherwise whoever can set one up could be anybody.
 */
export async function decideAdmission(
  stores: Pick<Stores, 'signIn' | 'identity' | 'people'>,
  organization: Organization,
  configuration: SamlConfiguration,
  { email }: SamlSubject,
  now: Micros,
): Promise<Admission> {
  const { licenseId, name } = organization;
  const domain = domainOfEmail(email);
  const holder = await stores.signIn.holderOf(domain);
  if (holder?.licenseId !== licenseId)
    return {
      kind: 'refused',
      reason: 'foreign_domain',
      message: `${email} is not in a verified domain of ${name}. Its administrators can verify ${domain} in the Console.`,
    };
  const account = await stores.identity.accountByEmail(loginSubject(email));
  const member = account && (await stores.identity.member(licenseId, account.id));
  if (member?.membership.suspendedAt === null) return { kind: 'member', account: member.account };
  if (member)
    return { kind: 'refused', reason: 'suspended', message: `Your access to ${name} is suspended.` };
  const invitation = await stores.people.openInvitationTo(licenseId, email);
  if (invitation && invitation.expiresAt > now)
    return { kind: 'joins', account, invitation, roles: invitation };
  if (configuration.provisioning === 'members')
    return {
      kind: 'joins',
      account,
      invitation: undefined,
      roles: { accountRole: 'member', chatRole: 'normal' },
    };
  return {
    kind: 'refused',
    reason: 'not_a_member',
    message: `Nobody with the address ${email} is in ${name}. Ask its administrators to invite you.`,
  };
}

/**
 * Makes it so, in a unit of work: the account, where there is none, and its membership.
 * @param passwordHash of a password that nobody knows
 * @returns the account; undefined when its invitation was taken back in the same moment
 */
export async function admit(
  stores: Stores,
  deps: {
    identifiers: Identifiers;
    credentials: AccountCredentials;
    audit: Audit;
    settings: Pick<ServerSettings, 'plan'>;
  },
  admission: Exclude<Admission, { kind: 'refused' }>,
  {
    organization,
    subject,
    passwordHash,
    now,
    actor,
  }: {
    organization: Organization;
    subject: SamlSubject;
    passwordHash: string;
    now: Micros;
    actor: Actor;
  },
): Promise<Account | undefined> {
  const { licenseId } = organization;
  const account = admission.account ?? (await addAccount());
  if (!account) return undefined;
  if (account.emailConfirmedAt === null) {
    await stores.identity.confirmEmail(account.id, account.email, now);
    // Anybody could have signed up with this address before its person came: what was made by then may be theirs.
    await stores.identity.setPassword(account.id, passwordHash);
    await stores.identity.endSessions(account.id);
    await stores.identity.voidOneTimeTokens(account.id, 'reset_password', now);
    await stores.factors.removeTotp(account.id);
    await deps.credentials.revokeAll(stores, account.id, now);
  }
  if (admission.kind === 'joins' && !(await join(account, admission))) return undefined;
  return stores.identity.account(account.id);

  async function addAccount(): Promise<Account | undefined> {
    const [local = ''] = subject.email.split('@');
    const name = cleanLine(subject.name).slice(0, LONGEST_NAME) || local;
    const added = {
      id: deps.identifiers.uuid(),
      email: subject.email,
      name,
      passwordHash,
      emailConfirmedAt: now,
      createdAt: now,
    };
    if (!(await stores.identity.addAccount(added))) return undefined;
    await deps.audit(stores, actor, 'account.created', {
      accountId: added.id,
      licenseId,
      detail: { by: 'saml' },
    });
    return added;
  }

  async function join(
    { id: accountId, email }: Account,
    { invitation, roles }: Extract<Admission, { kind: 'joins' }>,
  ): Promise<boolean> {
    const { accountRole, chatRole } = roles;
    if (invitation) {
      const { key, secretHash } = invitation;
      if (!(await stores.people.answerInvitation(key, secretHash, 'accepted', now))) return false;
    }
    await stores.identity.addMembership({
      licenseId,
      accountId,
      accountRole,
      chatRole,
      suspendedAt: null,
      createdAt: now,
    });
    await stores.identity.addToGroup(licenseId, GENERAL_GROUP.id, accountId);
    await needRoomForAgents(stores, licenseId, deps.settings.plan ?? {});
    const detail = { email, role: accountRole, chat_role: chatRole };
    await deps.audit(stores, actor, invitation ? 'invitation.accepted' : 'member.provisioned', {
      licenseId,
      accountId,
      detail: invitation ? { invitation_id: invitation.id, ...detail } : detail,
    });
    return true;
  }
}
