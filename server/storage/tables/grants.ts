export interface GrantTables {
  /** What an account allowed an app, in one organization. */
  grants: {
    grant_key: number;
    id: string;
    license_id: number;
    account_id: string;
    client_id: string;
    scopes: string;
    created_at: number;
    updated_at: number;
    last_used_at: number | null;
  };
  authorization_requests: {
    request_key: number;
    secret_hash: Uint8Array;
    /** Of the browser that began it, so that its handle is of no use elsewhere. */
    browser_hash: Uint8Array;
    parameters: string;
    created_at: number;
    expires_at: number;
  };
  /** One authorization: its code, and by `family_key` all tokens that descend from it. */
  authorization_codes: {
    family_key: number;
    secret_hash: Uint8Array;
    grant_key: number;
    license_id: number;
    account_id: string;
    client_id: string;
    scopes: string;
    /** Names of APIs, joined by spaces; null for all. */
    resources: string | null;
    redirect_uri: string;
    code_challenge: string | null;
    code_challenge_method: string | null;
    created_at: number;
    expires_at: number;
    consumed_at: number | null;
    revoked_at: number | null;
    revoked_reason: string | null;
  };
  access_tokens: {
    token_key: number;
    secret_hash: Uint8Array;
    family_key: number;
    /** The refresh token issued with it; revoking one takes the other along. */
    refresh_key: number | null;
    license_id: number;
    /** Of the account, or of the bot. */
    account_id: string;
    client_id: string;
    scopes: string;
    resources: string | null;
    /** Of a bot's token: the client secret that it was got by. */
    bot_secret_key: number | null;
    created_at: number;
    expires_at: number;
    revoked_at: number | null;
    revoked_reason: string | null;
  };
  refresh_tokens: {
    token_key: number;
    secret_hash: Uint8Array;
    family_key: number;
    license_id: number;
    account_id: string;
    client_id: string;
    scopes: string;
    resources: string | null;
    created_at: number;
    /** Moves with each use. */
    idle_expires_at: number;
    /** Never moves: a family ends with it. */
    absolute_expires_at: number;
    /** When it was exchanged for its successor. */
    rotated_at: number | null;
    successor_key: number | null;
    successor_access_key: number | null;
    revoked_at: number | null;
    revoked_reason: string | null;
  };
  /**
   * Which tokens of a client and an account live: keys between commas, as in `,1,2,`. Those that died by expiry or
   * revocation may be among them still; none that lives is ever missing.
   */
  token_holders: {
    client_id: string;
    account_id: string;
    access_keys: string;
    refresh_keys: string;
  };
  personal_access_tokens: {
    token_key: number;
    id: string;
    license_id: number;
    account_id: string;
    name: string;
    secret_hash: Uint8Array;
    scopes: string;
    created_at: number;
    expires_at: number;
    last_used_at: number | null;
    last_used_from: string | null;
    revoked_at: number | null;
  };
  customer_tokens: {
    token_key: number;
    secret_hash: Uint8Array;
    license_id: number;
    customer_id: string;
    client_id: string;
    /** The browser or the identity transfer that it came from, so that all of one can be cut off. */
    family_key: number | null;
    created_at: number;
    expires_at: number;
    revoked_at: number | null;
  };
}
