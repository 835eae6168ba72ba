import { approveInvitation } from './approve_invitation.ts';
import { createAccount } from './create_account.ts';
import { createInvitation } from './create_invitation.ts';
import { createOrganization } from './create_organization.ts';
import { declineInvitation } from './decline_invitation.ts';
import { deleteAccount } from './delete_account.ts';
import { deleteAllSessions } from './delete_all_sessions.ts';
import { deleteRole } from './delete_role.ts';
import { deleteSession } from './delete_session.ts';
import { getAccount } from './get_account.ts';
import { getAccountOrganizationSettings } from './get_account_organization_settings.ts';
import { getOrganization } from './get_organization.ts';
import { getRole } from './get_role.ts';
import { listAccounts } from './list_accounts.ts';
import { listInvitations } from './list_invitations.ts';
import { listOrganizations } from './list_organizations.ts';
import { listRoles } from './list_roles.ts';
import { listSessions } from './list_sessions.ts';
import { setAccountRoles } from './set_account_roles.ts';
import { setPassword } from './set_password.ts';
import { signInRulesMethods } from './sign_in_rules.ts';
import { updateAccount } from './update_account.ts';
import { updateAccountOrganizationSettings } from './update_account_organization_settings.ts';
import { updateOrganization } from './update_organization.ts';

/** The Global Accounts API; tokens have their own endpoints. */
export const accountsMethods = [
  listAccounts,
  createAccount,
  getAccount,
  updateAccount,
  deleteAccount,
  setAccountRoles,
  setPassword,
  listInvitations,
  createInvitation,
  approveInvitation,
  declineInvitation,
  getAccountOrganizationSettings,
  updateAccountOrganizationSettings,
  listRoles,
  getRole,
  deleteRole,
  listSessions,
  deleteAllSessions,
  deleteSession,
  listOrganizations,
  createOrganization,
  getOrganization,
  updateOrganization,
  ...signInRulesMethods,
] as const;
