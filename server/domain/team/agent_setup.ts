import type { Account } from '../identity/records.ts';
import { GENERAL_GROUP } from '../identity/sign_up.ts';
import type { Stores } from '../storage.ts';
import { type AgentForm, type GroupPlace, settingsWith } from './agent_form.ts';
import { UNSET } from './records.ts';

/** What is written of an agent's settings; each in a unit of work that holds the organization. */

/**
 * A new agent with all that was asked for. Groups that went meanwhile are left out; without any it is the general
 * group.
 */
export async function setUpAgent(
  stores: Stores,
  licenseId: number,
  { id, email }: Pick<Account, 'id' | 'email'>,
  form: AgentForm,
  awaitingApproval: boolean,
): Promise<void> {
  const present = new Set((await stores.team.groups(licenseId)).map((group) => group.id));
  const groups = (form.groups ?? []).filter((group) => present.has(group.id));
  if (groups.length === 0) await stores.identity.addToGroup(licenseId, GENERAL_GROUP.id, id);
  await putIntoGroups(stores, licenseId, id, groups);
  await stores.team.saveSettings(licenseId, id, { ...settingsWith(UNSET, form), awaitingApproval });
  if (form.chatLimit !== undefined) await stores.chats(licenseId).setChatLimit(email, form.chatLimit);
}

export async function putIntoGroups(
  stores: Stores,
  licenseId: number,
  accountId: string,
  groups: readonly GroupPlace[],
): Promise<void> {
  for (const { id, priority } of groups)
    await stores.team.setGroupPriority(licenseId, id, accountId, priority);
}

/** Nothing is left of an agent who went, so that one who comes back begins anew. */
export async function forgetAgent(
  stores: Stores,
  licenseId: number,
  { id, email }: Pick<Account, 'id' | 'email'>,
): Promise<void> {
  await stores.team.removeSettings(licenseId, id);
  await stores.chats(licenseId).setChatLimit(email, null);
}

/** Nobody waits for the approval of this agent any more. @returns whether somebody did */
export async function liftApproval(stores: Stores, licenseId: number, accountId: string): Promise<boolean> {
  const settings = await stores.team.settingsOf(licenseId, accountId);
  if (!settings?.awaitingApproval) return false;
  await stores.team.saveSettings(licenseId, accountId, { ...settings, awaitingApproval: false });
  return true;
}
