/** The part of JSON Schema that declarations use. */
export interface Schema {
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  allOf?: Schema[];
  default?: unknown;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | boolean;
  patternProperties?: Record<string, Schema>;
  items?: Schema;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  pattern?: string;
  format?: string;
}

/** `users[].visit.<key>` → its steps. */
function stepsOf(path: string): string[] {
  return path
    .replaceAll('[]', '.[]')
    .split('.')
    .filter((step) => step !== '');
}

/** Alternatives, all the way down. */
export function branches(schema: Schema): Schema[] {
  const inner = [...(schema.anyOf ?? []), ...(schema.allOf ?? [])];
  return inner.length > 0 ? inner.flatMap(branches) : [schema];
}

/** Does a schema name this path? What may be anything names everything below it. */
export function namesPath(schema: Schema, path: string): boolean {
  return reaches(schema, stepsOf(path));
}

function reaches(schema: Schema, [step, ...rest]: string[]): boolean {
  if (step === undefined) return true;
  return branches(schema).some((branch) => {
    if (isAnything(branch)) return true;
    if (step === '[]') return branch.items !== undefined && reaches(branch.items, rest);
    const named = branch.properties?.[step];
    const any = step.startsWith('<') ? Object.values(branch.properties ?? {}) : [];
    const next = named ? [named] : [...any, ...valuesOf(branch)];
    return next.some((inner) => reaches(inner, rest));
  });
}

function isAnything({ type, properties, items, anyOf, ...rest }: Schema): boolean {
  const open = rest.additionalProperties === undefined && rest.patternProperties === undefined;
  const bare =
    type === undefined && anyOf === undefined && rest.const === undefined && rest.enum === undefined;
  return (
    (bare && properties === undefined && items === undefined && open) ||
    (type === 'object' && properties === undefined && open)
  );
}

/** Of a record: what its values are. */
export function valuesOf({ additionalProperties, patternProperties }: Schema): Schema[] {
  return [
    ...Object.values(patternProperties ?? {}),
    ...(typeof additionalProperties === 'object' ? [additionalProperties] : []),
  ];
}

/** Every path that a schema names, each once; keys of records are `<key>`. */
export function pathsOf(schema: Schema, base = ''): string[] {
  const found = new Set<string>();
  for (const branch of branches(schema)) {
    for (const [name, inner] of Object.entries(branch.properties ?? {})) {
      const path = base === '' ? name : `${base}.${name}`;
      for (const one of [path, ...pathsOf(inner, path)]) found.add(one);
    }
    if (branch.items) for (const one of pathsOf(branch.items, `${base}[]`)) found.add(one);
    for (const inner of valuesOf(branch)) for (const one of pathsOf(inner, `${base}.<key>`)) found.add(one);
  }
  return [...found];
}
