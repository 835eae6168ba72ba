export interface PropertyTables {
  /** What an app's properties may hold, and who may use them. The license is the app owner's. */
  property_definitions: {
    /** The app's client id. */
    namespace: string;
    name: string;
    license_id: number;
    type: string;
    access: string;
    description: string | null;
    domain: string | null;
    value_range: string | null;
    default_value: string | null;
    /** Null as long as it is private. */
    public_access: string | null;
    created_at: number;
  };
  property_values: {
    license_id: number;
    /** -1 for the organization itself. */
    group_id: number;
    namespace: string;
    name: string;
    value: string;
    updated_at: number;
  };
}
