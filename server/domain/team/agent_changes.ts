import { GatehouseError } from '../../kernel/errors.ts';
import { followTeamChange } from '../chats/routing/lost_groups.ts';
import type { Member } from '../identity/records.ts';
import { loginSubject } from '../identity/throttling.ts';
import { needPlanRoom } from '../license/plans.ts';
import type { Manager } from '../people/member_changes.ts';
import type { Stores } from '../storage.ts';
import {
  type AgentForm,
  checkGroups,
  checkWorkScheduler,
  type GroupPlace,
  settingsWith,
} from './agent_form.ts';
import { agentRoleOf, type GivenRole, rolesOf } from './agent_roles.ts';
import { putIntoGroups } from './agent_setup.ts';
import { noAgent } from './agent_views.ts';
import { type AgentSettings, UNSET } from './records.ts';
import type { TeamDeps } from './team_service.ts';

export interface AgentUpdate extends AgentForm {
  role?: GivenRole | undefined;
  /** That the caller saw; who names none changes whatever is there. */
  version?: number | undefined;
}

/**
 * Changes what is set of an agent; what is absent stays. Chats of groups that the agent lost go to others, and who
 * has room now is given what waits, in the same unit of work.
 * @returns what was changed, by its name on the wire
 * @throws GatehouseError `not_found`, `validation`, `authorization` for a role that the manager may not give,
 *   `conflict` for another version, `limit_reached` when it would take the last owner
 */
export function updateAgent(deps: TeamDeps) {
  return async (
    manager: Manager,
    email: string,
    { role, version, ...form }: AgentUpdate,
  ): Promise<string[]> => {
    const { licenseId } = manager;
    const { storage, clock } = deps;
    if (form.workScheduler) checkWorkScheduler(form.workScheduler);
    const everybody = await deps.people.agents(licenseId);
    const changed = await storage.write(async (stores) => {
      await stores.people.lockOrganization(licenseId);
      const member = await memberOf(stores, licenseId, email);
      const { account, membership } = member;
      if (version !== undefined && version !== membership.version) throw changedMeanwhile(member);
      if (form.groups) {
        checkGroups(form.groups, await stores.team.groups(licenseId));
        needPlanRoom(deps.settings.plan ?? {}, 'groups_per_agent', form.groups.length);
      }
      const fields: string[] = [];
      let present = membership.version;
      if (role !== undefined && role !== agentRoleOf(membership)) {
        await deps.changes.giveRoles(stores, manager, member, rolesOf(role));
        present += 1;
        fields.push('role');
      }
      const own = await writeForm(stores, member, form);
      fields.push(...own);
      if (own.length === 0) return fields;
      if (!(await stores.team.countChange(licenseId, account.id, present))) throw changedMeanwhile(member);
      await deps.audit(stores, manager.actor, 'agent.updated', {
        licenseId,
        accountId: manager.accountId,
        detail: { member_account_id: account.id, member_email: account.email, fields: own },
      });
      const groups = form.groups ?? placesOf(member);
      const after = everybody.map((profile) =>
        profile.id === account.email
          ? {
              ...profile,
              groupIds: groups.map(({ id }) => id),
              priorities: Object.fromEntries(groups.map(({ id, priority }) => [id, priority])),
              ...(form.workScheduler ? { workScheduler: form.workScheduler } : {}),
            }
          : profile,
      );
      const lost = member.groupIds.filter((id) => !groups.some((group) => group.id === id));
      await followTeamChange(stores.chats(licenseId), after, new Map([[account.email, lost]]), clock.now());
      return fields;
    });
    if (changed.length > 0) deps.changed(licenseId);
    return changed;
  };
}

/** @returns names of the fields whose values are others now */
async function writeForm(stores: Stores, member: Member, form: AgentForm): Promise<string[]> {
  const { licenseId, accountId } = member.membership;
  const changed: string[] = [];
  const before = (await stores.team.settingsOf(licenseId, accountId)) ?? UNSET;
  const after = settingsWith(before, form);
  const names = settingNames.filter(([key]) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
  if (names.length > 0) await stores.team.saveSettings(licenseId, accountId, after);
  changed.push(...names.map(([, name]) => name));
  const store = stores.chats(licenseId);
  if (form.chatLimit !== undefined) {
    const state = (await store.agentStates()).get(member.account.email);
    if (state?.chatLimit !== form.chatLimit) {
      await store.setChatLimit(member.account.email, form.chatLimit);
      changed.push('max_chats_count');
    }
  }
  if (form.groups && !samePlaces(form.groups, placesOf(member))) {
    await putIntoGroups(stores, licenseId, accountId, form.groups);
    for (const id of member.groupIds)
      if (!form.groups.some((group) => group.id === id))
        await stores.team.leaveGroup(licenseId, id, accountId);
    changed.push('groups');
  }
  return changed;
}

const settingNames: readonly (readonly [keyof AgentSettings, string])[] = [
  ['loginStatus', 'login_status'],
  ['jobTitle', 'job_title'],
  ['mobile', 'mobile'],
  ['notifications', 'notifications'],
  ['emailSubscriptions', 'email_subscriptions'],
  ['workScheduler', 'work_scheduler'],
];

function placesOf({ groupIds, priorities }: Member): GroupPlace[] {
  return groupIds.map((id) => ({ id, priority: priorities?.[id] ?? 'normal' }));
}

function samePlaces(one: readonly GroupPlace[], other: readonly GroupPlace[]): boolean {
  return (
    one.length === other.length &&
    one.every(({ id, priority }) => other.some((place) => place.id === id && place.priority === priority))
  );
}

/** With priorities, which lists alone tell. @throws GatehouseError `not_found` */
export async function memberOf(stores: Stores, licenseId: number, email: string): Promise<Member> {
  const wanted = loginSubject(email);
  const members = await stores.identity.members(licenseId);
  const found = members.find(({ account }) => loginSubject(account.email) === wanted);
  if (!found) throw noAgent();
  return found;
}

function changedMeanwhile({ account, membership }: Member): GatehouseError {
  return new GatehouseError(
    'conflict',
    `Somebody else changed ${account.name} meanwhile. Look at the present state before you change it again.`,
    { data: { current_version: membership.version } },
  );
}
