import { type FieldProblem, GatehouseError } from '../../kernel/errors.ts';
import type { Properties } from '../../wire/properties.ts';
import {
  type Definitions,
  knows,
  mayUse,
  type PropertyCaller,
  type PropertyDefinition,
  type PropertyLocation,
  type PropertyRight,
  propertyLocations,
  valueProblem,
} from './definition.ts';

/** Properties with values or, for a deletion and for questions, names alone. */
export type Named = { values: Properties } | { names: Record<string, string[]> };

/** What an app or person is told by each kind of refusal. */
interface Refusals {
  /** Nobody could do it: no such property, not here, not this value. */
  wrong: FieldProblem[];
  /** Others could. */
  forbidden: FieldProblem[];
}

/**
 * Checks that a caller may use properties at a location, and that the values are possible.
 * @param catalogue definitions of all namespaces that are named and have any
 * @param field where the properties stand in the request, for the error
 * @throws GatehouseError `validation` for what nobody could do, `authorization` for what this caller may not
 */
export function needUsable(
  caller: PropertyCaller,
  catalogue: ReadonlyMap<string, Definitions>,
  location: PropertyLocation,
  written: Named,
  field: string,
  right: PropertyRight,
): void {
  const refusals: Refusals = { wrong: [], forbidden: [] };
  const named = 'values' in written ? written.values : written.names;
  for (const [namespace, entries] of Object.entries(named)) {
    const names = Array.isArray(entries) ? entries : Object.keys(entries);
    for (const name of names) {
      const path = `${field}.${namespace}.${name}`;
      const definition = catalogue.get(namespace)?.get(name);
      if (!definition || !knows(definition, caller)) {
        refusals.wrong.push({
          field: path,
          message: unknown(namespace, name, catalogue.get(namespace), caller),
        });
        continue;
      }
      check(definition, caller, { location, right }, path, refusals);
      const value = 'values' in written ? written.values[namespace]?.[name] : undefined;
      const problem = value === undefined ? undefined : valueProblem(definition, value);
      if (problem) refusals.wrong.push({ field: path, message: problem });
    }
  }
  for (const code of ['validation', 'authorization'] as const) {
    const problems = code === 'validation' ? refusals.wrong : refusals.forbidden;
    const [first] = problems;
    if (first) throw new GatehouseError(code, `${first.field}: ${first.message}`, { fields: problems });
  }
}

const DONE: Record<PropertyRight, string> = { read: 'read', write: 'set' };

function check(
  definition: PropertyDefinition,
  caller: PropertyCaller,
  { location, right }: { location: PropertyLocation; right: PropertyRight },
  field: string,
  { wrong, forbidden }: Refusals,
): void {
  if (mayUse(definition, caller, location, right)) return;
  const { access } = definition;
  if (!access[location]) {
    const places = propertyLocations.filter((place) => access[place]);
    wrong.push({ field, message: `cannot be kept with a ${location}, only with: ${places.join(', ')}.` });
  } else if (!access[location]?.[caller.user]?.includes(right))
    forbidden.push({ field, message: `cannot be ${DONE[right]} by ${caller.user}s on a ${location}.` });
  else
    forbidden.push({
      field,
      message: `belongs to another app, which did not publish it to be ${DONE[right]} by others.`,
    });
}

function unknown(
  namespace: string,
  name: string,
  definitions: Definitions | undefined,
  caller: PropertyCaller,
): string {
  const visible = [...(definitions?.values() ?? [])].filter((definition) => knows(definition, caller));
  if (visible.length > 0)
    return `The namespace ${namespace.slice(0, 64)} has no property "${name.slice(0, 64)}". It has: ${visible
      .slice(0, 10)
      .map((definition) => definition.name)
      .join(', ')}${visible.length > 10 ? ' …' : ''}.`;
  return (
    `There is no property "${name.slice(0, 64)}" in the namespace "${namespace.slice(0, 64)}", or it is private. An app ` +
    'registers the properties it keeps, under its client id; "test" has some to try.'
  );
}
