import { type FieldProblem, GatehouseError } from '../../kernel/errors.ts';
import type { Place } from '../customers/places.ts';
import { plainUrl } from '../widget/url_rules.ts';

/** A text that is looked for; whole, or anywhere (docs: configuration-api#add-auto-access). */
export interface Match {
  value: string;
  exact_match?: boolean | undefined;
}

/** One of the two lists. */
export interface MatchList {
  values?: readonly Match[] | undefined;
  exclude_values?: readonly Match[] | undefined;
}

/** All that are given have to be met. */
export interface Conditions {
  url?: MatchList | undefined;
  domain?: MatchList | undefined;
  geolocation?: { values: readonly Place[] } | undefined;
}

/** Chats of customers who meet the conditions are for these groups. */
export interface AutoAccess {
  id: string;
  description: string;
  groupIds: number[];
  conditions: Conditions;
}

/** Where a customer is, as far as it is known. */
export interface Whereabouts {
  page: string | undefined;
  place: Place | undefined;
}

const MOST_VALUES = 100;

/** @throws GatehouseError `validation` for conditions that say nothing, or two things at once */
export function checkConditions(conditions: Conditions): void {
  const problems: FieldProblem[] = [];
  const report = (field: string, message: string) => void problems.push({ field, message });
  const { url, domain, geolocation } = conditions;
  if (!url && !domain && !geolocation)
    report('conditions', 'have none of url, domain and geolocation; at least one is needed.');
  for (const [name, list] of Object.entries({ url, domain })) {
    if (!list) continue;
    const { values, exclude_values: excluded } = list;
    if (values && excluded)
      report(`conditions.${name}`, 'has both values and exclude_values; they are not used together.');
    const given = values ?? excluded ?? [];
    if (given.length === 0) report(`conditions.${name}`, 'has neither values nor exclude_values in it.');
    if (given.length > MOST_VALUES)
      report(`conditions.${name}`, `has ${given.length} values; at most ${MOST_VALUES} are kept.`);
    if (given.some(({ value }) => value.trim() === ''))
      report(`conditions.${name}`, 'has an empty value, which would stand for every page.');
  }
  if (geolocation) {
    if (geolocation.values.length === 0) report('conditions.geolocation', 'has no place in it.');
    geolocation.values.forEach((place, index) => {
      if (Object.values(place).every((part) => part === undefined || part.trim() === ''))
        report(
          `conditions.geolocation.values[${index}]`,
          'has none of country, country_code, region and city.',
        );
    });
  }
  const [first] = problems;
  if (first) throw new GatehouseError('validation', `${first.field} ${first.message}`, { fields: problems });
}

/** Are all conditions met? What is not known of a customer meets none, not even one that excludes. */
export function meets({ url, domain, geolocation }: Conditions, { page, place }: Whereabouts): boolean {
  if (url && (page === undefined || !inList(url, plainUrl(page)))) return false;
  if (domain) {
    const host = page === undefined ? undefined : domainOf(page);
    if (host === undefined || !inList(domain, host)) return false;
  }
  return !geolocation || (place !== undefined && geolocation.values.some((wanted) => isAt(place, wanted)));
}

function inList({ values, exclude_values: excluded }: MatchList, text: string): boolean {
  const fits = ({ value, exact_match: exact = false }: Match) =>
    exact ? text === plainUrl(value) : text.includes(value.trim().toLowerCase());
  return values ? values.some(fits) : !(excluded ?? []).some(fits);
}

/** Of a page, without `www.`; undefined for what is no address. */
function domainOf(page: string): string | undefined {
  const text = /^[a-z][a-z\d+.-]*:\/\//i.test(page) ? page : `https://${page}`;
  if (!URL.canParse(text)) return undefined;
  return new URL(text).hostname.replace(/\.$/, '').replace(/^www\./, '');
}

function isAt(place: Place, wanted: Place): boolean {
  return (['country', 'country_code', 'region', 'city'] as const).every((part) => {
    const value = wanted[part]?.trim();
    return !value || value.toLowerCase() === place[part]?.toLowerCase();
  });
}

/**
 * The rule goes before another one, or to the end (docs: configuration-api#update-auto-access, `next_id`).
 * @param nextId empty for the end
 * @throws GatehouseError `validation` when there is no rule to go before
 */
export function placed(
  rules: readonly AutoAccess[],
  rule: AutoAccess,
  nextId: string | undefined,
): AutoAccess[] {
  const present = rules.findIndex(({ id }) => id === rule.id);
  if (nextId === undefined && present >= 0) return rules.with(present, rule);
  const others = rules.filter(({ id }) => id !== rule.id);
  if (!nextId) return [...others, rule];
  const place = others.findIndex(({ id }) => id === nextId);
  if (place < 0) {
    const message = 'is the id of no other rule. list_auto_accesses names them; empty stands for the end.';
    throw new GatehouseError('validation', `next_id ${message}`, { fields: [{ field: 'next_id', message }] });
  }
  return others.toSpliced(place, 0, rule);
}
