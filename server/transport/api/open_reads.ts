import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CustomerCaller, OrganizationRef, VisitorCaller } from '../../apis/registry/caller.ts';
import type { OpenMethod } from '../../apis/registry/method.ts';
import type { Services } from '../../apis/services.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import { readBody, readQuery } from '../http/body.ts';
import { requestInfo } from '../http/request_info.ts';
import { countCall } from './count_call.ts';
import { withOrganization } from './named_organization.ts';

interface QuerySchema {
  properties?: Record<string, { type?: string }>;
}

/**
 * Calls a method that everybody may read, by GET with everything in the query, or by POST as others are. Who sends a
 * customer's token along is let in as that customer.
 */
export function openRead(method: OpenMethod, services: Services, validate: (input: unknown) => unknown) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const isGet = request.method === 'GET';
    const { authorization } = request.headers;
    if (authorization === undefined) countCall(reply, services.limits, 'visitor', { address: request.ip });
    const customer =
      authorization === undefined
        ? undefined
        : await services.grants.authentication.authenticate(authorization, 'customer', request.ip);
    if (customer) countCall(reply, services.limits, 'customer', customer);
    const input = validate(
      isGet
        ? typed(readQuery(request), method.input as QuerySchema)
        : withOrganization(request, readBody(request, ['json'])),
    ) as { organization_id: string };
    const caller = await callerOf(customer, request.ip, input.organization_id, services);
    const answer = await method.handler({
      caller,
      input,
      services,
      request: requestInfo(request),
      reach: 'all',
      scope: undefined,
    });
    if (isGet && method.open === 'lasting')
      reply.header('cache-control', 'public, max-age=31536000, immutable');
    return answer;
  };
}

async function callerOf(
  customer: CustomerCaller | undefined,
  ip: string,
  organizationId: string,
  services: Services,
): Promise<VisitorCaller> {
  if (!customer) return { organization: await needOrganization(organizationId, services) };
  const { organization, customerId } = customer;
  await services.customers.door.check(organization.licenseId, { customerId, ip });
  if (organization.id !== organizationId) throw notFound();
  return customer;
}

async function needOrganization(id: string, services: Services): Promise<OrganizationRef> {
  const licenseId = await services.customers.licenseOf(id);
  if (licenseId === undefined) throw notFound();
  return { id, licenseId };
}

function notFound(): GatehouseError {
  return new GatehouseError('license_not_found', 'There is no organization with this organization_id.');
}

/** Numbers and truth of a query come as text; what does not read as one stays text, and the schema says so. */
function typed(query: Record<string, string>, schema: QuerySchema): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(query).map(([name, text]) => {
      const type = schema.properties?.[name]?.type;
      if ((type === 'integer' || type === 'number') && /^-?\d{1,15}$/.test(text)) return [name, Number(text)];
      if (type === 'boolean' && (text === 'true' || text === 'false')) return [name, text === 'true'];
      return [name, text];
    }),
  );
}
