import type { Micros } from '../kernel/clock.ts';
import type { GrantRow } from './account_apps.ts';
import type { GrantAccessView } from './grant_access.ts';
import type { PageContext } from './layout.ts';
import type { PopupDelivery } from './popup_answer.ts';

/** Changes the values of a view before it is rendered; the tests put hostile text everywhere. */
export type Change = <T>(value: T) => T;

/** One state of one page, with values as they occur. */
export type GalleryEntry = { name: string; render: (context: PageContext, change?: Change) => string };

export const now: Micros = Date.UTC(2026, 0, 31, 7, 11, 28) * 1000;
export const minutes = (count: number): Micros => count * 60_000_000;

/** Signed out, and signed in: the contexts the gallery renders in. */
export const galleryContext: PageContext = {
  assets: {
    css: 'assets/accounts.css',
    js: 'assets/accounts.js',
    passkeys: 'assets/passkeys.js',
    popup: 'assets/popup.js',
    reference: 'assets/reference.js',
    icon: 'assets/mark.svg',
  },
  csrfToken: 'csrf-5f2b',
  productName: 'Gatehouse',
  developmentMode: false,
};
export const olivia = { name: 'Olivia Owner', email: 'olivia@acme.example' };

/** An entry from a page function and its view; `extra` changes the context. */
export function entry<View>(
  name: string,
  page: (context: PageContext, view: View) => string,
  view: View,
  extra: Partial<PageContext> = {},
): GalleryEntry {
  return {
    name,
    render: (context, change = (value) => value) => page(change({ ...context, ...extra }), change(view)),
  };
}

export const signedIn: Partial<PageContext> = { signedInAs: olivia };
export const chrome =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36';
export const iphone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1';

export const scopes = [
  { id: 'chats--all:ro', consent: 'See every chat of your organization', group: 'Chats' },
  {
    id: 'chats--access:rw',
    consent: 'Read, answer, transfer and close the chats of your groups',
    group: 'Chats',
  },
  { id: 'customers:ro', consent: 'See your customers, their addresses and their visits', group: 'Customers' },
  { id: 'agents--all:ro', consent: 'See the settings of every agent', group: 'People' },
];

export const consent: GrantAccessView = {
  handle: 'h-41c8',
  app: { name: 'Chat Insights', trust: 'private', madeBy: 'Acme' },
  account: olivia,
  organization: { name: 'Acme' },
  scopes,
  redirect: { kind: 'web', target: 'insights.acme.example' },
};

export const delivery: PopupDelivery = {
  origin: 'https://insights.acme.example',
  message: '{"error":{"oauth_exception":"access_denied"}}',
  appName: 'Chat Insights',
};

export const grant: GrantRow = {
  id: 'g1',
  appName: 'Chat Insights',
  organizationName: 'Acme',
  scopes,
  grantedAt: now - minutes(60 * 24 * 40),
  lastUsedAt: now - minutes(125),
};

export const organizations = [
  { id: '390e44e6-f1e6-4368-8f6d-74a145080001', name: 'Acme', licenseId: 1001, role: 'owner' as const },
  {
    id: '390e44e6-f1e6-4368-8f6d-74a145080002',
    name: 'The Very Long Winded Holding Company of Northern Europe',
    licenseId: 1002,
    role: 'administrator' as const,
  },
  {
    id: '390e44e6-f1e6-4368-8f6d-74a145080003',
    name: 'شركة النور',
    licenseId: 20_417,
    role: 'member' as const,
    suspended: true,
  },
];
