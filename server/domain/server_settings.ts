import type { PlanLimits } from './license/plans.ts';
import type { RateQuotas } from './limits/rate_limits.ts';

/** The part of the configuration that the domain and the pages need. Frozen at start. */
export interface ServerSettings {
  productName: string;
  /** Origin under which browsers and apps reach the server, without a slash at the end. */
  publicUrl: string;
  /** Prefix of tokens and codes, such as `dal`. */
  region: string;
  developmentMode: boolean;
  mail: { from: string };
  /** Days that each key signs ID tokens. */
  signingKeyDays: number;
  /** Days that the audit log is kept. */
  auditDays: number;
  /** What silence in a chat leads to, in minutes; 0 for never. Absent: as the settings have it by default. */
  chatTimeouts?: { idle: number; archive: number; archiveContinuous: number; transfer: number };
  /** Calls a minute of one credential, for each API. */
  rateQuotas: RateQuotas;
  /** How large an uploaded file may be, and all of an organization's together, in bytes. */
  files: { limitBytes: number; quotaBytes: number };
  /** The most there can be of agents, groups and so on in an organization. Absent: no bounds. */
  plan?: PlanLimits;
  version: string;
}
