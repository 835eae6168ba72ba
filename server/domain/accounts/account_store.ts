import type { Micros } from '../../kernel/clock.ts';
import type {
  AccountFacts,
  OrganizationProfile,
  Picture,
  PictureAddress,
  Product,
  SessionFamily,
} from './records.ts';

/** Storage port of what the Global Accounts API sets. */
export interface AccountStore {
  /** Of every member of an organization, by account id. */
  facts(licenseId: number): Promise<ReadonlyMap<string, AccountFacts>>;
  factsOf(licenseId: number, accountId: string): Promise<AccountFacts | undefined>;
  /** What is left out stays as it is. */
  updateAccount(
    accountId: string,
    change: { defaultProduct?: Product; defaultLicenseId?: number | null },
    now: Micros,
  ): Promise<void>;
  /** The organization that an account chose to begin in, whether or not it still belongs there. */
  defaultLicenseId(accountId: string): Promise<number | undefined>;
  /**
   * Deletes an account that belongs to no organization, with everything by which one could log in.
   * @returns false for one that belongs somewhere
   */
  removeAccount(accountId: string): Promise<boolean>;

  profile(licenseId: number): Promise<OrganizationProfile | undefined>;
  putProfile(licenseId: number, profile: OrganizationProfile & { updatedAt: Micros }): Promise<void>;
  renameOrganization(licenseId: number, name: string): Promise<void>;

  pictureOf(licenseId: number, accountId: string): Promise<PictureAddress | undefined>;
  /** By account id. */
  pictures(licenseId: number): Promise<ReadonlyMap<string, PictureAddress>>;
  picture(id: string): Promise<Picture | undefined>;
  /** In the place of the one before. */
  putPicture(
    licenseId: number,
    accountId: string,
    picture: { id: string; createdAt: Micros } & ({ url: string } | Picture),
  ): Promise<void>;
  removePicture(licenseId: number, accountId: string): Promise<void>;

  addSessionFamily(family: SessionFamily): Promise<void>;
  sessionFamily(familyKey: number): Promise<SessionFamily | undefined>;
  /** @param sessionKey of one session; otherwise of all, also of those that are over */
  sessionFamilies(accountId: string, sessionKey?: number): Promise<SessionFamily[]>;
  forgetSessionFamilies(accountId: string, sessionKey?: number): Promise<void>;
  /** Deletes those of sessions that were over before that, at most `limit`. @returns how many */
  purgeSessionFamilies(expiredBefore: Micros, limit: number): Promise<number>;
}
