import { days } from '../../kernel/clock.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import type { Manager } from '../people/member_changes.ts';
import { memberOf } from './agent_changes.ts';
import { UNSET } from './records.ts';
import type { TeamDeps } from './team_service.ts';

/** Coming and going of agents, by their ids. */
export interface AgentStates {
  /** @throws GatehouseError `not_found`, `authorization`, `limit_reached` for the last owner */
  suspendAgent(manager: Manager, email: string): Promise<void>;
  /** @throws GatehouseError `validation` for one who was never approved */
  unsuspendAgent(manager: Manager, email: string): Promise<void>;
  /** @throws GatehouseError `validation` for one who is suspended for another reason */
  approveAgent(manager: Manager, email: string): Promise<void>;
  /** Removes them; oneself leaves. @throws GatehouseError `limit_reached` for the last owner */
  deleteAgent(manager: Manager, email: string, organizationId: string): Promise<void>;
  /** Writes to owners and administrators, at most once a day. @throws GatehouseError `validation`, `too_many_requests` */
  requestUnsuspension(manager: Manager): Promise<void>;
}

const ONCE_IN = days(1);

export function agentStates(deps: TeamDeps): AgentStates {
  const { storage, clock } = deps;

  async function look(licenseId: number, email: string) {
    const { account, membership } = await memberOf(storage.read, licenseId, email);
    const settings = await storage.read.team.settingsOf(licenseId, account.id);
    const out = membership.suspendedAt !== null;
    return { id: account.id, out, awaits: out && settings?.awaitingApproval === true };
  }

  return {
    async suspendAgent(manager, email) {
      const { id } = await look(manager.licenseId, email);
      await deps.changes.suspend(manager, id);
    },

    async unsuspendAgent(manager, email) {
      const { id, out, awaits } = await look(manager.licenseId, email);
      if (awaits)
        throw new GatehouseError('validation', 'This agent was never approved. approve_agent lets them in.');
      if (out) await deps.changes.unsuspend(manager, id);
    },

    async approveAgent(manager, email) {
      const { id, out, awaits } = await look(manager.licenseId, email);
      if (out && !awaits)
        throw new GatehouseError(
          'validation',
          'This agent waits for no approval: they are suspended. unsuspend_agent lifts that.',
        );
      if (awaits) await deps.changes.unsuspend(manager, id);
    },

    async deleteAgent(manager, email, organizationId) {
      const { id } = await look(manager.licenseId, email);
      if (id === manager.accountId) await deps.changes.leave(id, organizationId, manager.actor);
      else await deps.changes.remove(manager, id);
    },

    async requestUnsuspension({ licenseId, accountId, actor }) {
      await storage.write(async (stores) => {
        await stores.people.lockOrganization(licenseId);
        const now = clock.now();
        const members = await stores.identity.members(licenseId);
        const self = members.find(({ account }) => account.id === accountId);
        const organization = await stores.identity.organization(licenseId);
        if (!self || !organization)
          throw new GatehouseError('authorization', 'You are not a member of this organization any more.');
        if (self.membership.suspendedAt === null)
          throw new GatehouseError('validation', 'You are not suspended: there is nothing to ask for.');
        const settings = (await stores.team.settingsOf(licenseId, accountId)) ?? UNSET;
        const { askedUnsuspensionAt: asked } = settings;
        if (asked !== null && now - asked < ONCE_IN)
          throw new GatehouseError(
            'too_many_requests',
            'You have asked within the last day. Owners and administrators have your request.',
            { retryAfterSeconds: Math.ceil((asked + ONCE_IN - now) / 1_000_000) },
          );
        await stores.team.saveSettings(licenseId, accountId, { ...settings, askedUnsuspensionAt: now });
        for (const { account, membership } of members) {
          if (membership.accountRole === 'member' || membership.suspendedAt !== null) continue;
          const content = deps.writer.unsuspensionAsked({
            name: account.name,
            organization: organization.name,
            agentName: self.account.name,
            agentEmail: self.account.email,
            agentsUrl: `${deps.settings.publicUrl}/console/settings/agents`,
          });
          await deps.outbox.add(stores, account.email, content);
        }
        await deps.audit(stores, actor, 'agent.unsuspension_asked', { licenseId, accountId, detail: {} });
      });
    },
  };
}
