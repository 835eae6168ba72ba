import type { Micros } from '../../kernel/clock.ts';
import type { InitialAccessToken, Registration, RegistrationMode } from './records.ts';

/** Storage port of apps that register themselves, and of who may. */
export interface RegistrationStore {
  /** `off` where nothing was chosen. */
  registrationMode(licenseId: number): Promise<RegistrationMode>;
  /** The same, and nobody changes it or registers beside it until the unit of work ends. */
  holdRegistrationMode(licenseId: number): Promise<RegistrationMode>;
  setRegistrationMode(licenseId: number, mode: RegistrationMode, now: Micros): Promise<void>;
  /** Ids of organizations that allow it, at most `limit`. */
  organizationsWithRegistration(limit: number): Promise<string[]>;

  addInitialToken(token: InitialAccessToken): Promise<void>;
  initialToken(key: number): Promise<InitialAccessToken | undefined>;
  /** Newest first, without revoked ones. */
  initialTokens(licenseId: number): Promise<InitialAccessToken[]>;
  revokeInitialToken(licenseId: number, id: string): Promise<boolean>;
  /** Counts one use. @returns false for one that expired or was revoked meanwhile */
  countInitialToken(key: number, now: Micros): Promise<boolean>;

  addRegistration(registration: Registration): Promise<void>;
  registration(key: number): Promise<Registration | undefined>;
  registrationOf(clientId: string): Promise<Registration | undefined>;
  /** Of clients that nobody has vouched for. */
  countUnverified(licenseId: number): Promise<number>;
  /** What it says of itself; nobody vouches for it any more. */
  updateRegistration(
    key: number,
    change: Pick<Registration, 'authMethod' | 'grantTypes' | 'clientUri'>,
  ): Promise<void>;
  verifyRegistration(licenseId: number, clientId: string, now: Micros): Promise<boolean>;
  /** Unverified ones from before `createdBefore` to which nobody gave access. */
  abandonedRegistrations(createdBefore: Micros, limit: number): Promise<Registration[]>;
}
