import { sampleOf } from '../endpoints/schema_sample.ts';
import { branches, pathsOf, type Schema } from './schema_paths.ts';

type Json = Record<string, unknown>;

/** The least that a declared input takes: what is required, filled from the example and from what is known. */
export function leastInput(schema: Schema, example: unknown, known: Json): Json {
  const least = leastOf(schema, known) as Json;
  return { ...least, ...(substituted(example ?? {}, known) as Json) };
}

function leastOf(schema: Schema, known: Json, name = ''): unknown {
  if (Object.hasOwn(known, name)) return known[name];
  const [branch = schema] = branches(schema);
  if (branch.type !== 'object') return sampleOf(branch, known, name);
  const { properties = {}, required = [] } = branch;
  return Object.fromEntries(
    required.flatMap((key) => (properties[key] ? [[key, leastOf(properties[key], known, key)]] : [])),
  );
}

/** Examples name things of the demo data; here they name those that are there. */
function substituted(value: unknown, known: Json, name = ''): unknown {
  if (Object.hasOwn(known, name) && typeof value === typeof known[name] && typeof value !== 'object')
    return known[name];
  if (Array.isArray(value)) return value.map((item) => substituted(item, known, name));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, substituted(inner, known, key)]),
  );
}

/** Each parameter of an input with its schema; items of lists and values of records count as parameters. */
export function parametersOf(schema: Schema): { path: string; schema: Schema; required: boolean }[] {
  return pathsOf(schema).flatMap((path) => {
    const found = schemaAt(schema, path);
    return found ? [{ path, ...found }] : [];
  });
}

function schemaAt(schema: Schema, path: string): { schema: Schema; required: boolean } | undefined {
  let places: Schema[] = [schema];
  let required = true;
  for (const step of stepsOf(path)) {
    const open = places.flatMap(branches);
    if (typeof step === 'number') places = open.flatMap(({ items }) => (items ? [items] : []));
    else if (step === '<key>')
      places = open.flatMap((one) => [
        ...Object.values(one.patternProperties ?? {}),
        ...(typeof one.additionalProperties === 'object' ? [one.additionalProperties] : []),
      ]);
    else {
      places = open.flatMap(({ properties }) => (properties?.[step] ? [properties[step]] : []));
      required = open.length === 1 && (open[0]?.required?.includes(step) ?? false);
    }
  }
  const [first, ...others] = places;
  if (!first) return undefined;
  return { schema: others.length === 0 ? first : { anyOf: places }, required };
}

function stepsOf(path: string): (string | number)[] {
  return path
    .replaceAll('[]', '.0')
    .split('.')
    .filter((step) => step !== '')
    .map((step) => (step === '0' ? 0 : step));
}

export const LEFT_OUT = Symbol('left out');

/** A copy of an input with one parameter otherwise; what is around it is filled in with the least that it takes. */
export function withParameter(schema: Schema, input: Json, path: string, value: unknown, known: Json): Json {
  const steps = stepsOf(path).map((step) => (step === '<key>' ? 'some_key' : step));
  const change = (place: unknown, around: Schema[], [step, ...rest]: (string | number)[]): unknown => {
    if (step === undefined) return value;
    const open = around.flatMap(branches);
    if (typeof step === 'number') {
      const inner = open.flatMap(({ items }) => (items ? [items] : []));
      const list = Array.isArray(place) && place.length > 0 ? [...place] : [leastOf(inner[0] ?? {}, known)];
      list[0] = change(list[0], inner, rest);
      return list;
    }
    const fitting = open.filter(({ properties }) => properties?.[step] !== undefined);
    const [branch = open[0] ?? {}] = fitting;
    const whole = isObject(place) && (fitting.length === 1 || Object.hasOwn(place, step));
    const base: Json = whole ? { ...place } : ((leastOf(branch, known) as Json | undefined) ?? {});
    const inner = fitting.flatMap(({ properties }) => (properties?.[step] ? [properties[step]] : []));
    const values = open.flatMap((one) => Object.values(one.patternProperties ?? {}));
    const changed = change(base[step], inner.length > 0 ? inner : values, rest);
    if (changed === LEFT_OUT) delete base[step];
    else base[step] = changed;
    return base;
  };
  return change(input, [schema], steps) as Json;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Parameters at the top get these, too. */
const FURTHER = [
  { what: 'a truth', value: true },
  { what: 'a list', value: [['x']] },
  { what: 'a huge number', value: 1e300 },
  { what: 'a text with NUL', value: 'a\u0000b' },
];

/** Values that the schema of one parameter does not take; none where it takes everything. */
export function wrongValues(
  schema: Schema,
  required: boolean,
  nested: boolean,
): { what: string; value: unknown }[] {
  const open = branches(schema);
  const wrong: { what: string; value: unknown }[] = [
    ...(required ? [{ what: 'left out', value: LEFT_OUT }] : []),
    { what: 'null', value: null },
    { what: 'a text', value: 'neither this nor that' },
    { what: 'a number', value: 7.5 },
    { what: 'an object', value: { wrong: { deeper: 1 } } },
    ...(nested ? [] : FURTHER),
  ];
  for (const { minimum, maximum, maxLength, minLength, maxItems, items } of open) {
    if (minimum !== undefined) wrong.push({ what: 'too small', value: minimum - 1 });
    if (maximum !== undefined) wrong.push({ what: 'too large', value: maximum + 1 });
    if (maxLength !== undefined && maxLength <= 70_000)
      wrong.push({ what: 'too long', value: 'x'.repeat(maxLength + 1) });
    if ((minLength ?? 0) > 0) wrong.push({ what: 'empty', value: '' });
    if (maxItems !== undefined && maxItems <= 2_000 && items)
      wrong.push({ what: 'too many', value: Array(maxItems + 1).fill(sampleOf(items, {})) });
  }
  return wrong;
}
