export interface BotTables {
  bots: {
    license_id: number;
    bot_key: number;
    id: string;
    name: string;
    avatar_url: string | null;
    job_title: string | null;
    owner_client_id: string;
    /** The same client, where it acts as this bot by itself; unique. */
    identity_of: string | null;
    /** JSON. */
    group_ids: string;
    created_by: string | null;
    created_at: number;
    updated_at: number;
    last_used_at: number | null;
    removed_at: number | null;
  };
}
