import { accountsMethods } from '../accounts/index.ts';
import { agentMethods } from '../agent/index.ts';
import { configurationMethods } from '../configuration/index.ts';
import { customerMethods } from '../customer/index.ts';
import type { ConsoleMethod } from '../registry/method.ts';
import { addAppAuthorization } from './add_app_authorization.ts';
import { manifestMethods } from './app_manifest.ts';
import { checkOrganizationDomain } from './check_organization_domain.ts';
import { checkRedirectUri } from './check_redirect_uri.ts';
import { chooseOrganization } from './choose_organization.ts';
import { createApp } from './create_app.ts';
import { createInboxToken } from './create_inbox_token.ts';
import { createInitialAccessToken } from './create_initial_access_token.ts';
import { createInvitations } from './create_invitations.ts';
import { createPersonalAccessToken } from './create_personal_access_token.ts';
import { createSampleConversation } from './create_sample_conversation.ts';
import { deleteApp } from './delete_app.ts';
import { deleteAppIcon } from './delete_app_icon.ts';
import { findRefusedRequest } from './find_refused_request.ts';
import { generateClientSecret } from './generate_client_secret.ts';
import { getApp } from './get_app.ts';
import { getAppCompatibility } from './get_app_compatibility.ts';
import { getAppPostman } from './get_app_postman.ts';
import { getAppUsage } from './get_app_usage.ts';
import { getDynamicRegistration } from './get_dynamic_registration.ts';
import { getFirstSteps } from './get_first_steps.ts';
import { getOrganizationCompatibility } from './get_organization_compatibility.ts';
import { getOrganizationSettings } from './get_organization_settings.ts';
import { getSession } from './get_session.ts';
import { getSignInRules } from './get_sign_in_rules.ts';
import { giveAppBot } from './give_app_bot.ts';
import { inspectToken } from './inspect_token.ts';
import { installApp } from './install_app.ts';
import { listApps } from './list_apps.ts';
import { listAuditLog } from './list_audit_log.ts';
import { listInvitations } from './list_invitations.ts';
import { listPeople } from './list_people.ts';
import { listPersonalAccessTokens } from './list_personal_access_tokens.ts';
import { listRefusedRequests } from './list_refused_requests.ts';
import { listScopes } from './list_scopes.ts';
import { planAppScopes } from './plan_app_scopes.ts';
import { publishingMethods } from './publishing_methods.ts';
import { rehearseAppConsent } from './rehearse_app_consent.ts';
import { removeAppAuthorization } from './remove_app_authorization.ts';
import { removeAppBot } from './remove_app_bot.ts';
import { removePerson } from './remove_person.ts';
import { renameAppBot } from './rename_app_bot.ts';
import { resendInvitation } from './resend_invitation.ts';
import { retireClientSecret } from './retire_client_secret.ts';
import { revokeInitialAccessToken } from './revoke_initial_access_token.ts';
import { revokeInspectedToken } from './revoke_inspected_token.ts';
import { revokeInvitation } from './revoke_invitation.ts';
import { revokePersonalAccessToken } from './revoke_personal_access_token.ts';
import { sessionDoors } from './session_doors.ts';
import { suspendPerson } from './suspend_person.ts';
import { testRedirectUri } from './test_redirect_uri.ts';
import { transferOwnership } from './transfer_ownership.ts';
import { uninstallApp } from './uninstall_app.ts';
import { unsuspendPerson } from './unsuspend_person.ts';
import { updateApp } from './update_app.ts';
import { updateAppAuthorization } from './update_app_authorization.ts';
import { updateDynamicRegistration } from './update_dynamic_registration.ts';
import { updateOrganizationSettings } from './update_organization_settings.ts';
import { updatePerson } from './update_person.ts';
import { uploadAppIcon } from './upload_app_icon.ts';
import { verifyApp } from './verify_app.ts';
import { webhookConsoleMethods } from './webhooks.ts';

/** Every endpoint of the Developer Console. */
export const consoleMethods: readonly ConsoleMethod[] = [
  getSession,
  chooseOrganization,
  createInboxToken,
  listScopes(() => [...agentMethods, ...customerMethods, ...configurationMethods, ...accountsMethods]),
  listApps,
  createApp,
  getApp,
  updateApp,
  deleteApp,
  uploadAppIcon,
  deleteAppIcon,
  addAppAuthorization,
  updateAppAuthorization,
  removeAppAuthorization,
  generateClientSecret,
  retireClientSecret,
  giveAppBot,
  renameAppBot,
  removeAppBot,
  installApp,
  uninstallApp,
  getAppPostman,
  checkRedirectUri,
  listPersonalAccessTokens,
  createPersonalAccessToken,
  revokePersonalAccessToken,
  getAppCompatibility,
  getAppUsage,
  ...manifestMethods,
  ...publishingMethods,
  getOrganizationCompatibility,
  listRefusedRequests,
  findRefusedRequest,
  listAuditLog,
  ...webhookConsoleMethods,
  getSignInRules,
  checkOrganizationDomain,
  getOrganizationSettings,
  updateOrganizationSettings,
  listPeople,
  updatePerson,
  suspendPerson,
  unsuspendPerson,
  removePerson,
  transferOwnership,
  listInvitations,
  createInvitations,
  resendInvitation,
  revokeInvitation,
  getDynamicRegistration,
  updateDynamicRegistration,
  createInitialAccessToken,
  revokeInitialAccessToken,
  verifyApp,
  ...sessionDoors([...configurationMethods, ...accountsMethods]),
  inspectToken(() => [...agentMethods, ...configurationMethods, ...customerMethods]),
  revokeInspectedToken,
  testRedirectUri,
  rehearseAppConsent,
  planAppScopes,
  getFirstSteps,
  createSampleConversation,
];
