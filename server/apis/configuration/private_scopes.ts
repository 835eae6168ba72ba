import { GatehouseError } from '../../kernel/errors.ts';
import { meetsNeed } from '../../oauth/scopes.ts';
import { findScope, type ScopeId } from '../../wire/scope_catalogue.ts';
import type { AgentCaller } from '../registry/caller.ts';

/**
 * Does the credential hold a scope that a method asks for besides? LiveChat's private scopes can be chosen for no app
 * and no token, here as there; in their place stands the role that they are bound to.
 */
export function holds(caller: AgentCaller, scope: ScopeId): boolean {
  if (caller.scopes.has(scope)) return true;
  const { selectable, role } = findScope(scope);
  return (
    !selectable && role !== null && meetsNeed(role, { account: caller.accountRole, chat: caller.chatRole })
  );
}

/**
 * @param what is asked for: it ends a sentence
 * @throws GatehouseError `authorization` that names the scope
 */
export function checkHolds(caller: AgentCaller, scope: ScopeId, what: string): void {
  if (holds(caller, scope)) return;
  const { selectable } = findScope(scope);
  throw new GatehouseError(
    'authorization',
    selectable
      ? `This credential lacks the scope ${scope}, which is needed to ${what}, or the role of its account does not allow it.`
      : `To ${what} takes an owner or administrator of the organization (LiveChat’s private scope ${scope}).`,
    { data: { required_scopes: [scope] }, reason: 'scope_missing' },
  );
}
