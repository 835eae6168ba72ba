import type { Micros } from '../../kernel/clock.ts';

/** Counts that are kept; how many chats and threads there are, the chat itself tells. */
export interface CustomerStatistics {
  visits: number;
  pageViews: number;
  greetingsShown: number;
  greetingsAccepted: number;
  tickets: number;
}

/** The latest stay on the organization's pages. */
export interface CustomerLastVisit {
  startedAt: Micros;
  endedAt: Micros | null;
  ip: string | null;
  userAgent: string | null;
  referrer: string | null;
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
