import { ownerMissing } from '../../domain/properties/property_errors.ts';
import type { PropertyOwner } from '../../domain/properties/property_service.ts';
import type { ValueCaller } from '../../domain/properties/property_values.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import type { AgentCaller } from '../registry/caller.ts';
import type { CallContext } from '../registry/method.ts';

/**
 * Whose properties are meant, and by whom. That the app is the organization's own is checked where it is used.
 * @throws GatehouseError `validation` where a personal access token names no app
 */
export function propertyOwner({
  caller,
  input,
  request,
}: CallContext<AgentCaller, { owner_client_id?: string }>): PropertyOwner {
  const clientId = input.owner_client_id ?? caller.clientId;
  if (clientId === null) throw ownerMissing();
  return {
    licenseId: caller.organization.licenseId,
    clientId,
    accountId: caller.credential === 'bot_token' ? null : caller.accountId,
    actor: { ip: request.ip, userAgent: request.userAgent, requestId: request.id },
  };
}

/** The caller as who reads and sets the values of an organization and its groups. */
export function valueCaller({
  caller,
  reach,
}: Pick<CallContext<AgentCaller, unknown>, 'caller' | 'reach'>): ValueCaller {
  return {
    user: 'agent',
    clientId: caller.clientId,
    licenseId: caller.organization.licenseId,
    namespaces: reach === 'my' ? 'own' : 'all',
  };
}

/**
 * The group that is meant: one method's table calls it `group_id`, the other's `id`; both are taken by both.
 * @throws GatehouseError `validation` unless exactly one of them came
 */
export function namedGroup({ id, group_id }: { id?: number; group_id?: number }): number {
  const named = id === undefined ? group_id : id;
  if (named !== undefined && (id === undefined || group_id === undefined)) return named;
  throw new GatehouseError(
    'validation',
    `Which group? Send one of group_id and id; ${named === undefined ? 'neither' : 'both'} came.`,
    { fields: [{ field: 'group_id', message: 'exactly one of group_id and id is needed.' }] },
  );
}
