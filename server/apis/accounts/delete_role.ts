import Type from 'typebox';
import { GatehouseError } from '../../kernel/errors.ts';
import { accountsMethod } from '../registry/method.ts';
import { Uuid } from './account.ts';
import { roles } from './roles.ts';

export const deleteRole = accountsMethod({
  name: 'delete_role',
  summary: 'Delete a custom role',
  description: 'There are none here: the five roles are predefined, and stay.',
  http: { method: 'DELETE', path: '/v2/roles/:role_id' },
  scopes: ['accounts.roles--all:rw'],
  input: Type.Object({ role_id: Uuid }),
  output: Type.Object({}),
  errors: ['not_found'],
  example: { role_id: roles[0]?.role_id ?? '' },
  source: 'authorization/global-accounts-api#Roles',
  async handler({ input }) {
    const role = roles.find((one) => one.role_id === input.role_id.toLowerCase());
    if (!role)
      throw new GatehouseError('not_found', 'There is no role with this id. list_roles tells them.', {
        data: { resource_name: 'role', resource_id: input.role_id },
      });
    const message = `${role.product} ${role.role} is predefined. Only custom roles can be deleted.`;
    throw new GatehouseError('validation', message, { fields: [{ field: 'role_id', message }] });
  },
});
