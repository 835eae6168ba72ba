import type { Customer } from './customer.ts';
import { type ChatDeps, writeChats } from './deps.ts';

export interface VisitInput {
  ip?: string | undefined;
  userAgent?: string | undefined;
  referrer?: string | undefined;
  /** It is an app's server that makes the customer: what is known of the visit is of that server. */
  ofApp?: boolean | undefined;
}

export interface NewCustomer {
  licenseId: number;
  /** Given by an import; otherwise made here. */
  id?: string;
  name?: string | undefined;
  email?: string | undefined;
  avatar?: string | undefined;
  phoneNumber?: string | undefined;
  sessionFields?: Record<string, string>[] | undefined;
  visit?: VisitInput | undefined;
}

/** A person on the organization's pages, before anything is known of them but where they come from. */
export function createCustomer(deps: ChatDeps) {
  return async (input: NewCustomer): Promise<Customer> => {
    const id = input.id ?? deps.identifiers.uuid();
    return writeChats(deps, input.licenseId, async (store) => {
      const customer = customerRecord(input, { id, key: deps.identifiers.key() }, deps.clock.now());
      await store.insertCustomer(customer);
      return customer;
    });
  };
}

export function customerRecord(
  input: Omit<NewCustomer, 'licenseId' | 'id'>,
  ids: Pick<Customer, 'id' | 'key'>,
  now: number,
): Customer {
  return {
    ...ids,
    name: input.name || null,
    email: input.email || null,
    emailVerified: false,
    avatar: input.avatar || null,
    phoneNumber: input.phoneNumber || null,
    address: null,
    channels: null,
    sessionFields: input.sessionFields ?? [],
    createdAt: now,
    statistics: {
      visits: input.visit ? 1 : 0,
      pageViews: 0,
      greetingsShown: 0,
      greetingsAccepted: 0,
      tickets: 0,
    },
    lastVisit: input.visit
      ? {
          startedAt: now,
          endedAt: null,
          ip: short(input.visit.ip),
          userAgent: short(input.visit.userAgent),
          referrer: short(input.visit.referrer),
          ...(input.visit.ofApp ? { ofApp: true as const } : {}),
        }
      : null,
    chatId: null,
  };
}

/** What a browser says of itself is kept, but not at any length, and without what PostgreSQL cannot store. */
export function short(text: string | undefined): string | null {
  return text ? text.slice(0, 1024).replaceAll('\u0000', '') : null;
}
