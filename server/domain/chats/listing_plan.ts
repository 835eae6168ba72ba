import { GatehouseError } from '../../kernel/errors.ts';
import type { PropertyFilters } from '../../wire/properties.ts';
import type { AgentActor } from './actors.ts';
import { EVERYBODY, type ListState, listStates } from './chat.ts';
import { listKey } from './listing.ts';

/** What List Chats may be asked for, as it arrives. */
export interface ChatFilters {
  active?: boolean | null | undefined;
  include_chats_without_threads?: boolean | null | undefined;
  group_ids?: number[] | null | undefined;
  properties?: PropertyFilters | null | undefined;
}

/** A chat meets it when it is in one of the lists, or in none of them. */
export type Clause = { anyOf: string[] } | { noneOf: string[] };

/** A question to the lists: chats in one of `states` that meet all clauses. At least one clause is an `anyOf`. */
export interface ListingPlan {
  states: ListState[];
  clauses: Clause[];
}

const PROPERTY_FILTERS_LIMIT = 20;

/**
 * Turns reach and filters into lists. Pure: the same question gives the same plan.
 * @throws GatehouseError `validation` for a property filter that says not exactly one thing
 */
export function planListing(
  actor: Pick<AgentActor, 'agentId' | 'reach' | 'groupIds'>,
  filters: ChatFilters,
): ListingPlan {
  const clauses: Clause[] = [];
  const groups = filters.group_ids?.length
    ? [...new Set(filters.group_ids)].sort((a, b) => a - b)
    : undefined;
  if (groups) clauses.push({ anyOf: groups.map(listKey.group) });

  if (actor.reach === 'my') clauses.push({ anyOf: [listKey.agent(actor.agentId)] });
  if (actor.reach === 'access') {
    const visible = new Set([EVERYBODY, ...actor.groupIds]);
    // Groups that the caller sees anyway need no second look at each chat.
    if (!groups?.every((id) => visible.has(id))) {
      const lists = [...visible].sort((a, b) => a - b).map(listKey.group);
      clauses.push({ anyOf: [...lists, listKey.agent(actor.agentId)] });
    }
  }
  clauses.push(...propertyClauses(filters.properties ?? {}));
  if (!clauses.some((clause) => 'anyOf' in clause)) clauses.unshift({ anyOf: [listKey.all] });
  return { states: statesOf(filters), clauses };
}

function statesOf(filters: ChatFilters): ListState[] {
  if (filters.active === true) return [listStates.active];
  const without = filters.include_chats_without_threads === false ? [] : [listStates.withoutThreads];
  return filters.active === false
    ? [listStates.inactive, ...without]
    : [listStates.active, listStates.inactive, ...without];
}

function propertyClauses(filters: PropertyFilters): Clause[] {
  const clauses: Clause[] = [];
  for (const [namespace, names] of Object.entries(filters)) {
    for (const [name, filter] of Object.entries(names)) {
      const field = `filters.properties.${namespace}.${name}`;
      const { exists, values, exclude_values: excluded } = filter;
      if ([exists, values, excluded].filter((part) => part !== undefined).length !== 1)
        throw invalid(field, 'Give exactly one of exists, values and exclude_values.');
      const lists = [
        ...new Set((values ?? excluded ?? []).map((v) => listKey.propertyValue(namespace, name, v))),
      ];
      if (values) clauses.push({ anyOf: lists });
      else if (excluded) clauses.push({ noneOf: lists });
      else if (exists) clauses.push({ anyOf: [listKey.property(namespace, name)] });
      else clauses.push({ noneOf: [listKey.property(namespace, name)] });
    }
  }
  if (clauses.length > PROPERTY_FILTERS_LIMIT)
    throw invalid(
      'filters.properties',
      `At most ${PROPERTY_FILTERS_LIMIT} properties can be asked for at once.`,
    );
  return clauses;
}

/** Does a chat with these list keys meet the clauses? */
export function meets(keys: ReadonlySet<string>, clauses: readonly Clause[]): boolean {
  return clauses.every((clause) =>
    'anyOf' in clause
      ? clause.anyOf.some((key) => keys.has(key))
      : !clause.noneOf.some((key) => keys.has(key)),
  );
}

function invalid(field: string, message: string): GatehouseError {
  return new GatehouseError('validation', `${field}: ${message}`, { fields: [{ field, message }] });
}

/** The lists that a clause reads. */
export function listsOf(clause: Clause): string[] {
  return 'anyOf' in clause ? clause.anyOf : [];
}
