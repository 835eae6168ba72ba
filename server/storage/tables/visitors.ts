type Truth = 0 | 1;

export interface VisitorTables {
  /** One for each banned customer, the latest; those that are over stay until they are cleared away. */
  customer_bans: {
    license_id: number;
    customer_id: string;
    ban_key: number;
    ip: string | null;
    agent_id: string;
    thread_id: string | null;
    created_at: number;
    expires_at: number;
  };
  /** Forms, settings and phrases of the chat widget, as JSON: of one group, or (-1) of the whole organization. */
  widget_documents: {
    license_id: number;
    group_id: number;
    kind: string;
    content: string;
    updated_at: number;
  };
  goals: {
    license_id: number;
    goal_id: number;
    name: string;
    active: Truth;
    /** Null: in every group. */
    group_id: number | null;
    rule: string;
    created_at: number;
    deleted_at: number | null;
  };
  goal_achievements: {
    license_id: number;
    customer_id: string;
    goal_id: number;
    page_url: string;
    achieved_at: number;
  };
  greetings: {
    license_id: number;
    greeting_id: number;
    type: string;
    active: Truth;
    active_from: number | null;
    active_until: number | null;
    name: string;
    group_id: number;
    rules: string;
    properties: string;
    rich_message: string | null;
    created_at: number;
    deleted_at: number | null;
  };
  /** A greeting that one customer was shown, and what they did with it. */
  shown_greetings: {
    license_id: number;
    unique_id: string;
    customer_id: string;
    greeting_id: number;
    agent_id: string | null;
    shown_at: number;
    accepted_at: number | null;
    canceled_at: number | null;
    /** JSON: ids of the buttons that were clicked. */
    clicks: string;
  };
  customer_email_verifications: {
    verification_key: number;
    license_id: number;
    customer_id: string;
    email: string;
    secret_hash: Uint8Array;
    callback_uri: string;
    created_at: number;
    expires_at: number;
    consumed_at: number | null;
  };
}
