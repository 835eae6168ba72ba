type Truth = 0 | 1;

export interface TeamTables {
  /** One row for each agent of whom something was set. */
  agent_settings: {
    license_id: number;
    account_id: string;
    login_status: string;
    job_title: string | null;
    mobile: string | null;
    /** JSON, as the next two. */
    notifications: string;
    email_subscriptions: string;
    work_scheduler: string | null;
    awaiting_approval: Truth;
    /** When the agent, suspended, last asked for the suspension to be lifted. */
    asked_unsuspension_at: number | null;
  };
}
