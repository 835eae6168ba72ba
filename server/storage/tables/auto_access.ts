export interface AutoAccessTables {
  auto_accesses: {
    license_id: number;
    position: number;
    id: string;
    description: string;
    /** JSON. */
    group_ids: string;
    /** JSON. */
    conditions: string;
  };
}
