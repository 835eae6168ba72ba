import Type from 'typebox';
import { GatehouseError } from '../../kernel/errors.ts';
import type { AgentCaller } from '../registry/caller.ts';
import { Uuid } from './account.ts';

export const DefaultOrganizationId = Type.Union([Uuid, Type.Null()], {
  description:
    'Where sessions of the account begin: this organization, or null for the one that was joined first.',
});

/**
 * A credential knows one organization, and can name no other.
 * @returns what is kept; undefined for no change
 * @throws GatehouseError `validation`
 */
export function checkDefaultOrganization(
  { organization }: AgentCaller,
  id: string | null | undefined,
): number | null | undefined {
  if (id === undefined || id === null) return id;
  if (id.toLowerCase() === organization.id) return organization.licenseId;
  const message = 'It should be the organization of this credential, or null.';
  throw new GatehouseError('validation', `\`default_organization_id\`: ${message}`, {
    fields: [{ field: 'default_organization_id', message }],
  });
}
