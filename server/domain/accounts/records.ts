import type { Micros } from '../../kernel/clock.ts';

/** The products that there are here; LiveChat names more. */
export const products = ['LiveChat', 'Accounts'] as const;
export type Product = (typeof products)[number];

/** What is known of an account beyond its name and e-mail, as one organization sees it. */
export interface AccountFacts {
  defaultProduct: Product;
  /** The organization in which its sessions begin; null where that is the one it joined first. */
  defaultOrganizationId: string | null;
  updatedAt: Micros | null;
  /** Somebody has logged in with it. */
  active: boolean;
  /** An authenticator app or a passkey. */
  mfa: boolean;
  picture: PictureAddress | undefined;
}

/** Where a picture is to be had: at an address elsewhere, or here under an id. */
export type PictureAddress = { url: string } | { id: string };

/** Where a picture is shown from; null where there is none. */
export function pictureUrl(publicUrl: string, picture: PictureAddress | undefined): string | null {
  if (!picture) return null;
  return 'url' in picture ? picture.url : `${publicUrl}/avatars/${picture.id}`;
}

export interface Picture {
  mediaType: string;
  bytes: Uint8Array;
}

/** What the company behind an organization says of itself, in LiveChat's words. */
export interface Company {
  phone?: string;
  website?: string;
  name?: string;
  industry?: string;
  company_size?: string;
  audience?: string[];
  street?: string;
  city?: string;
  state?: string;
  zipcode?: string;
  country?: string;
  logo?: string;
  tagline?: string;
  twitter?: string;
  instagram?: string;
  linkedin?: string;
  facebook?: string;
}

/** `lax`: every member may propose people; `strict`: owners and administrators alone. */
export type InvitationMode = 'lax' | 'strict';

export interface OrganizationProfile {
  invitationMode: InvitationMode;
  /** Only e-mails of the organization's domains may come in. */
  domainWhitelist: boolean;
  company: Company;
  /** Null: nothing was ever set. */
  updatedAt: Micros | null;
}

export const UNSET_PROFILE: OrganizationProfile = {
  invitationMode: 'lax',
  domainWhitelist: false,
  company: {},
  updatedAt: null,
};

/** A family of tokens, and the browser session in which somebody allowed it. */
export interface SessionFamily {
  familyKey: number;
  sessionKey: number;
  licenseId: number;
  accountId: string;
  clientId: string;
  expiresAt: Micros;
}
