import { type Micros, seconds } from '../../kernel/clock.ts';
import type { Customer, CustomerLastVisit } from '../chats/customer.ts';
import { short } from '../chats/customers.ts';

/** Somebody who was not heard of for so long is on a new visit. */
const VISIT_ENDS_AFTER = seconds(30 * 60);
/** The newest pages that a visit remembers. */
const MOST_PAGES = 10;

/** What a request of the customer's own says of where they are. */
export interface Sighting {
  ip: string | null;
  userAgent: string | null;
  referrer: string | null;
  /** A browser says the page's origin; an app's server has none to say. */
  fromBrowser: boolean;
}

/** The customer, seen now: their visit goes on, or a new one begins. */
export function seen(customer: Customer, sighting: Sighting, now: Micros): Customer {
  const { lastVisit: last, statistics } = customer;
  const since = last ? (last.seenAt ?? last.startedAt) : undefined;
  if (last && since !== undefined && now - since <= VISIT_ENDS_AFTER) {
    const { startedAt, endedAt, pages, pageViews } = last;
    const goesOn = {
      startedAt,
      endedAt,
      seenAt: now,
      ...(pages ? { pages } : {}),
      ...(pageViews === undefined ? {} : { pageViews }),
    };
    return { ...customer, lastVisit: { ...goesOn, ...whereabouts(sighting, last) } };
  }
  return {
    ...customer,
    statistics: { ...statistics, visits: statistics.visits + 1 },
    lastVisit: { startedAt: now, endedAt: null, ...whereabouts(sighting, last) },
  };
}

type Whereabouts = Pick<CustomerLastVisit, 'ip' | 'userAgent' | 'referrer' | 'ofApp'>;

/** An app's server that speaks for a customer does not put its address over the customer's own. */
function whereabouts(sighting: Sighting, known: CustomerLastVisit | null): Whereabouts {
  if (known && !sighting.fromBrowser) {
    const { ip, userAgent, referrer, ofApp } = known;
    return { ip, userAgent, referrer, ...(ofApp ? { ofApp } : {}) };
  }
  return {
    ip: short(sighting.ip ?? undefined),
    userAgent: short(sighting.userAgent ?? undefined),
    referrer: short(sighting.referrer ?? undefined) ?? known?.referrer ?? null,
  };
}

/** The customer opens a page of their present visit. */
export function onPage(customer: Customer, url: string, now: Micros): Customer {
  const { lastVisit, statistics } = customer;
  if (!lastVisit) return customer;
  const pages = [...(lastVisit.pages ?? []), { openedAt: now, url }].slice(-MOST_PAGES);
  return {
    ...customer,
    statistics: { ...statistics, pageViews: statistics.pageViews + 1 },
    lastVisit: { ...lastVisit, pages, pageViews: (lastVisit.pageViews ?? lastVisit.pages?.length ?? 0) + 1 },
  };
}
