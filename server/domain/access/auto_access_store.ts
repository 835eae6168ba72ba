import type { AutoAccess } from './conditions.ts';

/** Storage port of one organization's auto access rules. Who writes holds the organization. */
export interface AutoAccessStore {
  /** In their order. */
  rules(): Promise<AutoAccess[]>;
  /** Puts these, in this order, in the place of all there were. */
  saveRules(rules: readonly AutoAccess[]): Promise<void>;
}
