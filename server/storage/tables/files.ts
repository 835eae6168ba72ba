export interface FileTables {
  /** Uploaded files, but for their bytes. Lie by organization, then in the order in which they came. */
  files: {
    license_id: number;
    file_key: number;
    secret: string;
    name: string;
    content_type: string;
    size: number;
    width: number | null;
    height: number | null;
    uploaded_by: string;
    created_at: number;
    state: string;
    used_at: number | null;
  };
  /** Bytes that an organization holds. */
  file_usage: { license_id: number; bytes: number };
}
