type Truth = 0 | 1;

export interface FactorTables {
  /** The authenticator app of an account (RFC 6238); a row means that two-step sign-in is on. */
  totp_factors: {
    account_id: string;
    sealed_secret: string;
    /** No code of this step or an earlier one is taken any more. */
    last_used_step: number;
    created_at: number;
  };
  /** Ten places an account; new codes take the places of the old ones. */
  recovery_codes: { account_id: string; slot: number; code_hash: Uint8Array; used_at: number | null };
  passkeys: {
    passkey_key: number;
    /** As the authenticator names it, in base64url. */
    credential_id: string;
    account_id: string;
    /** A COSE key (RFC 9052 §7). */
    public_key: Uint8Array;
    counter: number;
    /** A JSON list. */
    transports: string;
    /** Kept by a password manager and copied between devices, rather than bound to one. */
    synced: Truth;
    name: string;
    created_at: number;
    last_used_at: number | null;
  };
  passkey_challenges: {
    challenge_key: number;
    secret_hash: Uint8Array;
    browser_hash: Uint8Array;
    purpose: 'sign_in' | 'confirm' | 'register';
    /** NULL where anybody may answer: signing in. */
    account_id: string | null;
    expires_at: number;
  };
  /** The password was right; the second step is still to come. */
  sign_in_attempts: {
    attempt_key: number;
    secret_hash: Uint8Array;
    browser_hash: Uint8Array;
    account_id: string;
    /** Of the password hash that was right, so that a changed password ends the attempt. */
    password_mark: Uint8Array;
    remember: Truth;
    expires_at: number;
    /** How the first step was taken, in words of RFC 8176; NULL: by a password. */
    first_factor: string | null;
  };
}
