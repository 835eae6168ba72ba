type Truth = 0 | 1;

export interface AccountTables {
  /** One row for each organization of which something was set. */
  organization_profiles: {
    license_id: number;
    invitation_mode: 'lax' | 'strict';
    domain_whitelist: Truth;
    /** A JSON object. */
    company: string;
    updated_at: number;
  };
  /** The picture of a person in one organization: elsewhere (`url`), or here (`bytes`). */
  member_pictures: {
    license_id: number;
    account_id: string;
    /** Names the picture in its address, and changes with it. */
    id: string;
    url: string | null;
    media_type: string | null;
    bytes: Uint8Array | null;
    created_at: number;
  };
  /** The browser session in which a family of tokens was allowed. */
  session_families: {
    family_key: number;
    session_key: number;
    license_id: number;
    account_id: string;
    client_id: string;
    /** When the session is over at the latest. */
    expires_at: number;
  };
}
