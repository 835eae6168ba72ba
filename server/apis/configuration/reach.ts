import { loginSubject } from '../../domain/identity/throttling.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import type { AgentCaller } from '../registry/caller.ts';

/** Is this the agent who calls? */
export function isSelf(caller: AgentCaller, id: string): boolean {
  return loginSubject(id) === loginSubject(caller.agentId);
}

/**
 * Of scopes that open one's own agent alone. The answer is the same for agents who are there and who are not.
 * @param wanted the scopes that open others
 * @throws GatehouseError `missing_access`
 */
export function checkSelf(caller: AgentCaller, id: string, wanted: readonly string[]): void {
  if (isSelf(caller, id)) return;
  throw new GatehouseError(
    'missing_access',
    `This credential opens its own agent, ${caller.agentId}, and no other. Others take ${wanted.join(' and ')}.`,
    { data: { required_scopes: wanted } },
  );
}

/** Of scopes that open one's own groups alone; group 0 is everybody's. @throws GatehouseError `missing_access` */
export function checkOwnGroup(caller: AgentCaller, id: number, wanted: string): void {
  if (id === 0 || caller.groupIds.includes(id)) return;
  throw new GatehouseError(
    'missing_access',
    `This credential opens the groups of its own agent, and ${id} is none of them. Others take ${wanted}.`,
    { data: { required_scopes: [wanted] } },
  );
}
