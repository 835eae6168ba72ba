export interface OpenidTables {
  signing_keys: {
    /** 1, 2, …: whoever adds a generation first has made it. */
    generation: number;
    /** `kid` of the JWK. */
    key_id: string;
    /** JSON. */
    public_jwk: string;
    /** JSON, sealed with the server's key. */
    sealed_private_jwk: string;
    published_at: number;
    /** Until the next generation's. */
    signs_from: number;
  };
  /** What the ID tokens of a family say of the login behind it. */
  openid_logins: {
    family_key: number;
    nonce: string | null;
    auth_time: number;
    /** Joined by spaces. */
    amr: string;
    session_id: string | null;
    expires_at: number;
  };
}
