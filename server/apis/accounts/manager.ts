import type { Manager } from '../../domain/people/member_changes.ts';
import type { AgentCaller } from '../registry/caller.ts';
import type { RequestInfo } from '../registry/method.ts';

/** The caller as the one who changes people, for rules and the audit log. */
export function managerOf({ caller, request }: { caller: AgentCaller; request: RequestInfo }): Manager {
  const { organization, accountId } = caller;
  return {
    licenseId: organization.licenseId,
    accountId,
    actor: { ip: request.ip, userAgent: request.userAgent, requestId: request.id },
  };
}
