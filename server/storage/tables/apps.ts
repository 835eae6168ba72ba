type Truth = 0 | 1;

export interface AppTables {
  apps: {
    app_key: number;
    id: string;
    license_id: number;
    name: string;
    /** Lower case, for search. */
    name_key: string;
    product: string;
    short_description: string;
    visibility: 'private' | 'public';
    version: number;
    created_by: string | null;
    created_at: number;
    updated_at: number;
  };
  /** How far an app is on its way to the public; none for one that nobody has begun to publish. */
  app_reviews: {
    app_id: string;
    license_id: number;
    state: 'developing' | 'submitted' | 'accepted' | 'published';
    /** Why it was sent back. */
    note: string;
    changed_by: string | null;
    changed_at: number | null;
  };
  app_icons: { app_id: string; license_id: number; media_type: string; bytes: Uint8Array; digest: string };
  clients: {
    client_id: string;
    app_id: string;
    license_id: number;
    type: 'server_side_app' | 'javascript_app';
    profile: 'compatible' | 'strict';
    redirect_uris: string;
    /** JSON; null where there are none. */
    post_logout_redirect_uris: string | null;
    scopes: string;
    accept_sub_paths: Truth;
    allow_plain_http: Truth;
    rotate_refresh_tokens: Truth;
    created_at: number;
  };
  client_secrets: {
    secret_key: number;
    client_id: string;
    secret_hash: Uint8Array;
    /** The last four characters, so that a person can tell two secrets apart. */
    hint: string;
    created_at: number;
    last_used_at: number | null;
    /** An IP address. */
    last_used_from: string | null;
    /** How the caller names itself. */
    last_used_by: string | null;
    retired_at: number | null;
  };
  installations: { app_id: string; license_id: number; installed_by: string; installed_at: number };
}
