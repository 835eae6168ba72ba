/** The Console API's payloads, as they travel. Times are `2026-01-31T07:11:28.288340Z`. */

export type Timestamp = string;

export type AccountsRole = 'owner' | 'administrator' | 'member';
export type Product = 'livechat' | 'helpdesk' | 'text';
export type ClientType = 'server_side_app' | 'javascript_app';
export type Profile = 'compatible' | 'strict';

export interface Organization {
  id: string;
  name: string;
}

export interface Session {
  account: { id: string; name: string; email: string; email_confirmed: boolean };
  organization: Organization & { license_id: number };
  organizations: (Organization & { role: AccountsRole })[];
  role: AccountsRole;
  can_develop: boolean;
  /** Owners and administrators of the organization: who can help a member. */
  helpers: { name: string; email: string; role: AccountsRole }[];
  csrf_token: string;
  region: string;
  urls: {
    authorize: string;
    token: string;
    info: string;
    api: string;
    customer_token: string;
    docs: string;
    account: string;
    sign_out: string;
    postman: string;
  };
  development_mode: boolean;
}

/** What the owner decides for all apps of the organization. */
export interface OrganizationSettings {
  version: number;
  force_strict: boolean;
}

export type CompatibilityFeature =
  | 'implicit_grant'
  | 'sub_path_redirect'
  | 'plain_http_redirect'
  | 'no_pkce'
  | 'pkce_plain'
  | 'pkce_method_missing'
  | 'pkce_small_s256'
  | 'pkce_sdk_challenge'
  | 'scope_missing'
  | 'slow_code'
  | 'transfer_no_pkce'
  | 'plain_http_page';

/** What an app used in the last 30 days that the strict profile refuses. */
export interface CompatibilityUse {
  feature: CompatibilityFeature;
  uses: number;
  last_used_at: Timestamp;
}

export interface AppCompatibility {
  app_id: string;
  name: string;
  features: CompatibilityUse[];
}

export type RefusalEndpoint =
  | 'authorize'
  | 'token'
  | 'token_info'
  | 'revoke'
  | 'introspect'
  | 'par'
  | 'device'
  | 'customer_token'
  | 'registration'
  | 'agent_api'
  | 'customer_api'
  | 'configuration_api'
  | 'accounts_api';

export type RefusalReason =
  | 'client_id_missing'
  | 'redirect_none_registered'
  | 'redirect_missing'
  | 'redirect_malformed'
  | 'redirect_not_allowed'
  | 'redirect_scheme_differs'
  | 'redirect_host_differs'
  | 'redirect_port_differs'
  | 'redirect_path_differs'
  | 'redirect_sub_path'
  | 'response_type_missing'
  | 'response_type_unknown'
  | 'implicit_not_allowed'
  | 'state_too_long'
  | 'state_unprintable'
  | 'challenge_missing'
  | 'challenge_length'
  | 'challenge_characters'
  | 'method_unknown'
  | 'method_not_allowed'
  | 'method_without_challenge'
  | 'prompt_unknown'
  | 'app_without_scopes'
  | 'scope_malformed'
  | 'scope_left_out'
  | 'scope_not_of_app'
  | 'scope_beyond_role'
  | 'resource_unknown'
  | 'private_app'
  | 'organization_foreign'
  | 'request_uri_dead'
  | 'too_many_redirects'
  | 'asked_in_silence'
  | 'hint_invalid'
  | 'hint_other_person'
  | 'max_age_malformed'
  | 'nonce_too_long'
  | 'nonce_unprintable'
  | 'request_object'
  | 'secret_missing'
  | 'secret_wrong'
  | 'secret_of_public_client'
  | 'client_assertion'
  | 'client_public'
  | 'client_identity_missing'
  | 'grant_type_unknown'
  | 'code_malformed'
  | 'code_percent_encoded'
  | 'code_unknown'
  | 'code_expired'
  | 'code_reused'
  | 'code_other_client'
  | 'redirect_mismatch'
  | 'verifier_missing'
  | 'verifier_malformed'
  | 'verifier_mismatch'
  | 'verifier_without_challenge'
  | 'refresh_malformed'
  | 'refresh_unknown'
  | 'refresh_other_client'
  | 'refresh_expired_idle'
  | 'refresh_expired_absolute'
  | 'refresh_rotated_reused'
  | 'refresh_evicted'
  | 'scope_not_granted'
  | 'resource_not_granted'
  | 'grant_revoked'
  | 'account_suspended'
  | 'account_gone'
  | 'scopes_removed'
  | 'device_code_malformed'
  | 'device_code_unknown'
  | 'device_code_other_client'
  | 'device_code_expired'
  | 'device_code_reused'
  | 'device_denied'
  | 'token_expired'
  | 'token_revoked'
  | 'token_dead'
  | 'token_other_resource'
  | 'token_other_client'
  | 'token_wrong_kind'
  | 'token_percent_encoded'
  | 'scope_missing'
  | 'origin_not_registered'
  | 'not_authenticated'
  | 'not_allowed'
  | 'not_found'
  | 'conflict'
  | 'limit_reached'
  | 'too_many_requests'
  | 'too_large'
  | 'unreadable'
  | 'invalid_parameters';

export interface RefusedRequest {
  id: string;
  request_id: string;
  at: Timestamp;
  endpoint: RefusalEndpoint;
  /** The word on the wire. */
  error: string;
  reason: RefusalReason;
  /** The check that failed, and what would pass. */
  check: string;
  parameter: string | null;
  received: string | null;
  expected: string | null;
  nearest: string | null;
  /** The first character in which what came differs from what was expected or is nearest. */
  first_difference: number | null;
  method: string | null;
  path: string | null;
}

export interface RefusedRequestsPage {
  refused_requests: RefusedRequest[];
  next_page_id?: string;
}

export interface FoundRefusedRequest {
  app_id: string;
  app_name: string;
  refused_request: RefusedRequest;
}

export type AuditAction =
  | 'account.created'
  | 'account.added'
  | 'account.updated'
  | 'account.deleted'
  | 'session.all_ended'
  | 'organization.updated'
  | 'invitation.proposed'
  | 'invitation.approved'
  | 'email.confirmed'
  | 'password.changed'
  | 'password.reset_requested'
  | 'session.started'
  | 'session.refused'
  | 'session.ended'
  | 'inbox.opened'
  | 'session.others_ended'
  | 'session.confirmed'
  | 'session.confirmation_refused'
  | 'second_step.asked'
  | 'second_step.refused'
  | 'two_step.turned_on'
  | 'two_step.turned_off'
  | 'passkey.added'
  | 'passkey.renamed'
  | 'passkey.removed'
  | 'passkey.refused'
  | 'recovery_codes.made'
  | 'recovery_code.used'
  | 'factors.cleared'
  | 'organization.seeded'
  | 'organization.strict_forced'
  | 'organization.strict_released'
  | 'organization.dynamic_registration_changed'
  | 'domain.added'
  | 'domain.verified'
  | 'domain.lapsed'
  | 'domain.removed'
  | 'login_method.enforced'
  | 'login_method.released'
  | 'saml.created'
  | 'saml.updated'
  | 'saml.activated'
  | 'saml.deactivated'
  | 'saml.deleted'
  | 'saml.tested'
  | 'saml.signed_in'
  | 'saml.refused'
  | 'member.provisioned'
  | 'initial_access_token.created'
  | 'initial_access_token.revoked'
  | 'app.registered'
  | 'app.registration_updated'
  | 'app.verified'
  | 'invitation.created'
  | 'invitation.resent'
  | 'invitation.revoked'
  | 'invitation.accepted'
  | 'invitation.declined'
  | 'member.roles_changed'
  | 'member.suspended'
  | 'member.unsuspended'
  | 'agent.created'
  | 'agent.updated'
  | 'agent.approved'
  | 'agent.unsuspension_asked'
  | 'member.removed'
  | 'member.left'
  | 'ownership.transferred'
  | 'app.created'
  | 'app.updated'
  | 'app.deleted'
  | 'app.installed'
  | 'app.uninstalled'
  | 'app.review_moved'
  | 'authorization.added'
  | 'authorization.updated'
  | 'authorization.removed'
  | 'client_secret.added'
  | 'client_secret.retired'
  | 'bot.added'
  | 'property.registered'
  | 'property.unregistered'
  | 'property.published'
  | 'bot.renamed'
  | 'bot.changed'
  | 'bot.secret_reset'
  | 'auto_access.added'
  | 'auto_access.changed'
  | 'auto_access.deleted'
  | 'bot_template.created'
  | 'bot_template.changed'
  | 'bot_template.deleted'
  | 'bot_template.secret_reset'
  | 'bot.removed'
  | 'grant.given'
  | 'grant.grown'
  | 'grant.withdrawn'
  | 'grant_family.revoked'
  | 'access_token.revoked'
  | 'refresh_token.revoked'
  | 'tokens.evicted_by_cap'
  | 'device.allowed'
  | 'device.denied'
  | 'personal_access_token.created'
  | 'personal_access_token.revoked'
  | 'customer_cookies.revoked'
  | 'customer.banned'
  | 'customer.unbanned'
  | 'customer.email_verified'
  | 'widget.changed'
  | 'webhook.registered'
  | 'webhook.unregistered'
  | 'webhook.sent_again'
  | 'webhooks.turned_on'
  | 'webhooks.turned_off'
  | 'identity_transfer.created'
  | 'identity_transfer.replayed'
  | 'sessions.ended'
  | 'server.restored'
  | 'server.moved';

export interface AuditEntry {
  id: string;
  at: Timestamp;
  action: AuditAction;
  /** Null: the server itself. */
  actor: { id: string; name: string | null; email: string | null } | null;
  /** Without an id when the app was deleted. */
  app: { id: string | null; name: string } | null;
  ip: string;
  request_id: string;
  detail: Record<string, unknown>;
}

export interface AuditPage {
  entries: AuditEntry[];
  next_page_id?: string;
}

export type ScopeRole = 'normal' | AccountsRole;

export interface ScopeMethod {
  api: 'agent' | 'customer' | 'configuration' | 'accounts';
  name: string;
  /** False when the method is known but this server does not answer it yet. */
  served: boolean;
}

export interface Scope {
  id: string;
  title: string;
  /** What the consent page says. */
  consent: string;
  group: string;
  role: ScopeRole | null;
  /** Ids of the scopes that this one includes. */
  implies: string[];
  methods: ScopeMethod[];
}

export interface AppSummary {
  id: string;
  name: string;
  product: Product;
  short_description: string;
  icon_url: string | null;
  created_at: Timestamp;
  updated_at: Timestamp;
  client: { client_id: string; type: ClientType } | null;
  installed: boolean;
  /** Of an app that registered itself: whether the owner vouched for it. */
  registration: { verified: boolean } | null;
}

export interface AppsPage {
  apps: AppSummary[];
  total: number;
  next_page_id?: string;
}

export interface ScopeChoice {
  scope: string;
  required: boolean;
}

export interface Switches {
  accept_sub_paths: boolean;
  allow_plain_http: boolean;
  rotate_refresh_tokens: boolean;
}

export interface Secret {
  id: string;
  /** The last characters of the secret, enough to tell two apart. */
  hint: string;
  created_at: Timestamp;
  last_used_at: Timestamp | null;
  /** An IP address, and how the caller named itself. */
  last_used_from: string | null;
  last_used_by: string | null;
  /** `safe`: a day of traffic went by a newer secret alone. */
  retirement: 'newest' | 'newer_unused' | 'in_use' | 'safe';
  retired_at: Timestamp | null;
}

/** The part of the Authorization block that its form edits. */
export interface AuthorizationSettings {
  redirect_uris: string[];
  /** Where a browser may go after signing out by OpenID Connect. */
  post_logout_redirect_uris: string[];
  scopes: ScopeChoice[];
  profile: Profile;
  switches: Switches;
}

/** As whom an app acts by itself. */
export interface Bot {
  id: string;
  name: string;
  avatar_url: string | null;
  created_at: Timestamp;
  last_used_at: Timestamp | null;
  /** What it may ask for, by the app's scopes. */
  scopes: string[];
}

export interface Authorization extends AuthorizationSettings {
  client_id: string;
  type: ClientType;
  secrets: Secret[];
  bot: Bot | null;
  created_at: Timestamp;
}

export interface App extends AppSummary {
  version: number;
  visibility: 'private';
  authorization: Authorization | null;
  installation: { installed_at: Timestamp; installed_by: string } | null;
}

export interface RedirectUriQuestion {
  redirect_uri: string;
  type: ClientType;
  profile: Profile;
  switches: Switches;
}

/** An address, and the whitelist that it is held against. */
export interface RedirectTest extends RedirectUriQuestion {
  redirect_uris: string[];
}

export interface RedirectTestResult {
  profile: Profile;
  /** The profile that authorize goes by now. */
  in_force: boolean;
  matched: boolean;
  /** The entry that lets it pass, or the nearest one. */
  entry: string | null;
  rule: 'exact' | 'empty_path' | 'loopback_port' | 'sub_path' | null;
  reason: string | null;
  message: string | null;
  first_difference: number | null;
}

export type RedirectUriPart =
  | 'scheme'
  | 'host'
  | 'port'
  | 'path'
  | 'query'
  | 'fragment'
  | 'userinfo'
  | 'characters'
  | 'length'
  | 'whole';

export interface RedirectUriVerdict {
  ok: boolean;
  normalized?: string;
  problem?: { part: RedirectUriPart; message: string; suggestion?: string };
}

export interface PersonalAccessToken {
  id: string;
  name: string;
  scopes: string[];
  created_at: Timestamp;
  expires_at: Timestamp;
  last_used_at: Timestamp | null;
  last_used_from: string | null;
  expired: boolean;
}

export interface PersonalAccessTokens {
  tokens: PersonalAccessToken[];
  account_id: string;
  grantable_scopes: string[];
}

export interface CreatedPersonalAccessToken {
  token: PersonalAccessToken;
  /** Shown once; the server keeps a hash only. */
  secret: string;
  account_id: string;
  /** `account_id:secret` in Base64, ready for `Authorization: Basic`. */
  base64: string;
}

export type ChatRole = 'administrator' | 'normal';

export type PersonStatus = 'active' | 'suspended';

export type PersonAction =
  | 'change_role'
  | 'change_chat_role'
  | 'suspend'
  | 'unsuspend'
  | 'remove'
  | 'transfer_ownership';

export interface Person {
  account_id: string;
  name: string;
  email: string;
  role: AccountsRole;
  chat_role: ChatRole;
  group_ids: number[];
  status: PersonStatus;
  joined_at: Timestamp;
  version: number;
  /** What acts for the person by itself; null for those who do not manage them. */
  acting_for: { apps: number; personal_access_tokens: number } | null;
  /** What the caller may do to this person. */
  actions: PersonAction[];
}

export interface PeopleFilters {
  search: string;
  role: AccountsRole | undefined;
  status: PersonStatus | undefined;
}

export interface PeoplePage {
  people: Person[];
  total: number;
  next_page_id?: string;
  /** Empty for those who manage nobody. */
  grantable_roles: AccountsRole[];
  grantable_chat_roles: ChatRole[];
}

export interface Invitation {
  id: string;
  email: string;
  role: AccountsRole;
  chat_role: ChatRole;
  /** Name of the person. */
  invited_by: string | null;
  sent_at: Timestamp;
  expires_at: Timestamp;
  expired: boolean;
}

export interface InvitationsPage {
  invitations: Invitation[];
  total: number;
  next_page_id?: string;
}

/** Who may register apps: nobody, who has a token of the owner, or anybody. */
export type RegistrationMode = 'off' | 'with_initial_access_token' | 'open';

export interface InitialAccessToken {
  id: string;
  name: string;
  created_at: Timestamp;
  expires_at: Timestamp;
  last_used_at: Timestamp | null;
  /** How many apps it registered. */
  uses: number;
  expired: boolean;
}

export interface DynamicRegistration {
  mode: RegistrationMode;
  /** Where apps of this organization register. */
  endpoint: string;
  initial_access_tokens: InitialAccessToken[];
  /** Apps that nobody has vouched for. */
  unverified: number;
  most_unverified: number;
}

export type RehearsalPart = 'owner' | 'administrator' | 'member' | 'other_organization';

/** What would come of an authorization request by somebody. */
export interface Rehearsal {
  as: RehearsalPart;
  outcome: 'asked' | 'trusted' | 'refused';
  /** Why it is refused. */
  message: string | null;
  scopes: string[];
  /** Optional scopes that the role does not allow. */
  dropped: string[];
}

/** What a change of scopes asks of how many people. */
export interface ScopePlan {
  people: number;
  untouched: number;
  asked: number;
  widened: number;
  narrowed: number;
  refused: number;
}
