type Truth = 0 | 1;

export interface SignInTables {
  organization_domains: {
    license_id: number;
    domain: string;
    id: string;
    token: string;
    created_at: number;
    verified_at: number | null;
    lapsed_at: number | null;
    checked_at: number | null;
    next_check_at: number;
    problem: 'no_record' | 'other_record' | 'no_answer' | 'held_by_another' | null;
    failing_since: number | null;
  };
  /** Who has proven a domain: one organization at a time. */
  held_domains: { domain: string; license_id: number; domain_id: string };
  saml_configurations: {
    license_id: number;
    entrypoint: string;
    certificate: string;
    idp_entity_id: string;
    sp_entity_id: string | null;
    active: Truth;
    provisioning: 'off' | 'members';
    revision: number;
    created_at: number;
    updated_at: number;
  };
  enforced_login_methods: {
    license_id: number;
    login_method: 'saml';
    enforced_by: string;
    enforced_at: number;
  };
  saml_requests: {
    request_key: number;
    secret_hash: Uint8Array;
    browser_hash: Uint8Array;
    license_id: number;
    handle: string | null;
    next: string | null;
    tested_by: string | null;
    forced: Truth;
    created_at: number;
    expires_at: number;
    answered_at: number | null;
    answer_hash: Uint8Array | null;
    /** JSON. */
    subject: string | null;
  };
  /** Assertions that have opened a session. */
  saml_assertions: { license_id: number; assertion_id: string; expires_at: number };
}
