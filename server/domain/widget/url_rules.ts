/** How a page's address is compared. */
export const urlOperators = ['equals', 'doesnt_equal', 'contains', 'doesnt_contain'] as const;
export type UrlOperator = (typeof urlOperators)[number];

export interface UrlRule {
  url: string;
  operator: UrlOperator;
}

/** Addresses are the same whether or not they say `https://www.` before and `/` after. */
export function plainUrl(url: string): string {
  return url
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/^www\./, '')
    .replace(/\/+$/, '');
}

export function matchesUrl({ url, operator }: UrlRule, page: string): boolean {
  const [wanted, here] = [plainUrl(url), plainUrl(page)];
  switch (operator) {
    case 'equals':
      return here === wanted;
    case 'doesnt_equal':
      return here !== wanted;
    case 'contains':
      return here.includes(wanted);
    case 'doesnt_contain':
      return !here.includes(wanted);
  }
}

/** Is the page on one of the domains, or below one? Without domains every page is. */
export function onTrustedDomain(domains: readonly string[], page: string | undefined): boolean {
  if (domains.length === 0 || page === undefined) return true;
  const text = /^[a-z][a-z\d+.-]*:\/\//i.test(page) ? page : `https://${page}`;
  if (!URL.canParse(text)) return false;
  const host = new URL(text).hostname.replace(/\.$/, '');
  return domains.some((domain) => host === domain || host.endsWith(`.${domain}`));
}
