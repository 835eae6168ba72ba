import type { Manager } from '../../domain/people/member_changes.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import type { AgentCaller } from '../registry/caller.ts';
import type { RequestInfo } from '../registry/method.ts';

/** Who manages agents by this call. @throws GatehouseError `authorization` for a bot */
export function managerOf({ caller, request }: { caller: AgentCaller; request: RequestInfo }): Manager {
  if (caller.credential === 'bot_token')
    throw new GatehouseError('authorization', 'Agents are managed by people and their apps, not by bots.');
  const { ip, userAgent, id: requestId } = request;
  return {
    licenseId: caller.organization.licenseId,
    accountId: caller.accountId,
    actor: { ip, userAgent, requestId },
  };
}
