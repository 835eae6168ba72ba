import { GatehouseError } from '../../kernel/errors.ts';
import { effectiveScopes, everyScope, satisfy } from '../../oauth/scopes.ts';
import type { ScopeId } from '../../wire/scope_catalogue.ts';
import type { AgentCaller, ConsoleCaller } from '../registry/caller.ts';
import type { AccountsMethod, AgentMethod, ConsoleMethod } from '../registry/method.ts';
import { reachOf } from '../registry/opening_scope.ts';
import type { Services } from '../services.ts';

/**
 * The methods of programs, opened by the Console's session: the same declaration, input and handler, for a person who
 * may do what their roles allow. What an app does with a token, a page does by the same code.
 *
 * `POST /console/api/configuration/<method>` for the Configuration API; `/console/api/v2/…` for the Global Accounts API.
 */
export function sessionDoors(methods: readonly (AgentMethod | AccountsMethod)[]): ConsoleMethod[] {
  return methods.filter(({ upload }) => !upload).map(sessionDoor);
}

function sessionDoor(method: AgentMethod | AccountsMethod): ConsoleMethod {
  const { handler, source: _, ...declaration } = method;
  const wanted = method.scopes as readonly ScopeId[];
  return {
    ...declaration,
    api: 'console',
    http:
      method.api === 'accounts'
        ? { ...method.http, path: `/console/api${method.http.path}` }
        : { method: 'POST', path: `/console/api/${method.api}/${method.name}` },
    access: 'member',
    async handler({ caller, ...context }) {
      const agent = await agentOf(caller, context.services);
      const scope = wanted.length === 0 ? undefined : satisfy(agent.scopes, wanted);
      if (wanted.length > 0 && scope === undefined) throw roleTooLow();
      return handler({ ...context, caller: agent, scope, reach: reachOf(scope) });
    },
  };
}

/** @throws GatehouseError `authorization` when the caller left the organization in this very moment */
async function agentOf(caller: ConsoleCaller, { identity }: Services): Promise<AgentCaller> {
  const { organization, accountId } = caller;
  const member = await identity.member(organization.licenseId, accountId);
  if (!member || member.membership.suspendedAt !== null)
    throw new GatehouseError('authorization', 'You are not a member of this organization any more.');
  const { accountRole, chatRole } = member.membership;
  return {
    kind: 'agent',
    organization,
    accountId,
    agentId: member.account.email,
    accountRole,
    chatRole,
    groupIds: member.groupIds,
    scopes: effectiveScopes(everyScope, { account: accountRole, chat: chatRole }),
    credential: 'session',
    clientId: null,
  };
}

function roleTooLow(): GatehouseError {
  return new GatehouseError(
    'authorization',
    'Your role in this organization does not allow this. Ask an owner or administrator to do it, or for another role.',
    { reason: 'role_too_low' },
  );
}
