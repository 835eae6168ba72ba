import type { Clock } from '../../kernel/clock.ts';
import { type FieldProblem, GatehouseError } from '../../kernel/errors.ts';
import type { Identifiers } from '../../kernel/identifiers.ts';
import { type OpaqueTokens, sameSecret } from '../../oauth/opaque_token.ts';
import type { Audit } from '../identity/audit.ts';
import type { PasswordHasher } from '../identity/password_hasher.ts';
import { passwordProblem } from '../identity/password_rules.ts';
import { cleanLine, nameProblem } from '../identity/profile_rules.ts';
import type { Account, Actor, Organization, Session } from '../identity/records.ts';
import type { SessionService } from '../identity/sessions.ts';
import { refuseOtherWays } from '../identity/sign_in_policy.ts';
import { GENERAL_GROUP } from '../identity/sign_up.ts';
import { loginSubject, type Throttle } from '../identity/throttling.ts';
import { needRoomForAgents } from '../license/plan_room.ts';
import type { ServerSettings } from '../server_settings.ts';
import { joinProblem } from '../sign_in_rules/login_methods.ts';
import type { Storage, Stores } from '../storage.ts';
import { setUpAgent } from '../team/agent_setup.ts';
import type { NamedInvitation } from './records.ts';

/** What became of the invitation behind a link. */
export type FoundInvitation =
  | {
      state: 'open';
      invitation: NamedInvitation;
      organization: Organization;
      /** Whether somebody can log in with the invited e-mail. */
      hasAccount: boolean;
    }
  /** `unknown` also stands for a link cut in half, and for one that a newer one replaced. */
  | { state: 'unknown' | 'expired' | 'used' | 'revoked' };

/** What the invited person does with the link of the mail. */
export interface InvitationAnswers {
  /** Looks without using it up. */
  find(token: string): Promise<FoundInvitation>;
  /**
   * @returns the organization; undefined when the link ended meanwhile
   * @throws GatehouseError `authorization` for an account with another e-mail, and where the organization's rule of
   *   signing in would keep it out
   */
  accept(token: string, account: Account, actor: Actor): Promise<Organization | undefined>;
  /** @param account undefined where nobody has an account with that e-mail. Otherwise like `accept` */
  decline(token: string, account: Account | undefined, actor: Actor): Promise<Organization | undefined>;
  /**
   * Makes the account of the invited e-mail, which the link has confirmed, and its membership; begins a session.
   * @returns undefined when the link ended meanwhile
   * @throws GatehouseError `validation` with one problem per field; `already_exists` when the account came meanwhile;
   *   `authorization` where the organization's people sign in by its identity provider: it takes the invitation then
   */
  signUp(
    token: string,
    form: { name: string; password: string },
    actor: Actor,
  ): Promise<{ cookie: string; session: Session } | undefined>;
}

/** Thrown within a unit of work to take all of it back. */
class Ended extends Error {}

export function invitationAnswers(deps: {
  storage: Storage;
  clock: Clock;
  identifiers: Identifiers;
  tokens: OpaqueTokens;
  hasher: PasswordHasher;
  sessions: SessionService;
  throttle: Throttle;
  audit: Audit;
  settings: Pick<ServerSettings, 'plan'>;
  changed(licenseId: number): void;
}): InvitationAnswers {
  const { storage, clock } = deps;

  async function find(token: string): Promise<FoundInvitation> {
    const parsed = deps.tokens.parse(token);
    if (parsed?.kind !== 'invitation') return { state: 'unknown' };
    const invitation = await storage.read.people.invitationByKey(parsed.key);
    if (!invitation || !sameSecret(parsed.secretHash, invitation.secretHash)) return { state: 'unknown' };
    if (invitation.outcome === 'revoked' || invitation.outcome === 'replaced') return { state: 'revoked' };
    if (invitation.endedAt !== null) return { state: 'used' };
    if (invitation.expiresAt <= clock.now()) return { state: 'expired' };
    const [organization, account] = await Promise.all([
      storage.read.identity.organization(invitation.licenseId),
      storage.read.identity.accountByEmail(invitation.email),
    ]);
    if (!organization) return { state: 'unknown' };
    return { state: 'open', invitation, organization, hasAccount: account !== undefined };
  }

  function refuseOther({ email }: NamedInvitation, account: Account): void {
    if (loginSubject(account.email) !== loginSubject(email))
      throw new GatehouseError(
        'authorization',
        `This invitation is for ${email}, and you are logged in as ${account.email}. Log in with the invited address.`,
        { reason: 'other_account' },
      );
  }

  /** Uses the link up and puts the account into the organization. @throws Ended when somebody was first */
  async function join(
    stores: Stores,
    { invitation }: { invitation: NamedInvitation },
    accountId: string,
    actor: Actor,
  ): Promise<void> {
    const now = clock.now();
    const { key, id, secretHash, licenseId, accountRole, chatRole, email } = invitation;
    if (!(await stores.people.answerInvitation(key, secretHash, 'accepted', now))) throw new Ended();
    const unable = await joinProblem(stores, licenseId, invitation);
    if (unable !== undefined)
      throw new GatehouseError('authorization', unable, { reason: 'outside_domains' });
    const { agent } = invitation;
    // Whoever came into the organization by another way meanwhile keeps the roles they have.
    const added = await stores.identity.addMembership({
      licenseId,
      accountId,
      accountRole,
      chatRole,
      suspendedAt: agent?.awaitingApproval ? now : null,
      createdAt: now,
    });
    if (agent && added)
      await setUpAgent(stores, licenseId, { id: accountId, email }, agent, agent.awaitingApproval);
    else await stores.identity.addToGroup(licenseId, GENERAL_GROUP.id, accountId);
    await needRoomForAgents(stores, licenseId, deps.settings.plan ?? {});
    // The link has come to this address: it is the person's.
    await stores.identity.confirmEmail(accountId, email, now);
    await deps.audit(stores, actor, 'invitation.accepted', {
      licenseId,
      accountId,
      detail: { invitation_id: id, email, role: accountRole, chat_role: chatRole },
    });
  }

  return {
    find,

    async accept(token, account, actor) {
      const found = await find(token);
      if (found.state !== 'open') return undefined;
      refuseOther(found.invitation, account);
      const joined = await unlessEnded(
        storage.write(async (stores) => {
          await join(stores, found, account.id, actor);
          return found.organization;
        }),
      );
      if (joined) deps.changed(joined.licenseId);
      return joined;
    },

    async decline(token, account, actor) {
      const found = await find(token);
      if (found.state !== 'open') return undefined;
      const { invitation, organization, hasAccount } = found;
      if (account) refuseOther(invitation, account);
      else if (hasAccount)
        throw new GatehouseError(
          'authorization',
          `Log in as ${invitation.email} to answer this invitation.`,
          {
            reason: 'other_account',
          },
        );
      return storage.write(async (stores) => {
        const { key, secretHash, id, email, licenseId } = invitation;
        if (!(await stores.people.answerInvitation(key, secretHash, 'declined', clock.now())))
          return undefined;
        await deps.audit(stores, actor, 'invitation.declined', {
          licenseId,
          accountId: account?.id ?? null,
          detail: { invitation_id: id, email },
        });
        return organization;
      });
    },

    async signUp(token, form, actor) {
      const found = await find(token);
      if (found.state !== 'open') return undefined;
      const { email, licenseId } = found.invitation;
      const name = cleanLine(form.name);
      await deps.throttle.attempt('sign_up_address', actor.ip);
      const weak = await passwordProblem(form.password, [name, email, found.organization.name]);
      const problems: (FieldProblem | undefined)[] = [
        nameProblem(name),
        weak && { field: 'password', message: [weak.message, ...weak.suggestions].join(' ') },
      ];
      const fields = problems.filter((problem) => problem !== undefined);
      if (fields.length > 0)
        throw new GatehouseError('validation', 'Please check the marked fields.', { fields });
      const passwordHash = await deps.hasher.hash(form.password);
      const begun = await unlessEnded(
        storage.write(async (stores) => {
          const now = clock.now();
          const accountId = found.invitation.accountId ?? deps.identifiers.uuid();
          const account = { id: accountId, email, name, passwordHash, emailConfirmedAt: now, createdAt: now };
          if (!(await stores.identity.addAccount(account)))
            throw new GatehouseError(
              'already_exists',
              `An account for ${email} exists by now. Log in to accept the invitation.`,
            );
          await join(stores, found, accountId, actor);
          await deps.audit(stores, actor, 'account.created', { accountId, licenseId });
          await refuseOtherWays(stores, account, ['pwd']);
          return deps.sessions.begin(stores, { accountId, licenseId, remember: false, actor });
        }),
      );
      if (begun) deps.changed(licenseId);
      return begun;
    },
  };
}

/** The outcome of a unit of work; undefined when its link was used up before. */
async function unlessEnded<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Ended) return undefined;
    throw error;
  }
}
