import { getAccount } from './get_account.ts';
import { getOrganization } from './get_organization.ts';
import { getRole } from './get_role.ts';
import { listAccounts } from './list_accounts.ts';
import { listOrganizations } from './list_organizations.ts';
import { listRoles } from './list_roles.ts';
import { signInRulesMethods } from './sign_in_rules.ts';

/** The Global Accounts API; tokens have their own endpoints. */
export const accountsMethods = [
  listAccounts,
  getAccount,
  listRoles,
  getRole,
  listOrganizations,
  getOrganization,
  ...signInRulesMethods,
] as const;
