type Truth = 0 | 1;

export interface RoutingTables {
  /** Agents in open chats: one row for each who is present. */
  chat_seats: {
    license_id: number;
    agent_id: string;
    chat_key: number;
    /** Does it count against the agent's limit? A chat with a customer does, unless the agent only looks into it. */
    counted: Truth;
  };
  /** Lie in the order in which they are served. */
  chat_queue: {
    license_id: number;
    queued_at: number;
    chat_key: number;
    /** JSON. */
    group_ids: string;
    /** JSON; NULL where any agent of the groups will do. */
    agent_ids: string | null;
    /** JSON; who had the chat and is not given it back. NULL for nobody. */
    without_ids: string | null;
    bots: Truth;
  };
  /** When an open chat is looked at again: for those who fell silent, and for agents who went. */
  chat_timers: { license_id: number; chat_key: number; due_at: number };
  /** One row for each organization that routes chats: what holds it, and how long its chats take. */
  routing_desks: { license_id: number; chat_seconds: number };
}
