import { type FieldProblem, GatehouseError } from '../../kernel/errors.ts';
import { textProblem } from '../customers/field_rules.ts';
import type { UrlRule } from './url_rules.ts';

/** A picture or words that open the chat. */
export interface WidgetButton {
  id: string;
  type: 'image' | 'text';
  online_value: string;
  offline_value: string;
}

/** What an organization, or one of its groups, decided about the widget; what is absent is as one level above. */
export interface WidgetSettings {
  /** Of the phrases: `en`, `pt-BR` … */
  language?: string;
  /** Domains on which the widget may be; none: everywhere. */
  trustedDomains?: string[];
  buttons?: WidgetButton[];
  /** Which group a page belongs to, where the page does not say; the first that matches. */
  urlGroups?: (UrlRule & { groupId: number })[];
  /** What is said before a chat; without one it is the phrase. */
  welcomeMessage?: string;
}

export const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}$/;
const DOMAIN = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const MOST_RULES = 100;
const LONGEST_TEXT = 2048;

/** @throws GatehouseError `validation` */
export function checkSettings(settings: WidgetSettings, groups: readonly number[]): void {
  const problems: FieldProblem[] = [];
  const report = (field: string, message: string | undefined) => {
    if (message) problems.push({ field, message });
  };
  const { language, trustedDomains = [], buttons = [], urlGroups = [], welcomeMessage = '' } = settings;
  if (language !== undefined && !LANGUAGE.test(language))
    report('language', `is no language such as en or pt-BR: "${language.slice(0, 20)}".`);
  report('welcome_message', textProblem(welcomeMessage, LONGEST_TEXT));
  for (const [name, list] of Object.entries({ trustedDomains, buttons, urlGroups }))
    if (list.length > MOST_RULES) report(name, `has ${list.length} entries; at most ${MOST_RULES} are kept.`);
  for (const [index, domain] of trustedDomains.entries())
    if (!DOMAIN.test(domain))
      report(`trusted_domains[${index}]`, 'is no domain such as example.com, in small letters.');
  for (const [index, { online_value, offline_value }] of buttons.entries())
    report(
      `buttons[${index}]`,
      textProblem(online_value, LONGEST_TEXT) ?? textProblem(offline_value, LONGEST_TEXT),
    );
  for (const [index, { url, groupId }] of urlGroups.entries())
    report(
      `url_groups[${index}]`,
      !groups.includes(groupId)
        ? `names the group ${groupId}, which the organization does not have.`
        : textProblem(url, LONGEST_TEXT),
    );
  const [first] = problems;
  if (first) throw new GatehouseError('validation', `${first.field}: ${first.message}`, { fields: problems });
}
