import type { BanEditor } from '../../domain/customers/bans.ts';
import type { AgentCaller } from '../registry/caller.ts';
import type { CallContext } from '../registry/method.ts';

/** The caller as who bans a customer or lifts a ban. */
export function banEditor({ caller, request }: CallContext<AgentCaller, unknown>): BanEditor {
  return {
    licenseId: caller.organization.licenseId,
    agentId: caller.agentId,
    accountId: caller.credential === 'bot_token' ? null : caller.accountId,
    actor: { ip: request.ip, userAgent: request.userAgent, requestId: request.id },
  };
}
