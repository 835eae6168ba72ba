import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type GreetedVisit, meetsRules } from './greeting_match.ts';
import { type GreetingRule, ruleProblems } from './greeting_rules.ts';

const SECOND = 1_000_000;
const NOW = 1_780_000_000 * SECOND;

const visit: GreetedVisit = {
  now: NOW,
  startedAt: NOW - 100 * SECOND,
  pages: [
    { openedAt: NOW - 100 * SECOND, url: 'https://shop.example/?gclid=1&utm_campaign=May' },
    { openedAt: NOW - 60 * SECOND, url: 'https://shop.example/shoes' },
    { openedAt: NOW - 30 * SECOND, url: 'https://shop.example/shoes/7' },
    { openedAt: NOW - 10 * SECOND, url: 'https://www.shop.example/checkout/' },
  ],
  pageViews: 14,
  visits: 3,
  referrer: 'https://search.example/?q=Red+Shoes',
  sessionFields: [{ plan: 'pro' }],
  address: { country: 'Poland', city: 'Wrocław' },
};

type Rule = Omit<GreetingRule, 'condition'>;
const rule = (
  type: Rule['type'],
  operator?: Rule['operator'],
  value?: string,
  more: Partial<Rule> = {},
): Rule => ({ type, ...(operator ? { operator } : {}), ...(value === undefined ? {} : { value }), ...more });
const urls = (...list: string[]) => ({ urls: list.map((url) => ({ url, operator: 'contains' as const })) });

describe('the rules of greetings', () => {
  const held: Rule[] = [
    rule('visit_time_site', 'greater_than', '99'),
    rule('visit_time_site', 'equals', '100'),
    rule('visit_time_page', 'lower_or_equal', '10'),
    rule('url_current', 'equals', 'shop.example/checkout'),
    rule('url_current', 'doesnt_contain', 'shoes'),
    rule('url_visited', 'contains', '/shoes'),
    rule('url_visited', 'doesnt_contain', 'admin'),
    rule('url_funnel', undefined, undefined, urls('/shoes', '/checkout')),
    rule('url_funnel', undefined, undefined, urls('/checkout')),
    rule('pages_view_number', 'greater_or_equal', '14'),
    rule('visits_number', 'doesnt_equal', '1'),
    rule('url_referrer', 'contains', 'search.example'),
    rule('geolocation', 'equals', 'poland'),
    rule('geolocation', 'doesnt_contain', 'berlin'),
    rule('search_keyword', 'contains', 'shoes'),
    rule('custom_variable', undefined, undefined, { session_field: { plan: 'pro' } }),
    rule('ads_traffic', undefined, undefined, { session_field: { google: 'May' } }),
    rule('ads_traffic', undefined, undefined, { session_field: { google: '' } }),
    rule('url_match_page_view_number', 'equals', '2', urls('/shoes')),
  ];
  for (const one of held)
    it(`hold: ${JSON.stringify(one)}`, () => {
      assert.deepEqual(ruleProblems([{ condition: 'and', ...one }]), []);
      assert.ok(meetsRules([{ condition: 'and', ...one }], visit));
    });

  const broken: Rule[] = [
    rule('visit_time_site', 'lower_than', '100'),
    rule('visit_time_page', 'greater_than', '10'),
    rule('url_current', 'contains', 'shoes'),
    rule('url_visited', 'doesnt_contain', 'shoes'),
    rule('url_funnel', undefined, undefined, urls('/checkout', '/shoes')),
    rule('url_funnel', undefined, undefined, urls('/shoes')),
    rule('url_funnel', undefined, undefined, urls('/cart', '/checkout')),
    rule('visits_number', 'equals', '4'),
    rule('url_referrer', 'doesnt_contain', 'search'),
    rule('geolocation', 'contains', 'berlin'),
    rule('search_keyword', 'equals', 'shoes'),
    rule('custom_variable', undefined, undefined, { session_field: { plan: 'free' } }),
    rule('ads_traffic', undefined, undefined, { session_field: { google: 'June' } }),
    rule('ads_traffic', undefined, undefined, { session_field: { yahoo: '' } }),
    rule('url_match_page_view_number', 'greater_than', '2', urls('/shoes')),
  ];
  for (const one of broken)
    it(`do not hold: ${JSON.stringify(one)}`, () => {
      assert.deepEqual(ruleProblems([{ condition: 'and', ...one }]), []);
      assert.ok(!meetsRules([{ condition: 'and', ...one }], visit));
    });

  it('must all hold that say "and", and one that says "or"', () => {
    const [yes, no] = [rule('visits_number', 'equals', '3'), rule('visits_number', 'equals', '9')];
    const and = (one: Rule) => ({ condition: 'and' as const, ...one });
    const or = (one: Rule) => ({ condition: 'or' as const, ...one });
    assert.ok(meetsRules([], visit));
    assert.ok(!meetsRules([and(yes), and(no)], visit));
    assert.ok(meetsRules([and(yes), or(no), or(yes)], visit));
    assert.ok(!meetsRules([and(yes), or(no)], visit));
    assert.ok(!meetsRules([and(no), or(yes)], visit));
  });

  const wrong: [string, Rule, RegExp][] = [
    ['901 seconds', rule('visit_time_site', 'equals', '901'), /rules\[0\]\.value: must be 0 to 900/],
    ['seconds that are no number', rule('visit_time_page', 'equals', 'soon'), /no whole number/],
    ['a value left out', rule('url_current', 'equals'), /value: is required/],
    ['an operator left out', rule('url_current', undefined, 'x'), /operator: is required/],
    ['numbers that contain something', rule('visits_number', 'contains', '1'), /possible here: equals/],
    ['texts that are greater', rule('url_current', 'greater_than', 'x'), /possible here: equals/],
    ['a funnel without addresses', rule('url_funnel'), /urls: must hold 1 to 10/],
    ['addresses that nobody asked for', rule('url_current', 'equals', 'x', urls('y')), /urls: is not taken/],
    ['no session field', rule('custom_variable'), /session_field: must be an object with one key/],
    [
      'two session fields',
      rule('custom_variable', undefined, undefined, { session_field: { a: '1', b: '2' } }),
      /one key and its value; 2 came/,
    ],
    [
      'an unknown network',
      rule('ads_traffic', undefined, undefined, { session_field: { bing: '' } }),
      /none of the networks/,
    ],
  ];
  for (const [what, one, words] of wrong)
    it(`are refused with ${what}`, () => {
      const [problem] = ruleProblems([{ condition: 'and', ...one }]);
      assert.match(`${problem?.field}: ${problem?.message}`, words);
    });
});
