import Type from 'typebox';
import type { CustomerActor } from '../../domain/chats/actors.ts';
import type { OwnCustomer } from '../../domain/customers/update_customer.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import type { CustomerCaller } from '../registry/caller.ts';
import type { CallContext } from '../registry/method.ts';

/** Every request of the Customer Chat API names the organization in its query string. */
export const organizationId = Type.String({
  minLength: 1,
  maxLength: 64,
  description: 'In the query string: the organization whose customer you are.',
});

export const shownGreetingId = Type.String({
  minLength: 1,
  maxLength: 64,
  description: 'Of the greeting as it was shown to you.',
});

/**
 * The caller as the chat domain knows customers.
 * @throws GatehouseError `license_not_found` when the request names another organization than the token's,
 *   whether that one exists or not
 */
export function customerActor({
  caller,
  input,
  request,
}: Pick<
  CallContext<CustomerCaller, { organization_id: string }>,
  'caller' | 'input' | 'request'
>): CustomerActor {
  if (input.organization_id !== caller.organization.id)
    throw new GatehouseError(
      'license_not_found',
      'organization_id is not an organization that this token opens. Name the one the token was issued in.',
    );
  return {
    kind: 'customer',
    licenseId: caller.organization.licenseId,
    customerId: caller.customerId,
    ip: request.ip || null,
    clientId: caller.clientId,
    page: request.referrer?.slice(0, 2048) ?? null,
    userAgent: request.userAgent ? request.userAgent.slice(0, 1024) : null,
  };
}

/**
 * The caller as the customer domain knows customers, with what their request says of where they are.
 * @throws GatehouseError `license_not_found`
 */
export function ownCustomer(
  context: Pick<CallContext<CustomerCaller, { organization_id: string }>, 'caller' | 'input' | 'request'>,
): OwnCustomer {
  const { licenseId, customerId, ip, userAgent, clientId } = customerActor(context);
  const { origin, referrer } = context.request;
  return {
    licenseId,
    customerId,
    clientId: clientId ?? null,
    sighting: { ip, userAgent, referrer: referrer ?? null, fromBrowser: origin !== undefined },
  };
}

/** What an agent is called towards customers of the caller's organization. */
export function shownAgentId({
  caller,
  services,
}: Pick<CallContext<CustomerCaller, unknown>, 'caller' | 'services'>) {
  return (agentId: string) => services.chats.publicAgentId(caller.organization.licenseId, agentId);
}
