import type { FieldProblem } from '../../kernel/errors.ts';
import { textProblem } from '../customers/field_rules.ts';

/** How a value is compared (docs: configuration-api#create-greeting, note 2). */
export const greetingOperators = [
  'equals',
  'doesnt_equal',
  'lower_than',
  'lower_or_equal',
  'greater_than',
  'greater_or_equal',
  'contains',
  'doesnt_contain',
] as const;
export type GreetingOperator = (typeof greetingOperators)[number];

/** What a rule may ask for beside its type; note 1 of the same page. */
interface RuleKind {
  value?: 'seconds' | 'count' | 'text';
  urls?: true;
  sessionField?: 'any' | 'network';
}

const KINDS = {
  visit_time_site: { value: 'seconds' },
  visit_time_page: { value: 'seconds' },
  url_current: { value: 'text' },
  url_visited: { value: 'text' },
  url_funnel: { urls: true },
  pages_view_number: { value: 'count' },
  url_referrer: { value: 'text' },
  geolocation: { value: 'text' },
  visits_number: { value: 'count' },
  search_keyword: { value: 'text' },
  custom_variable: { sessionField: 'any' },
  ads_traffic: { sessionField: 'network' },
  url_match_page_view_number: { value: 'count', urls: true },
} as const satisfies Record<string, RuleKind>;

export type GreetingRuleType = keyof typeof KINDS;
export const greetingRuleTypes = Object.keys(KINDS) as GreetingRuleType[];

export const adNetworks = ['microsoft', 'facebook', 'google', 'twitter', 'yahoo'] as const;
export type AdNetwork = (typeof adNetworks)[number];

/** One condition of a greeting, in the wire's spelling. */
export interface GreetingRule {
  /** `and`: must hold. `or`: of these one must hold. */
  condition: 'and' | 'or';
  type: GreetingRuleType;
  operator?: GreetingOperator | undefined;
  value?: string | undefined;
  urls?: { url: string; operator: GreetingOperator }[] | undefined;
  session_field?: Record<string, string> | undefined;
}

const LONGEST_SECONDS = 900;
const LONGEST_URL = 2048;
const LONGEST_FIELD = 255;
const MOST_URLS = 10;
const OF_TEXT: readonly GreetingOperator[] = ['equals', 'doesnt_equal', 'contains', 'doesnt_contain'];
const OF_NUMBERS: readonly GreetingOperator[] = greetingOperators.filter((one) => !one.includes('contain'));

/** What is wrong with the rules of a greeting: which type needs what, and what it cannot take. */
export function ruleProblems(rules: readonly GreetingRule[]): FieldProblem[] {
  return rules.flatMap((rule, index) =>
    problemsOf(rule).map(({ field, message }) => ({
      field: `rules[${index}].${field}`,
      message: `${message} (a rule of type ${rule.type})`,
    })),
  );
}

function problemsOf(rule: GreetingRule): FieldProblem[] {
  const kind: RuleKind = KINDS[rule.type];
  const problems: FieldProblem[] = [];
  const say = (field: string, message: string | undefined) => {
    if (message) problems.push({ field, message });
  };
  if (kind.value) {
    say('value', valueProblem(rule.value, kind.value));
    say('operator', operatorProblem(rule.operator, kind.value === 'text' ? OF_TEXT : OF_NUMBERS));
  } else {
    say('value', rule.value === undefined ? undefined : 'is not taken.');
    say('operator', rule.operator === undefined ? undefined : 'is not taken.');
  }
  if (!kind.urls) say('urls', rule.urls === undefined ? undefined : 'is not taken.');
  else if (!rule.urls || rule.urls.length === 0 || rule.urls.length > MOST_URLS)
    say('urls', `must hold 1 to ${MOST_URLS} addresses.`);
  else
    for (const [at, { url, operator }] of rule.urls.entries()) {
      say(`urls[${at}].url`, url === '' ? 'is empty.' : textProblem(url, LONGEST_URL));
      say(`urls[${at}].operator`, operatorProblem(operator, OF_TEXT));
    }
  if (kind.sessionField) say('session_field', fieldProblem(rule.session_field, kind.sessionField));
  else say('session_field', rule.session_field === undefined ? undefined : 'is not taken.');
  return problems;
}

function valueProblem(value: string | undefined, kind: 'seconds' | 'count' | 'text'): string | undefined {
  if (value === undefined || value === '') return 'is required.';
  if (kind === 'text') return textProblem(value, LONGEST_URL);
  if (!/^\d{1,9}$/.test(value)) return `"${value.slice(0, 40)}" is no whole number of 0 or more.`;
  return kind === 'seconds' && Number(value) > LONGEST_SECONDS
    ? `must be 0 to ${LONGEST_SECONDS} seconds.`
    : undefined;
}

function operatorProblem(
  operator: GreetingOperator | undefined,
  possible: readonly GreetingOperator[],
): string | undefined {
  if (operator !== undefined && possible.includes(operator)) return undefined;
  return operator === undefined
    ? `is required: one of ${possible.join(', ')}.`
    : `"${operator}" compares something else; possible here: ${possible.join(', ')}.`;
}

function fieldProblem(
  field: Record<string, string> | undefined,
  kind: 'any' | 'network',
): string | undefined {
  const entries = Object.entries(field ?? {});
  const [entry] = entries;
  if (!entry || entries.length !== 1)
    return `must be an object with one key and its value; ${entries.length} came.`;
  const [key, value] = entry;
  if (kind === 'network' && !adNetworks.includes(key as AdNetwork))
    return `"${key.slice(0, 40)}" is none of the networks ${adNetworks.join(', ')}.`;
  return key === ''
    ? 'has an empty key.'
    : (textProblem(key, LONGEST_FIELD) ?? textProblem(value, LONGEST_FIELD));
}
