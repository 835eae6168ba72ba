import { days } from '../../kernel/clock.ts';
import { GatehouseError, isGatehouseError } from '../../kernel/errors.ts';
import { passwordLink } from '../identity/password_link.ts';
import { cleanLine, emailProblem, nameProblem } from '../identity/profile_rules.ts';
import type { Member } from '../identity/records.ts';
import { needRoomForAgents } from '../license/plan_room.ts';
import { needPlanRoom } from '../license/plans.ts';
import type { Manager } from '../people/member_changes.ts';
import { rolesRefusal } from '../people/role_rules.ts';
import { joinProblem } from '../sign_in_rules/login_methods.ts';
import type { Stores } from '../storage.ts';
import { type AgentForm, checkGroups, checkWorkScheduler, invalid } from './agent_form.ts';
import { type GivenRole, rolesOf } from './agent_roles.ts';
import { setUpAgent } from './agent_setup.ts';
import type { TeamDeps } from './team_service.ts';

export const MOST_AGENTS = 1_000;
const LINK_DAYS = 7;

export interface NewAgent extends AgentForm {
  email: string;
  name: string;
  role: GivenRole;
  /** Suspended until somebody with the right to do so approves them. */
  awaitingApproval: boolean;
}

/**
 * Makes an agent. Somebody new gets an account, and a mail by which they choose its password. Whoever has an account
 * already is invited, and becomes the agent when they accept: nobody is made a member of an organization unasked.
 * @returns the agent's id
 * @throws GatehouseError `validation`, `authorization` for a role that the manager may not give, `already_exists`,
 *   `limit_reached`, `too_many_requests`
 */
export function createAgent(deps: TeamDeps) {
  const { storage, clock } = deps;
  let unusable: Promise<string> | undefined;

  /** A hash that no password has: of random bytes that nobody keeps, the same for all such accounts. */
  function noPassword(): Promise<string> {
    unusable ??= deps.hasher.hash(Buffer.from(deps.random.bytes(32)).toString('base64url')).catch((error) => {
      unusable = undefined;
      throw error;
    });
    return unusable;
  }

  async function invite(manager: Manager, email: string, { role, ...form }: NewAgent): Promise<void> {
    const { email: _email, name: _name, ...agent } = form;
    try {
      await deps.invitations.create(manager, { emails: [email], ...rolesOf(role), agent });
    } catch (error) {
      // The address is one of many there.
      if (!isGatehouseError(error) || error.fields.length === 0) throw error;
      throw invalid(error.fields.map(({ message }) => ({ field: 'id', message })));
    }
  }

  async function check(stores: Stores, { licenseId, accountId }: Manager, form: NewAgent): Promise<Member> {
    const self = await stores.identity.member(licenseId, accountId);
    if (!self || self.membership.suspendedAt !== null)
      throw new GatehouseError('authorization', 'You are not a member of this organization any more.');
    const refused = rolesRefusal(self.membership, rolesOf(form.role));
    if (refused !== undefined) throw new GatehouseError('authorization', refused);
    const unable = await joinProblem(stores, licenseId, { email: form.email, ...rolesOf(form.role) });
    if (unable !== undefined) throw invalid([{ field: 'id', message: unable }]);
    if (form.groups) {
      checkGroups(form.groups, await stores.team.groups(licenseId));
      needPlanRoom(deps.settings.plan ?? {}, 'groups_per_agent', form.groups.length);
    }
    return self;
  }

  return async (manager: Manager, asked: NewAgent): Promise<string> => {
    const { licenseId } = manager;
    const form = { ...asked, email: asked.email.trim().normalize('NFC'), name: cleanLine(asked.name) };
    const { email, name } = form;
    const wrong = emailProblem(email);
    const problems = [wrong && { ...wrong, field: 'id' }, nameProblem(name)].filter(
      (one) => one !== undefined,
    );
    if (problems.length > 0) throw invalid(problems);
    if (form.workScheduler) checkWorkScheduler(form.workScheduler);
    await check(storage.read, manager, form);
    const known = await storage.read.identity.accountByEmail(email);
    if (known) {
      if (await storage.read.identity.member(licenseId, known.id)) throw alreadyThere(email);
      await invite(manager, email, form);
      return email;
    }
    const passwordHash = await noPassword();
    await deps.throttle.attempt('invitations', String(licenseId));
    await storage.write(async (stores) => {
      await stores.people.lockOrganization(licenseId);
      const self = await check(stores, manager, form);
      const organization = await stores.identity.organization(licenseId);
      if ((await stores.identity.members(licenseId)).length >= MOST_AGENTS)
        throw new GatehouseError('limit_reached', `An organization may have ${MOST_AGENTS} agents.`);
      const now = clock.now();
      const id = deps.identifiers.uuid();
      const account = { id, email, name, passwordHash, emailConfirmedAt: null, createdAt: now };
      if (!(await stores.identity.addAccount(account))) throw alreadyThere(email);
      await stores.identity.addMembership({
        licenseId,
        accountId: id,
        ...rolesOf(form.role),
        suspendedAt: form.awaitingApproval ? now : null,
        createdAt: now,
      });
      await setUpAgent(stores, licenseId, account, form, form.awaitingApproval);
      await needRoomForAgents(stores, licenseId, deps.settings.plan ?? {});
      // An invitation that was sent before has found its end.
      const open = await stores.people.openInvitationTo(licenseId, email);
      if (open) await stores.people.endInvitation(licenseId, open.key, 'replaced', now);
      await deps.outbox.add(
        stores,
        email,
        deps.writer.agentAdded({
          name,
          organization: organization?.name ?? '',
          addedBy: self.account.name,
          awaitingApproval: form.awaitingApproval,
          link: await passwordLink(deps, stores, account, days(LINK_DAYS)),
          validDays: LINK_DAYS,
        }),
      );
      await deps.audit(stores, manager.actor, 'agent.created', {
        licenseId,
        accountId: manager.accountId,
        detail: { member_account_id: id, member_email: email, role: form.role },
      });
      await stores.chats(licenseId).callForQueue(now);
    });
    deps.changed(licenseId);
    return email;
  };
}

function alreadyThere(email: string): GatehouseError {
  return new GatehouseError(
    'already_exists',
    `${email} is an agent of this organization already. update_agent changes what is set of them.`,
    { fields: [{ field: 'id', message: 'This agent is there already.' }] },
  );
}
