import { type FieldProblem, GatehouseError } from '../../kernel/errors.ts';
import type { Properties, PropertyValue } from '../../wire/properties.ts';

/** At most so many values on one chat, thread or event. */
export const PROPERTIES_LIMIT = 100;
const NAME_LENGTH = 255;
const VALUE_BYTES = 16 * 1024;

/**
 * Checks properties that are to be stored.
 * @param field where they stand in the request, for the error
 * @returns a copy without empty namespaces
 * @throws GatehouseError `validation`
 */
export function readProperties(input: Properties | undefined, field: string): Properties {
  const problems: FieldProblem[] = [];
  const result: Properties = {};
  let count = 0;
  for (const [namespace, values] of Object.entries(input ?? {})) {
    if (!isName(namespace)) problems.push({ field, message: nameMessage('namespace', namespace) });
    const entries = Object.entries(values);
    for (const [name, value] of entries) {
      count += 1;
      const path = `${field}.${namespace}.${name}`;
      if (!isName(name)) problems.push({ field, message: nameMessage('name', name) });
      const problem = valueProblem(value);
      if (problem) problems.push({ field: path, message: problem });
    }
    if (entries.length > 0) result[namespace] = { ...values };
  }
  if (count > PROPERTIES_LIMIT)
    problems.push({ field, message: `${count} properties; at most ${PROPERTIES_LIMIT} can be set.` });
  const [first] = problems;
  if (first) throw new GatehouseError('validation', `${first.field}: ${first.message}`, { fields: problems });
  return result;
}

/** Later values over earlier ones, namespace by namespace. */
export function mergeProperties(base: Properties, added: Properties): Properties {
  const result: Properties = { ...base };
  for (const [namespace, values] of Object.entries(added))
    result[namespace] = { ...result[namespace], ...values };
  return result;
}

/** Sets or, with `undefined`, removes one value. */
export function withProperty(
  base: Properties,
  namespace: string,
  name: string,
  value: PropertyValue | undefined,
): Properties {
  if (value !== undefined) return mergeProperties(base, { [namespace]: { [name]: value } });
  const values = base[namespace];
  if (!values || !(name in values)) return base;
  const { [name]: _removed, ...rest } = values;
  const { [namespace]: _old, ...others } = base;
  return Object.keys(rest).length > 0 ? { ...others, [namespace]: rest } : others;
}

function isName(text: string): boolean {
  return text.length > 0 && text.length <= NAME_LENGTH && text !== '__proto__' && !text.includes('\u0000');
}

function nameMessage(what: string, text: string): string {
  return `"${text.slice(0, 40)}" cannot be a ${what}: 1 to ${NAME_LENGTH} characters.`;
}

function valueProblem(value: PropertyValue): string | undefined {
  if (typeof value === 'number' && !Number.isFinite(value)) return 'is not a number that can be stored.';
  if (typeof value !== 'string') return undefined;
  const bytes = Buffer.byteLength(value);
  if (bytes > VALUE_BYTES) return `is ${bytes} bytes long; at most ${VALUE_BYTES} (UTF-8) are kept.`;
  return value.includes('\u0000') ? NUL_MESSAGE : undefined;
}

/** PostgreSQL cannot store it, and no text needs it. */
export const NUL_MESSAGE = 'contains the character U+0000, which cannot be stored.';

/** The namespaces of some properties together. */
export function namespacesOf(all: Iterable<Properties | Record<string, string[]>>): Set<string> {
  const namespaces = new Set<string>();
  for (const properties of all) for (const namespace of Object.keys(properties)) namespaces.add(namespace);
  return namespaces;
}

/**
 * Properties of one chat, thread or event after some were set.
 * @throws GatehouseError `limit_reached` where they would be too many
 */
export function withValues(base: Properties, values: Properties): Properties {
  const result = mergeProperties(base, values);
  const count = Object.values(result).reduce((sum, named) => sum + Object.keys(named).length, 0);
  if (count > PROPERTIES_LIMIT)
    throw new GatehouseError(
      'limit_reached',
      `There would be ${count} properties here; ${PROPERTIES_LIMIT} is the most. Delete some first.`,
    );
  return result;
}

/** The others, without empty namespaces. */
export function withoutValues(base: Properties, names: Record<string, string[]>): Properties {
  return Object.entries(names).reduce(
    (result, [namespace, listed]) =>
      listed.reduce((rest, name) => withProperty(rest, namespace, name, undefined), result),
    base,
  );
}
