import { GatehouseError } from '../../kernel/errors.ts';
import { EVERYBODY } from '../chats/chat.ts';
import type { AgentProfile, PeopleDirectory } from '../chats/people.ts';
import type { Storage } from '../storage.ts';
import { customerGone } from './customer_deps.ts';
import type { GroupAvailability } from './group_availability.ts';

export interface PredictedAgent {
  agent: AgentProfile;
  /** The chat would wait for the agent. */
  queue: boolean;
}

/**
 * Who the customer will write with (docs: customer-chat-api#get-predicted-agent): the agent of their open thread, else
 * the one whose turn it is in the groups of their last thread, or in those that are named. Nobody is assigned by
 * asking.
 * @throws GatehouseError `group_offline`, `group_unavailable`, `group_not_found`
 */
export function predictedAgent(deps: {
  storage: Storage;
  people: PeopleDirectory;
  availability: GroupAvailability;
}) {
  const { storage, people, availability } = deps;
  return async (
    { licenseId, customerId }: { licenseId: number; customerId: string },
    groupId?: number,
  ): Promise<PredictedAgent> => {
    const store = storage.read.chats(licenseId);
    const customer = await store.customer(customerId);
    if (!customer) throw customerGone();
    if (groupId !== undefined) await needGroup(people, licenseId, groupId);
    const found = customer.chatId === null ? undefined : await store.chat(customer.chatId);
    if (found?.chat.active && groupId === undefined)
      for (const user of found.chat.users) {
        const agent =
          user.type === 'agent' && user.present && user.visibility === 'all' ? user.id : undefined;
        const known = agent === undefined ? undefined : await people.agent(licenseId, agent);
        if (known && !known.suspended) return { agent: known, queue: false };
      }
    const groups = groupId === undefined ? (found?.lastThread?.access ?? [EVERYBODY]) : [groupId];
    const { status, agent } = await availability.predict(licenseId, groups);
    if (status === 'offline')
      throw new GatehouseError('group_offline', 'Nobody of the group is there to answer at this time.');
    if (!agent)
      throw new GatehouseError('group_unavailable', 'All agents of the group are busy at this time.');
    return { agent, queue: status === 'online_for_queue' };
  };
}

/** @throws GatehouseError `group_not_found` */
export async function needGroup(people: PeopleDirectory, licenseId: number, groupId: number): Promise<void> {
  if ((await people.groups(licenseId)).some(({ id }) => id === groupId)) return;
  const message = `This organization has no group ${groupId}. Group 0, General, is always there.`;
  throw new GatehouseError('group_not_found', message, { fields: [{ field: 'group_id', message }] });
}
