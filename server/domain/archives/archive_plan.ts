import type { Micros } from '../../kernel/clock.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import { parseTimestamp } from '../../kernel/timestamp.ts';
import type { AgentActor } from '../chats/actors.ts';
import type {
  ArchiveFilters,
  FormFilter,
  GroupsFilter,
  TimedFilter,
  ValueFilter,
} from './archive_filters.ts';
import type { Clause } from './archive_store.ts';
import { type ArchivedThread, answersOf, type Kind, ownGroups, term } from './document.ts';
import { wordsOf } from './words.ts';

/** A question to the archives: what the index answers, and what has to be looked up in each thread it gives. */
export interface ArchivePlan {
  clauses: Clause[];
  from: Micros | undefined;
  to: Micros | undefined;
  checks: ((archived: ArchivedThread) => boolean)[];
  words: ReadonlySet<string>;
}

const QUERY_WORDS = 32;

/**
 * Turns reach and filters into terms. Pure: the same question gives the same plan.
 * @throws GatehouseError `validation` naming the filter
 */
export function planArchives(
  actor: Pick<AgentActor, 'agentId' | 'reach' | 'groupIds'>,
  filters: ArchiveFilters,
): ArchivePlan {
  const clauses: Clause[] = [];
  const checks: ArchivePlan['checks'] = [];
  if (actor.reach !== 'all') {
    const groups = actor.reach === 'access' ? ownGroups(actor.groupIds) : [];
    clauses.push({ anyOf: [...groups.map((id) => term.of('group', id)), term.of('agent', actor.agentId)] });
  }
  const words = wordsOf(filters.query ?? '');
  if (words.size > QUERY_WORDS)
    throw invalid('filters.query', `${words.size} words; at most ${QUERY_WORDS} can be looked for at once.`);
  for (const word of words) clauses.push({ anyOf: [term.word(word)] });
  // Nothing but punctuation is in no text.
  if (words.size === 0 && filters.query?.trim()) clauses.push({ noneOf: [term.any] });

  const anyOf = (values: readonly (string | number)[] | undefined, kind: Kind) => {
    if (values && values.length > 0) clauses.push({ anyOf: values.map((value) => term.of(kind, value)) });
  };
  anyOf(filters.chat_ids, 'chat');
  anyOf(filters.group_ids, 'group');
  if (filters.customer_id !== undefined) anyOf([filters.customer_id.toLowerCase()], 'customer');
  if (filters.customer_email !== undefined) anyOf([filters.customer_email.trim().toLowerCase()], 'email');

  for (const [name, kind] of VALUE_KINDS)
    if (filters[name]) clauses.push(...valueClauses(`filters.${name}`, kind, filters[name]));
  if (filters.customer_countries)
    clauses.push(
      ...valueClauses('filters.customer_countries', 'country', upperCase(filters.customer_countries)),
    );
  if (filters.event_types)
    clauses.push(...valueClauses('filters.event_types', 'event_type', filters.event_types));
  for (const [namespace, names] of Object.entries(filters.properties ?? {}))
    for (const [name, filter] of Object.entries(names))
      clauses.push(...propertyClauses(`filters.properties.${namespace}.${name}`, namespace, name, filter));
  for (const [index, form] of (filters.forms ?? []).entries())
    planForm(form, `filters.forms[${index}]`, clauses, checks);
  if (filters.greetings) clauses.push(...greetingClauses(filters.greetings));
  if (filters.agent_response) clauses.push(...responseClauses(filters.agent_response));
  if (filters.agent_types) clauses.push(...agentTypeClauses(filters.agent_types));
  return { clauses, checks, words, ...readSpan(filters, 'filters') };
}

const VALUE_KINDS = [
  ['agents', 'agent'],
  ['tags', 'tag'],
  ['sales', 'sale'],
  ['goals', 'goal'],
] as const;

type Value = string | number | boolean;

/** One of `exists`, `values`, `exclude_values` (docs: agent-chat-api#list-archives). */
function valueClauses(field: string, kind: Kind, filter: ValueFilter<Value>): Clause[] {
  const { exists, values, exclude_values: excluded, require_every_value: every = false } = filter;
  if ([exists, values, excluded].filter((part) => part !== undefined).length !== 1)
    throw invalid(field, 'Give exactly one of exists, values and exclude_values.');
  if (exists !== undefined) return [exists ? { anyOf: [term.of(kind)] } : { noneOf: [term.of(kind)] }];
  const terms = [...new Set(values ?? excluded)].map((value) => term.of(kind, value));
  if (values) return every ? terms.map((one) => ({ anyOf: [one] })) : [{ anyOf: terms }];
  return [every ? { notAllOf: terms } : { noneOf: terms }];
}

function propertyClauses(
  field: string,
  namespace: string,
  name: string,
  filter: ValueFilter<Value>,
): Clause[] {
  const { exists, values, exclude_values: excluded } = filter;
  if ([exists, values, excluded].filter((part) => part !== undefined).length !== 1)
    throw invalid(field, 'Give exactly one of exists, values and exclude_values.');
  const has = [term.of('property', namespace, name)];
  if (exists !== undefined) return [exists ? { anyOf: has } : { noneOf: has }];
  const terms = (values ?? excluded ?? []).map((value) => term.of('property', namespace, name, value));
  return [values ? { anyOf: terms } : { noneOf: terms }];
}

/** `values` and `exclude_values` of groups or agents, in either of which a thread may have to be. */
function listed(kind: Kind, filter: GroupsFilter | undefined): Clause[] {
  const clauses: Clause[] = [];
  if (filter?.values) clauses.push({ anyOf: filter.values.map((value) => term.of(kind, value)) });
  if (filter?.exclude_values)
    clauses.push({ noneOf: filter.exclude_values.map((value) => term.of(kind, value)) });
  return clauses;
}

function planForm(form: FormFilter, field: string, clauses: Clause[], checks: ArchivePlan['checks']): void {
  const kind = form.type ?? '';
  const filled = [term.of('form', kind)];
  clauses.push(form.exists === false ? { noneOf: filled } : { anyOf: filled });
  if (form.values) clauses.push({ anyOf: form.values.map((id) => term.of('form_answer', kind, id)) });
  if (form.exclude_values)
    clauses.push({ noneOf: form.exclude_values.map((id) => term.of('form_answer', kind, id)) });
  clauses.push(...listed('group', form.groups));
  const { from, to } = readSpan(form, field);
  if (form.exists === false || (from === undefined && to === undefined)) return;
  checks.push(({ events }) =>
    events.some(
      ({ type, content, createdAt, deletedAt }) =>
        type === 'filled_form' &&
        deletedAt === null &&
        (kind === '' || String(content.form_type ?? '').replace(/^(pre|post)chat$/, '$1_chat') === kind) &&
        createdAt >= (from ?? 0) &&
        createdAt <= (to ?? Number.MAX_SAFE_INTEGER) &&
        (!form.values || answersOf(content).some((id) => form.values?.includes(id))),
    ),
  );
}

/** No greeting is noted with a thread yet: asked for one, nothing is found. */
function greetingClauses(filter: NonNullable<ArchiveFilters['greetings']>): Clause[] {
  const span = readSpan(filter, 'filters.greetings');
  const any = [term.of('greeting')];
  const wanted = filter.exists ?? (span.from !== undefined || span.to !== undefined ? true : undefined);
  const clauses: Clause[] = wanted === undefined ? [] : [wanted ? { anyOf: any } : { noneOf: any }];
  return [...clauses, ...listed('greeting', filter), ...listed('group', filter.groups)];
}

function responseClauses(filter: NonNullable<ArchiveFilters['agent_response']>): Clause[] {
  const first = filter.first ?? false;
  const [kind, groupKind]: [Kind, Kind] = first
    ? ['first_response', 'first_response_group']
    : ['response', 'response_group'];
  const any = [term.of(kind)];
  const clauses: Clause[] =
    filter.exists === undefined ? [] : [filter.exists ? { anyOf: any } : { noneOf: any }];
  return [...clauses, ...listed(kind, filter.agents), ...listed(groupKind, filter.groups)];
}

function agentTypeClauses(filter: NonNullable<ArchiveFilters['agent_types']>): Clause[] {
  const { all_values: all = [], any_values: any = [], exclude_values: excluded = [] } = filter;
  const named = [...all, ...any, ...excluded];
  if (new Set(named).size !== named.length)
    throw invalid('filters.agent_types', 'Each type can be named once in all of its lists.');
  const clauses: Clause[] = all.map((type) => ({ anyOf: [term.of('agent_type', type)] }));
  if (any.length > 0) clauses.push({ anyOf: any.map((type) => term.of('agent_type', type)) });
  if (excluded.length > 0) clauses.push({ noneOf: excluded.map((type) => term.of('agent_type', type)) });
  return clauses;
}

function upperCase(filter: ValueFilter<string>): ValueFilter<string> {
  const up = (values: string[] | undefined) => values?.map((value) => value.toUpperCase());
  return { ...filter, values: up(filter.values), exclude_values: up(filter.exclude_values) };
}

function readSpan(filter: TimedFilter, field: string): { from: Micros | undefined; to: Micros | undefined } {
  const from = readTime(filter.from, `${field}.from`);
  const to = readTime(filter.to, `${field}.to`);
  if (from !== undefined && to !== undefined && from > to)
    throw invalid(`${field}.from`, `Lies after ${field}.to, so that nothing can be between them.`);
  return { from, to };
}

function readTime(text: string | undefined, field: string): Micros | undefined {
  if (text === undefined) return undefined;
  const time = parseTimestamp(text);
  if (time !== undefined) return time;
  throw invalid(field, `"${text.slice(0, 40)}" is not an RFC 3339 time such as 2026-01-31T07:11:28.288340Z.`);
}

/** Does a thread with these terms meet the clauses? */
export function meetsTerms(terms: ReadonlySet<string>, clauses: readonly Clause[]): boolean {
  return clauses.every((clause) => {
    if ('anyOf' in clause) return clause.anyOf.some((one) => terms.has(one));
    if ('noneOf' in clause) return !clause.noneOf.some((one) => terms.has(one));
    return !clause.notAllOf.every((one) => terms.has(one));
  });
}

export function invalid(field: string, message: string): GatehouseError {
  return new GatehouseError('validation', `${field}: ${message}`, { fields: [{ field, message }] });
}
