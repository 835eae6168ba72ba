export interface WebhookTables {
  webhooks: {
    webhook_key: number;
    id: string;
    /** Of the organization that owns the app. */
    license_id: number;
    client_id: string;
    type: string;
    action: string;
    url: string;
    description: string;
    /** Sealed: it must be sent along again. */
    secret: string;
    /** JSON, as the next. */
    additional_data: string;
    filters: string;
    created_at: number;
  };
  /** Organizations that switched an app's webhooks off. */
  webhook_switches: { license_id: number; client_id: string; disabled_at: number };
  webhook_deliveries: {
    delivery_key: number;
    /** Of the organization in which it happened. */
    license_id: number;
    webhook_id: string;
    client_id: string;
    action: string;
    /** JSON: what goes out, without the secret. */
    body: string;
    state: 'queued' | 'delivered' | 'failed';
    attempts: number;
    next_attempt_at: number;
    created_at: number;
    /** When it was delivered or given up; null while it is to be sent. */
    done_at: number | null;
    /** The HTTP status of the last answer. */
    last_status: number | null;
    last_error: string | null;
  };
}
