export interface StandardTables {
  /** RFC 9126. */
  pushed_requests: {
    request_key: number;
    secret_hash: Uint8Array;
    client_id: string;
    parameters: string;
    created_at: number;
    expires_at: number;
  };
  /** RFC 8628: a device that asked, and what a person said. */
  device_requests: {
    device_key: number;
    secret_hash: Uint8Array;
    user_code_hash: Uint8Array;
    client_id: string;
    /** As asked for. */
    scopes: string;
    resources: string | null;
    created_at: number;
    expires_at: number;
    /** Grows when the device asks too often. */
    interval_seconds: number;
    last_polled_at: number | null;
    decision: 'allowed' | 'denied' | null;
    decided_at: number | null;
    /** From here on of the person who decided. */
    license_id: number | null;
    account_id: string | null;
    grant_key: number | null;
    granted_scopes: string | null;
    consumed_at: number | null;
  };
}
