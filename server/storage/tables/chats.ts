type Truth = 0 | 1;

export interface ChatTables {
  customers: {
    customer_key: number;
    license_id: number;
    id: string;
    name: string | null;
    email: string | null;
    email_verified: Truth;
    avatar: string | null;
    phone_number: string | null;
    /** JSON, like the next. */
    address: string | null;
    channels: string | null;
    session_fields: string;
    created_at: number;
    visits_count: number;
    page_views_count: number;
    greetings_shown_count: number;
    greetings_accepted_count: number;
    tickets_count: number;
    /** The latest visit; null when there was none. */
    last_visit: string | null;
    /** The customer's one chat. */
    chat_key: number | null;
  };
  /** A chat with all that its summary shows, but for the last thread and the customer, which it names. */
  chats: {
    /** The id read as a number of base 36: ids and keys are the same value in two spellings. */
    chat_key: number;
    license_id: number;
    custom_id: string | null;
    created_at: number;
    customer_key: number | null;
    customer_id: string | null;
    continuous: Truth;
    active: Truth;
    access: string;
    properties: string;
    users: string;
    followers: string;
    last_events: string;
    last_thread_key: number | null;
    last_thread_created_at: number | null;
    threads_count: number;
    agent_last_event_at: number | null;
    customer_last_event_at: number | null;
    /** Where its rows in `chat_listings` are. */
    list_state: number;
    listed_at: number;
    list_keys: string;
  };
  threads: {
    thread_key: number;
    license_id: number;
    chat_key: number;
    created_at: number;
    closed_at: number | null;
    active: Truth;
    user_ids: string;
    access: string;
    properties: string;
    tags: string;
    events_count: number;
    last_event_at: number;
    previous_thread_key: number | null;
    next_thread_key: number | null;
    visit: string | null;
    queued_at: number | null;
    /** Do the archives have it as it is now? */
    indexed: Truth;
    /** Microseconds that it waited for agents, altogether. */
    queues_duration: number;
    /** JSON; only of closed threads. */
    summary: string | null;
  };
  /** Lie by thread and number: in the order in which they are read. */
  events: {
    thread_key: number;
    number: number;
    license_id: number;
    type: string;
    author_id: string | null;
    visibility: string;
    custom_id: string | null;
    created_at: number;
    content: string;
    properties: string | null;
    deleted_at: number | null;
  };
  /** One row for each list that a chat is in: what List Chats reads. Lie by list, state, time. */
  chat_listings: { license_id: number; list: string; state: number; listed_at: number; chat_key: number };
  /** How long lists are. Shared out over some rows each, so that writers do not queue for one. */
  chat_list_sizes: { license_id: number; list: string; state: number; shard: number; size: number };
  agent_assignments: {
    license_id: number;
    agent_id: string;
    assigned_at: number;
    /** NULL where it was never set. */
    status: string | null;
    /** NULL: as everybody's. */
    chat_limit: number | null;
  };
}
