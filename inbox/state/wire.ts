import type { ChatEvent, Thread, User } from '../../chat/client/wire.ts';

export interface ChatSummary {
  id: string;
  users: User[];
  last_event_per_type: Record<string, { thread_id: string; event?: ChatEvent }>;
  last_thread_summary?: {
    id: string;
    active: boolean;
    created_at: string;
    user_ids: string[];
    tags?: string[];
    queue?: { position: number };
  };
  access?: { group_ids: number[] };
  is_followed?: boolean;
}

/** What the agents' side tells of a customer. */
export interface CustomerDetails extends User {
  created_at?: string;
  phone_number?: string;
  email_verified?: boolean;
  session_fields?: Record<string, string>[];
  visit?: {
    ip?: string;
    user_agent?: string;
    referrer?: string;
    started_at?: string;
    geolocation?: { city?: string; country?: string };
    last_pages?: { url: string; title?: string; opened_at?: string }[];
  };
  statistics?: { chats_count?: number; threads_count?: number; visits_count?: number };
}

export type { ChatEvent, Thread, User };
