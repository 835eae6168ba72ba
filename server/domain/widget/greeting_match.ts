import { type Micros, seconds } from '../../kernel/clock.ts';
import type { Customer, CustomerAddress, VisitedPage } from '../chats/customer.ts';
import type { SessionFields } from '../customers/session_fields.ts';
import type { AdNetwork, GreetingOperator, GreetingRule } from './greeting_rules.ts';
import { matchesUrl, type UrlOperator } from './url_rules.ts';

/** What rules of greetings look at: a customer's present visit. */
export interface GreetedVisit {
  now: Micros;
  startedAt: Micros;
  /** The newest last. */
  pages: readonly VisitedPage[];
  /** How many pages the visit has had; more than `pages` remembers. */
  pageViews: number;
  visits: number;
  referrer: string | null;
  sessionFields: readonly Record<string, string>[];
  address: CustomerAddress | null;
}

/**
 * @param more session fields that the page says beside those that are kept
 * @returns undefined where nothing was heard of the customer yet
 */
export function visitOf(customer: Customer, now: Micros, more: SessionFields = []): GreetedVisit | undefined {
  const { lastVisit, statistics, sessionFields, address } = customer;
  if (!lastVisit) return undefined;
  const pages = lastVisit.pages ?? [];
  return {
    now,
    startedAt: lastVisit.startedAt,
    pages,
    pageViews: lastVisit.pageViews ?? pages.length,
    visits: statistics.visits,
    referrer: lastVisit.referrer,
    sessionFields: [...sessionFields, ...more],
    address,
  };
}

/**
 * Does the visit meet the rules? All that say `and`, and one of those that say `or`
 * (docs: configuration-api#create-greeting). A greeting without rules is for everybody.
 */
export function meetsRules(rules: readonly GreetingRule[], visit: GreetedVisit): boolean {
  const all = rules.filter(({ condition }) => condition === 'and');
  const any = rules.filter(({ condition }) => condition === 'or');
  return (
    all.every((rule) => meets(rule, visit)) && (any.length === 0 || any.some((rule) => meets(rule, visit)))
  );
}

function meets(rule: GreetingRule, visit: GreetedVisit): boolean {
  const { pages, now } = visit;
  const current = pages.at(-1);
  switch (rule.type) {
    case 'visit_time_site':
      return compares(rule, (now - visit.startedAt) / seconds(1));
    case 'visit_time_page':
      return compares(rule, (now - (current?.openedAt ?? visit.startedAt)) / seconds(1));
    case 'pages_view_number':
      return compares(rule, visit.pageViews);
    case 'visits_number':
      return compares(rule, visit.visits);
    case 'url_current':
      return current !== undefined && matches(rule, [current.url]);
    case 'url_visited':
      return matches(
        rule,
        pages.map(({ url }) => url),
      );
    case 'url_funnel':
      return isFunnel(rule.urls ?? [], pages);
    case 'url_match_page_view_number':
      return compares(
        rule,
        pages.filter(({ url }) => (rule.urls ?? []).some((wanted) => isAddress(wanted, url))).length,
      );
    case 'url_referrer':
      return matches(rule, visit.referrer === null ? [] : [visit.referrer]);
    case 'geolocation':
      return matchesText(rule, placesOf(visit.address));
    case 'search_keyword':
      return matchesText(rule, searchedFor(visit.referrer));
    case 'custom_variable':
      return Object.entries(rule.session_field ?? {}).every(([key, value]) =>
        visit.sessionFields.some((field) => Object.hasOwn(field, key) && field[key] === value),
      );
    case 'ads_traffic':
      return Object.entries(rule.session_field ?? {}).every(([network, campaign]) =>
        pages.some(({ url }) => cameByAd(url, network as AdNetwork, campaign)),
      );
  }
}

function compares({ operator, value }: GreetingRule, actual: number): boolean {
  const wanted = Number(value);
  switch (operator) {
    case 'equals':
      return Math.floor(actual) === wanted;
    case 'doesnt_equal':
      return Math.floor(actual) !== wanted;
    case 'lower_than':
      return actual < wanted;
    case 'lower_or_equal':
      return actual <= wanted;
    case 'greater_than':
      return actual > wanted;
    case 'greater_or_equal':
      return actual >= wanted;
    default:
      return false;
  }
}

const denies = (operator: GreetingOperator | undefined): boolean => operator?.startsWith('doesnt') ?? false;

/** One of the addresses fits; with `doesnt_…`, none of them is the one that is meant. */
function matches({ operator, value = '' }: GreetingRule, urls: readonly string[]): boolean {
  const wanted = { url: value, operator: operator ?? 'equals' };
  return denies(operator)
    ? urls.every((url) => isAddress(wanted, url))
    : urls.some((url) => isAddress(wanted, url));
}

function isAddress({ url, operator }: { url: string; operator: GreetingOperator }, page: string): boolean {
  return matchesUrl({ url, operator: operator as UrlOperator }, page);
}

function matchesText({ operator, value = '' }: GreetingRule, texts: readonly string[]): boolean {
  const wanted = value.trim().toLowerCase();
  const has = texts.some((text) =>
    operator === 'equals' || operator === 'doesnt_equal' ? text === wanted : text.includes(wanted),
  );
  return denies(operator) ? !has : has;
}

/** The pages were opened in this order, others perhaps between them, and the last is the one that is open. */
function isFunnel(wanted: NonNullable<GreetingRule['urls']>, pages: readonly VisitedPage[]): boolean {
  const last = wanted.at(-1);
  const open = pages.at(-1);
  if (!last || !open || !isAddress(last, open.url)) return false;
  let next = 0;
  for (const { url } of pages.slice(0, -1)) {
    const step = wanted[next];
    if (step && next < wanted.length - 1 && isAddress(step, url)) next += 1;
  }
  return next === wanted.length - 1;
}

/** What is known of where the customer is: their own address, since none is looked up by their IP. */
function placesOf(address: CustomerAddress | null): string[] {
  return [address?.country, address?.state, address?.city].flatMap((place) =>
    place === undefined || place === '' ? [] : [place.toLowerCase()],
  );
}

/** Parameters by which search engines say what was asked. */
const SEARCH_PARAMETERS = ['q', 'query', 'p', 'wd', 'text'];

function searchedFor(referrer: string | null): string[] {
  const url = referrer === null ? null : URL.parse(referrer);
  return SEARCH_PARAMETERS.flatMap((name) => url?.searchParams.getAll(name) ?? []).map((text) =>
    text.trim().toLowerCase(),
  );
}

/** Parameters that networks add to the address of who clicks an advertisement. */
const CLICK_IDS: Record<AdNetwork, readonly string[]> = {
  microsoft: ['msclkid'],
  facebook: ['fbclid'],
  google: ['gclid', 'gbraid', 'wbraid'],
  twitter: ['twclid'],
  yahoo: ['yclid'],
};

function cameByAd(page: string, network: AdNetwork, campaign: string): boolean {
  const parameters = URL.parse(page)?.searchParams;
  if (!parameters) return false;
  const source = parameters.get('utm_source')?.toLowerCase();
  if (source !== network && !CLICK_IDS[network].some((name) => parameters.has(name))) return false;
  return campaign === '' || parameters.get('utm_campaign') === campaign;
}
