import type { FastifyRequest } from 'fastify';
import { GatehouseError } from '../../kernel/errors.ts';
import { readQuery } from '../http/body.ts';

/** The Customer Chat API names the organization in the query of every request. */
export function withOrganization(
  request: FastifyRequest,
  body: Record<string, unknown>,
): Record<string, unknown> {
  const { organization_id: organizationId } = readQuery(request);
  if (organizationId === undefined) return body;
  if ('organization_id' in body && body.organization_id !== organizationId)
    throw new GatehouseError(
      'validation',
      '`organization_id` differs between the address and the body. Send it once.',
    );
  return { ...body, organization_id: organizationId };
}
