export interface InsightTables {
  /** How far an organization got with its first app: each step once. */
  first_steps: { license_id: number; step: string; reached_at: number };
  /** What an app used that the strict profile refuses: one row for each day. */
  compatibility_uses: {
    use_key: number;
    license_id: number;
    client_id: string;
    feature: string;
    /** Days since 1970-01-01, UTC. */
    day: number;
    uses: number;
    last_used_at: number;
  };
  /** Requests of an app in one hour: those that were alike. */
  app_requests: {
    count_key: number;
    license_id: number;
    client_id: string;
    /** Hours since 1970-01-01, UTC. */
    hour: number;
    method: string;
    status: number;
    /** How long the answer took. */
    bucket: number;
    requests: number;
  };
  /** Requests that were refused, for the owner of the app. */
  refused_requests: {
    /** Time-ordered. */
    refusal_key: number;
    license_id: number;
    client_id: string;
    request_id: string;
    endpoint: string;
    /** What the wire said. */
    error: string;
    /** Why, in finer words than the wire's. */
    reason: string;
    /** JSON. Never a secret. */
    detail: string;
    created_at: number;
  };
}
