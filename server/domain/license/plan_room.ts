import type { Stores } from '../storage.ts';
import { needPlanRoom, type PlanLimits } from './plans.ts';

/** Agents who count: members who are not suspended, and bots. */
export async function countAgents(
  stores: Pick<Stores, 'identity' | 'bots'>,
  licenseId: number,
): Promise<number> {
  const members = await stores.identity.members(licenseId);
  const bots = await stores.bots.bots(licenseId);
  return (
    members.filter(({ membership }) => membership.suspendedAt === null).length +
    bots.filter(({ removedAt }) => removedAt === null).length
  );
}

/**
 * Part of a unit of work that has just added agents or bots, or let them in again: all of it is taken back where they
 * are more than the plan allows.
 * @throws GatehouseError `limit_reached`
 */
export async function needRoomForAgents(
  stores: Pick<Stores, 'identity' | 'bots'>,
  licenseId: number,
  plan: PlanLimits,
): Promise<void> {
  if (plan.agents === undefined) return;
  needPlanRoom(plan, 'agents', await countAgents(stores, licenseId));
}
