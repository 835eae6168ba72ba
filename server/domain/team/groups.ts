import type { Clock, Micros } from '../../kernel/clock.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import { foldedName } from '../../kernel/names.ts';
import { EVERYBODY } from '../chats/chat.ts';
import type { AgentProfile, GroupPriority, PeopleDirectory } from '../chats/people.ts';
import { followTeamChange, moveChatsOfGroup } from '../chats/routing/lost_groups.ts';
import type { Member } from '../identity/records.ts';
import { loginSubject } from '../identity/throttling.ts';
import { needPlanRoom, type PlanLimits } from '../license/plans.ts';
import type { ServerSettings } from '../server_settings.ts';
import type { Storage, Stores } from '../storage.ts';
import { takeTagsFromGroup } from '../tags/tag_service.ts';
import { noGroup } from './group_views.ts';
import type { TeamGroup } from './records.ts';

export const MOST_GROUPS = 1000;

export interface GroupForm {
  name?: string | undefined;
  languageCode?: string | undefined;
  /** By e-mail. Where it is given, the group has these agents and no others. */
  priorities?: Readonly<Record<string, GroupPriority>> | undefined;
}

/**
 * Changes of groups; routing follows at the next chat.
 * @throws GatehouseError `validation`, `not_found`, `already_exists` for a name in use, `limit_reached`
 */
export interface GroupChanges {
  createGroup(licenseId: number, form: GroupForm & { name: string }): Promise<number>;
  /**
   * Chats of agents who leave it go to others.
   * @param form.version that the caller saw; who names none changes whatever is there
   */
  updateGroup(
    licenseId: number,
    id: number,
    form: GroupForm & { version?: number | undefined },
  ): Promise<void>;
  /** Its open chats belong to their other groups from then on, or to everybody; they stay with their agents. */
  deleteGroup(licenseId: number, id: number): Promise<void>;
}

export function groupChanges(deps: {
  storage: Storage;
  clock: Clock;
  people: PeopleDirectory;
  settings: Pick<ServerSettings, 'plan'>;
  changed(licenseId: number): void;
}): GroupChanges {
  const { storage, clock } = deps;
  const { plan = {} } = deps.settings;

  async function change<T>(
    licenseId: number,
    work: (stores: Stores, agents: readonly AgentProfile[]) => Promise<T>,
  ): Promise<T> {
    const agents = await deps.people.agents(licenseId);
    const done = await storage.write(async (stores) => {
      await stores.people.lockOrganization(licenseId);
      return work(stores, agents);
    });
    deps.changed(licenseId);
    return done;
  }

  return {
    createGroup: (licenseId, form) =>
      change(licenseId, async (stores, agents) => {
        const groups = await stores.team.groups(licenseId);
        if (groups.length >= MOST_GROUPS)
          throw new GatehouseError('limit_reached', `An organization may have ${MOST_GROUPS} groups.`);
        needPlanRoom(plan, 'groups', groups.length + 1);
        const name = freeName(groups, form.name);
        const languageCode = form.languageCode ?? 'en';
        const id = await stores.team.addGroup(licenseId, { name, languageCode }, clock.now());
        await setAgents(stores, licenseId, id, form.priorities ?? {}, { agents, plan, now: clock.now() });
        return id;
      }),

    updateGroup: (licenseId, id, form) =>
      change(licenseId, async (stores, agents) => {
        const groups = await stores.team.groups(licenseId);
        const group = groups.find((one) => one.id === id);
        if (!group) throw noGroup(id);
        if (form.version !== undefined && form.version !== group.version) throw changedMeanwhile(group);
        const name = form.name === undefined ? group.name : freeName(groups, form.name, id);
        await stores.team.changeGroup(licenseId, {
          id,
          name,
          languageCode: form.languageCode ?? group.languageCode,
        });
        if (form.priorities)
          await setAgents(stores, licenseId, id, form.priorities, { agents, plan, now: clock.now() });
      }),

    deleteGroup: (licenseId, id) =>
      change(licenseId, async (stores) => {
        if (id === EVERYBODY)
          throw new GatehouseError(
            'validation',
            'Group 0 is the general group: it holds everybody, and cannot be deleted.',
          );
        if (!(await stores.team.groups(licenseId)).some((one) => one.id === id)) throw noGroup(id);
        const members = await stores.identity.members(licenseId);
        const leaving = members.filter(({ groupIds }) => groupIds.includes(id));
        keepAGroup(leaving);
        await countChanges(stores, leaving);
        await stores.team.removeGroup(licenseId, id);
        await stores.bots.takeBotsOutOf(licenseId, id);
        await stores.properties.removeGroupValues(licenseId, id);
        await takeTagsFromGroup(stores, licenseId, id);
        await moveChatsOfGroup(stores.chats(licenseId), id);
        await stores.chats(licenseId).callForQueue(clock.now());
      }),
  };
}

async function setAgents(
  stores: Stores,
  licenseId: number,
  groupId: number,
  priorities: Readonly<Record<string, GroupPriority>>,
  { agents, plan, now }: { agents: readonly AgentProfile[]; plan: PlanLimits; now: Micros },
): Promise<void> {
  const members = await stores.identity.members(licenseId);
  const byEmail = new Map(members.map((member) => [loginSubject(member.account.email), member]));
  const wanted = new Map<string, GroupPriority>();
  for (const [id, priority] of Object.entries(priorities)) {
    const member = byEmail.get(loginSubject(id));
    if (!member)
      throw new GatehouseError(
        'validation',
        `agent_priorities: this organization has no agent "${id.slice(0, 80)}".`,
        { fields: [{ field: 'agent_priorities', message: 'It names an agent who is not there.' }] },
      );
    if (!member.groupIds.includes(groupId))
      needPlanRoom(plan, 'groups_per_agent', member.groupIds.length + 1);
    wanted.set(member.account.id, priority);
  }
  const out = members.filter(
    ({ account, groupIds }) => groupIds.includes(groupId) && !wanted.has(account.id),
  );
  keepAGroup(out);
  for (const { account } of out) await stores.team.leaveGroup(licenseId, groupId, account.id);
  for (const [accountId, priority] of wanted)
    await stores.team.setGroupPriority(licenseId, groupId, accountId, priority);
  const touched = members.filter(
    ({ account, groupIds, priorities: were }) =>
      wanted.get(account.id) !== (groupIds.includes(groupId) ? (were?.[groupId] ?? 'normal') : undefined),
  );
  await countChanges(stores, touched);
  const after = agents.map((agent) =>
    agent.isBot ? agent : inGroup(agent, groupId, wanted.get(agent.accountId)),
  );
  const lost = new Map(out.map(({ account }) => [account.email, [groupId]]));
  await followTeamChange(stores.chats(licenseId), after, lost, now);
}

/** Whoever changes one of these agents at the same time is told. */
async function countChanges(stores: Stores, members: readonly Member[]): Promise<void> {
  for (const { membership } of members)
    await stores.team.countChange(membership.licenseId, membership.accountId, membership.version);
}

/** @param priority undefined: out of it */
function inGroup(agent: AgentProfile, groupId: number, priority: GroupPriority | undefined): AgentProfile {
  const others = agent.groupIds.filter((id) => id !== groupId);
  if (priority === undefined) return { ...agent, groupIds: others };
  return {
    ...agent,
    groupIds: [...others, groupId],
    priorities: { ...agent.priorities, [groupId]: priority },
  };
}

function changedMeanwhile({ name, version }: TeamGroup): GatehouseError {
  return new GatehouseError(
    'conflict',
    `Somebody else changed ${name} meanwhile. Look at the present state before you change it again.`,
    { data: { current_version: version } },
  );
}

/** An agent in no group is given no chats and sees none: somebody has to decide where they go. */
function keepAGroup(leaving: readonly Member[]): void {
  const last = leaving.find(({ groupIds }) => groupIds.length === 1);
  if (!last) return;
  throw new GatehouseError(
    'validation',
    `It is the last group of ${last.account.email}. Put them into another group first.`,
    { reason: 'last_group' },
  );
}

/**
 * A name as it is kept: one line, NFC.
 * @param except the group that may have it already
 * @throws GatehouseError `validation`; `already_exists` for the name of another group, in whatever case and form
 */
function freeName(groups: readonly TeamGroup[], wanted: string, except?: number): string {
  const name = wanted.normalize('NFC').trim().replace(/\s+/g, ' ');
  if (name === '')
    throw new GatehouseError('validation', 'name: a group needs a name.', {
      fields: [{ field: 'name', message: 'It is empty.' }],
    });
  const taken = groups.find((one) => one.id !== except && foldedName(one.name) === foldedName(name));
  if (!taken) return name;
  throw new GatehouseError('already_exists', `Group ${taken.id} is called "${taken.name}" already.`, {
    fields: [{ field: 'name', message: 'Another group has it.' }],
  });
}
