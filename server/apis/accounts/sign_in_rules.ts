import { createOrganizationDomain } from './create_organization_domain.ts';
import { createSaml } from './create_saml.ts';
import { deleteOrganizationDomain } from './delete_organization_domain.ts';
import { deleteSaml } from './delete_saml.ts';
import { disableLoginMethod } from './disable_login_method.ts';
import { enforceLoginMethod } from './enforce_login_method.ts';
import { getSaml } from './get_saml.ts';
import { listLoginMethods } from './list_login_methods.ts';
import { listOrganizationDomains } from './list_organization_domains.ts';
import { updateSaml } from './update_saml.ts';

/** How the people of the organization sign in: its domains, its identity provider, its rules. */
export const signInRulesMethods = [
  listOrganizationDomains,
  createOrganizationDomain,
  deleteOrganizationDomain,
  listLoginMethods,
  enforceLoginMethod,
  disableLoginMethod,
  getSaml,
  createSaml,
  updateSaml,
  deleteSaml,
] as const;
