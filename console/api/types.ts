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
