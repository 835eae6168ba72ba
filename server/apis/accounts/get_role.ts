import Type from 'typebox';
import { GatehouseError } from '../../kernel/errors.ts';
import { accountsMethod } from '../registry/method.ts';
import { Uuid } from './account.ts';
import { Role, roles, scopesOfRole } from './roles.ts';

export const getRole = accountsMethod({
  name: 'get_role',
  summary: 'Get a role, with the scopes that it may be given',
  http: { method: 'GET', path: '/v2/roles/:role_id' },
  scopes: ['accounts.roles--all:ro'],
  input: Type.Object({ role_id: Uuid }),
  output: Type.Object({ ...Role.properties, scope: Type.String() }),
  errors: ['not_found'],
  example: { role_id: roles[0]?.role_id ?? '' },
  source: 'authorization/global-accounts-api#Roles',
  async handler({ input }) {
    const role = roles.find((one) => one.role_id === input.role_id.toLowerCase());
    if (!role)
      throw new GatehouseError('not_found', 'There is no role with this id. list_roles tells them.', {
        data: { resource_name: 'role', resource_id: input.role_id },
      });
    return { ...role, scope: scopesOfRole(role) };
  },
});
