import type { RulesEditor } from '../../domain/sign_in_rules/domains.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import type { AgentCaller } from '../registry/caller.ts';
import type { RequestInfo } from '../registry/method.ts';

/** Who changes how the organization's people sign in, for the audit log. */
export function rulesEditorOf({
  caller,
  request,
}: {
  caller: AgentCaller;
  request: RequestInfo;
}): RulesEditor {
  const { organization, accountId } = caller;
  const actor = { ip: request.ip, userAgent: request.userAgent, requestId: request.id };
  return { licenseId: organization.licenseId, accountId, actor };
}

/**
 * LiveChat names no scope for these reads. How people sign in is the business of who looks after them.
 * @throws GatehouseError `authorization`
 */
export function needAdministrator({ accountRole }: AgentCaller): void {
  if (accountRole === 'member')
    throw new GatehouseError('authorization', 'Owners and administrators read how people sign in.');
}
