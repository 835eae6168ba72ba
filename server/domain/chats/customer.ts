import type { Micros } from '../../kernel/clock.ts';

/** Counts that are kept; how many chats and threads there are, the chat itself tells. */
export interface CustomerStatistics {
  visits: number;
  pageViews: number;
  greetingsShown: number;
  greetingsAccepted: number;
  tickets: number;
}

/** A page that the customer opened. */
export interface VisitedPage {
  openedAt: Micros;
  url: string;
  title?: string;
}

/** The latest stay on the organization's pages. */
export interface CustomerLastVisit {
  startedAt: Micros;
  endedAt: Micros | null;
  ip: string | null;
  userAgent: string | null;
  referrer: string | null;
  /** When something was last heard of the customer; absent while that is when the visit began. */
  seenAt?: Micros;
  /** The newest last. */
  pages?: VisitedPage[];
  /** How many pages it has had, also those that are not remembered any more. */
  pageViews?: number;
  /** The address is that of an app's server, which made the customer, and of nobody's browser. */
  ofApp?: true;
}

export interface CustomerAddress {
  address?: string;
  city?: string;
  country?: string;
  state?: string;
  postal_code?: string;
}

/** A profile of Facebook Messenger. */
export interface MessengerProfile {
  id: string;
  name?: string;
  firstName?: string;
  lastName?: string;
  picture?: string;
  gender?: string;
  locale?: string;
  verified?: boolean;
}

/** Where else the customer is known. */
export interface CustomerChannels {
  messenger: MessengerProfile[];
  /** Phone numbers of Twilio. */
  twilio: string[];
}

export interface Customer {
  /** Grows with time; only the storage orders by it. */
  key: number;
  id: string;
  name: string | null;
  email: string | null;
  emailVerified: boolean;
  avatar: string | null;
  phoneNumber: string | null;
  address: CustomerAddress | null;
  channels: CustomerChannels | null;
  /** In the order in which they were set; each object has one key. */
  sessionFields: Record<string, string>[];
  createdAt: Micros;
  statistics: CustomerStatistics;
  lastVisit: CustomerLastVisit | null;
  /** The customer's one chat (docs: messaging#chatting-as-customer); null before it is started. */
  chatId: string | null;
}

/** What messages call a customer who gave no name. */
export const UNNAMED_CUSTOMER = 'Customer';

export function customerName(customer: Pick<Customer, 'name'> | undefined): string {
  return customer?.name || UNNAMED_CUSTOMER;
}
