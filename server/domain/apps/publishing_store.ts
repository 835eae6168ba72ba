import type { Micros } from '../../kernel/clock.ts';
import type { AppDetails } from './records.ts';
import type { Review, ReviewState } from './review_rules.ts';

/** An app that is offered to other organizations, or stands in one of them. */
export interface OfferedApp extends Pick<AppDetails, 'app' | 'client' | 'iconDigest'> {
  /** Of the organization that made it. */
  organizationName: string;
  /** In the organization that asks. */
  installation: AppDetails['installation'];
}

/** Storage port of what apps are to other organizations than their own. */
export interface PublishingStore {
  /** @returns undefined for an app that nobody has begun to publish */
  review(licenseId: number, appId: string): Promise<Review | undefined>;
  /** @returns false when the review is in another state by now */
  moveReview(
    licenseId: number,
    appId: string,
    move: { from: ReviewState; to: ReviewState; note: string; changedBy: string; now: Micros },
  ): Promise<boolean>;
  /** Public apps of every organization, the newest first. @param licenseId of the organization that asks */
  offered(
    licenseId: number,
    page: { search: string; before: number | undefined; limit: number },
  ): Promise<OfferedApp[]>;
  /** A public app, or one that is installed in this organization. */
  offeredApp(licenseId: number, appId: string): Promise<OfferedApp | undefined>;
  /** What is installed in an organization, its own apps among them. */
  installed(licenseId: number): Promise<OfferedApp[]>;
  /** In how many organizations an app is installed. */
  countInstallations(appId: string): Promise<number>;
}
