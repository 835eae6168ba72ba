export interface BotTables {
  bots: {
    license_id: number;
    bot_key: number;
    id: string;
    name: string;
    avatar_url: string | null;
    job_title: string | null;
    type: string;
    owner_client_id: string;
    /** The same client, where it acts as this bot by itself; unique. */
    identity_of: string | null;
    /** The template whose installation made it; its id is the same. */
    template_id: string | null;
    by_personal_token: 0 | 1;
    /** JSON. */
    group_ids: string;
    /** JSON, by group. */
    priorities: string;
    default_priority: string;
    /** JSON. */
    work_scheduler: string | null;
    secret_key: number | null;
    secret_hash: Uint8Array | null;
    created_by: string | null;
    created_at: number;
    updated_at: number;
    last_used_at: number | null;
    removed_at: number | null;
  };
  bot_templates: {
    license_id: number;
    template_key: number;
    id: string;
    owner_client_id: string;
    name: string;
    avatar_url: string | null;
    job_title: string | null;
    default_priority: string;
    chat_limit: number | null;
    secret_hash: Uint8Array;
    created_by: string | null;
    created_at: number;
    updated_at: number;
  };
}
