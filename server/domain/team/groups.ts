import type { Clock } from '../../kernel/clock.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import { foldedName } from '../../kernel/names.ts';
import { EVERYBODY } from '../chats/chat.ts';
import type { ChatStore } from '../chats/chat_store.ts';
import type { GroupPriority } from '../chats/people.ts';
import type { Member } from '../identity/records.ts';
import { loginSubject } from '../identity/throttling.ts';
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
  updateGroup(licenseId: number, id: number, form: GroupForm): Promise<void>;
  /** Chats that wait for it go to their other groups, or to everybody; those that go on stay with their agents. */
  deleteGroup(licenseId: number, id: number): Promise<void>;
}

export function groupChanges(deps: {
  storage: Storage;
  clock: Clock;
  changed(licenseId: number): void;
}): GroupChanges {
  const { storage, clock } = deps;

  async function change<T>(licenseId: number, work: (stores: Stores) => Promise<T>): Promise<T> {
    const done = await storage.write(async (stores) => {
      await stores.people.lockOrganization(licenseId);
      return work(stores);
    });
    deps.changed(licenseId);
    return done;
  }

  return {
    createGroup: (licenseId, form) =>
      change(licenseId, async (stores) => {
        const groups = await stores.team.groups(licenseId);
        if (groups.length >= MOST_GROUPS)
          throw new GatehouseError('limit_reached', `An organization may have ${MOST_GROUPS} groups.`);
        const name = freeName(groups, form.name);
        const languageCode = form.languageCode ?? 'en';
        const id = await stores.team.addGroup(licenseId, { name, languageCode }, clock.now());
        await setAgents(stores, licenseId, id, form.priorities ?? {});
        return id;
      }),

    updateGroup: (licenseId, id, form) =>
      change(licenseId, async (stores) => {
        const groups = await stores.team.groups(licenseId);
        const group = groups.find((one) => one.id === id);
        if (!group) throw noGroup(id);
        const name = form.name === undefined ? group.name : freeName(groups, form.name, id);
        await stores.team.changeGroup(licenseId, {
          id,
          name,
          languageCode: form.languageCode ?? group.languageCode,
        });
        if (form.priorities) await setAgents(stores, licenseId, id, form.priorities);
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
        keepAGroup(members.filter(({ groupIds }) => groupIds.includes(id)));
        await stores.team.removeGroup(licenseId, id);
        await stores.properties.removeGroupValues(licenseId, id);
        await takeTagsFromGroup(stores, licenseId, id);
        await handOverWaiting(stores.chats(licenseId), id);
      }),
  };
}

/** Nobody would ever come for a chat that waits for a group which is not there. */
async function handOverWaiting(store: ChatStore, groupId: number): Promise<void> {
  await store.lockRouting();
  for (const entry of await store.queue()) {
    if (!entry.groups.includes(groupId)) continue;
    const others = entry.groups.filter((id) => id !== groupId);
    await store.dequeue(entry.chatId);
    await store.enqueue({ ...entry, groups: others.length > 0 ? others : [EVERYBODY] });
  }
}

async function setAgents(
  stores: Stores,
  licenseId: number,
  groupId: number,
  priorities: Readonly<Record<string, GroupPriority>>,
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
    wanted.set(member.account.id, priority);
  }
  const out = members.filter(
    ({ account, groupIds }) => groupIds.includes(groupId) && !wanted.has(account.id),
  );
  keepAGroup(out);
  for (const { account } of out) await stores.team.leaveGroup(licenseId, groupId, account.id);
  for (const [accountId, priority] of wanted)
    await stores.team.setGroupPriority(licenseId, groupId, accountId, priority);
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
