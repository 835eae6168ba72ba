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
  | 'scope_missing'
  | 'slow_code';

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
  retired_at: Timestamp | null;
}

/** The part of the Authorization block that its form edits. */
export interface AuthorizationSettings {
  redirect_uris: string[];
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
