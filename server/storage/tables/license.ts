export interface LicenseTables {
  tags: {
    license_id: number;
    /** The name without its case and Unicode form. */
    folded: string;
    name: string;
    /** JSON, ascending. */
    group_ids: string;
    author_id: string;
    created_at: number;
  };
  channels: {
    license_id: number;
    channel_type: string;
    /** A Client Id for an integration, otherwise empty. */
    channel_subtype: string;
    first_activity_at: number;
  };
  company_details: { license_id: number; details: string; updated_at: number };
  product_sources: { license_id: number; source_id: string; source_type: string; source_url: string };
  /** Addresses, in small letters, that a mail server refused for good. */
  bounced_emails: { email: string; bounced_at: number };
}
