export interface CustomerIdentityTables {
  /** A browser as the customers' cookies name it. One for all organizations, since it has one cookie jar. */
  customer_browsers: {
    browser_key: number;
    /** The value of `__lc_cid`. */
    id: string;
    secret_hash: Uint8Array;
    /** What the present secret took the place of. */
    previous_hash: Uint8Array | null;
    rotated_at: number;
    /** When the present secret first came back from the browser. */
    confirmed_at: number | null;
    created_at: number;
    /** Moves with each use. */
    expires_at: number;
  };
  /** Who a browser is, one customer an organization. */
  browser_customers: {
    browser_key: number;
    license_id: number;
    customer_id: string;
  };
  /** Who a customer is in one group, where identities are kept apart by group. */
  customer_groups: {
    license_id: number;
    customer_id: string;
    group_id: number;
    group_customer_id: string;
  };
  identity_transfers: {
    transfer_key: number;
    secret_hash: Uint8Array;
    license_id: number;
    customer_id: string;
    client_id: string;
    code_challenge: string | null;
    /** NULL beside a challenge: none was named, so that either is taken. */
    code_challenge_method: string | null;
    created_at: number;
    expires_at: number;
    consumed_at: number | null;
  };
}
