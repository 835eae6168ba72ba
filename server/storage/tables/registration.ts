export interface RegistrationTables {
  registration_modes: { license_id: number; mode: string; updated_at: number };
  initial_access_tokens: {
    token_key: number;
    id: string;
    license_id: number;
    name: string;
    secret_hash: Uint8Array;
    created_by: string;
    created_at: number;
    expires_at: number;
    last_used_at: number | null;
    uses: number;
  };
  /** Clients that registered themselves. */
  client_registrations: {
    registration_key: number;
    secret_hash: Uint8Array;
    client_id: string;
    app_id: string;
    license_id: number;
    auth_method: string;
    /** JSON. */
    grant_types: string;
    client_uri: string | null;
    initial_token_id: string | null;
    created_at: number;
    verified_at: number | null;
  };
}
