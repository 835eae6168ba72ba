import type { Micros } from '../../kernel/clock.ts';

export const channelTypes = ['code', 'direct_link', 'integration'] as const;

/** A way by which customers come to an organization. */
export interface Channel {
  type: (typeof channelTypes)[number];
  /** The Client Id of an integration, otherwise empty. */
  subtype: string;
  firstActivityAt: Micros;
}

/** How an organization came to the product. */
export interface ProductSource {
  id: string;
  type: string;
  url: string;
}

/** Storage port: what is known of an organization as a customer of the product, and of addresses that refuse mail. */
export interface LicenseStore {
  /** The earliest first. */
  channels(licenseId: number): Promise<Channel[]>;
  /** The first time counts; later ones change nothing. */
  noteChannel(licenseId: number, channel: Channel): Promise<void>;
  companyDetails(licenseId: number): Promise<Record<string, string>>;
  saveCompanyDetails(licenseId: number, details: Record<string, string>, now: Micros): Promise<void>;
  productSource(licenseId: number): Promise<ProductSource | undefined>;
  setProductSource(licenseId: number, source: ProductSource): Promise<void>;
  /** @param email in small letters */
  hasBounced(email: string): Promise<boolean>;
  noteBounce(email: string, now: Micros): Promise<void>;
  /** @returns false when it had not bounced */
  forgetBounce(email: string): Promise<boolean>;
}
