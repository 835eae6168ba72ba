import type { FieldProblem } from '../../kernel/errors.ts';
import { addressKind } from '../../kernel/ip_address.ts';
import { textProblem } from '../customers/field_rules.ts';
import {
  type AdditionalData,
  additionalDataOf,
  filtersOf,
  type WebhookAction,
  type WebhookFilter,
} from './actions.ts';
import type { IdFilter, WebhookFilters } from './webhook.ts';

/** Docs: configuration-api#register-webhook. */
export const LONGEST_URL = 500;
/** Of one action, for each app (docs: the same page, "There's a limit of three webhooks"). */
export const MOST_OF_AN_ACTION = 3;

export interface WebhookForm {
  action: WebhookAction;
  url: string;
  secretKey: string;
  description: string;
  additionalData: AdditionalData[];
  filters: WebhookFilters;
}

/** What is wrong with a webhook that is to be registered. */
export function webhookProblems(form: WebhookForm, allowLoopback: boolean): FieldProblem[] {
  const { action, additionalData, filters, secretKey, description } = form;
  const problems: FieldProblem[] = [];
  const say = (field: string, message: string | undefined) => {
    if (message) problems.push({ field, message });
  };
  say('url', urlProblem(form.url, allowLoopback));
  say('secret_key', secretKey === '' ? 'is empty.' : textProblem(secretKey, 255));
  say('description', textProblem(description, 1024));
  const sendable = additionalDataOf(action);
  for (const name of additionalData)
    if (!sendable.includes(name)) say('additional_data', `"${name}" is not sent along with ${action}.`);
  const taken = filtersOf(action);
  for (const [name, value] of Object.entries(filters))
    if (value !== undefined && !taken.includes(name as WebhookFilter))
      say(`filters.${name}`, `is no filter of ${action}, which takes ${taken.join(', ')}.`);
  say('filters.chat_presence.user_ids', idsProblem(filters.chat_presence?.user_ids));
  say('filters.agent_ids', idsProblem(filters.agent_ids));
  return problems;
}

function idsProblem(ids: IdFilter | undefined): string | undefined {
  if (!ids) return undefined;
  const { values, exclude_values: excluded } = ids;
  if ((values === undefined) === (excluded === undefined))
    return 'takes one of values and exclude_values, not both and not neither.';
  return (values ?? excluded ?? []).length === 0 ? 'names nobody.' : undefined;
}

/**
 * Where a webhook may go. What a name resolves to is looked at again with each delivery; here is refused what can
 * be told from the text.
 * @param allowLoopback development mode: this machine may be reached, by http, too
 */
export function urlProblem(text: string, allowLoopback: boolean): string | undefined {
  const problem = textProblem(text, LONGEST_URL);
  if (problem) return problem;
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol)) return 'must be an https address.';
  if (url.username !== '' || url.password !== '')
    return 'holds a user name or password. The receiver knows the server by secret_key.';
  if (url.hash !== '') return 'has a fragment (#), which is never sent.';
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
  const literal = host.includes(':') || /^[\d.]+$/.test(host);
  const local = /(^|\.)localhost$/.test(host);
  const kind = local ? 'loopback' : literal ? addressKind(host) : 'public';
  if (kind === 'loopback' && allowLoopback) return undefined;
  if (kind !== 'public')
    return `${host} is not an address of the public internet. Webhooks are not sent into private networks${
      kind === 'loopback' ? '; a server in development mode reaches its own machine' : ''
    }.`;
  if (!literal && !host.includes('.')) return `${host} is not a name of the public internet.`;
  if (url.protocol !== 'https:')
    return 'must be an https address: what is sent holds your secret key and what customers write.';
  return url.port === '' ? undefined : `names the port ${url.port}; webhooks go to the default port, 443.`;
}
