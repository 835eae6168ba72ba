import Type from 'typebox';
import { accountsMethod } from '../registry/method.ts';
import { Role, roles } from './roles.ts';

export const listRoles = accountsMethod({
  name: 'list_roles',
  summary: 'List the roles that somebody can have',
  http: { method: 'GET', path: '/v2/roles' },
  scopes: ['accounts.roles--all:ro'],
  input: Type.Object({}),
  output: Type.Array(Role),
  source: 'authorization/global-accounts-api#Roles',
  handler: async () => [...roles],
});
