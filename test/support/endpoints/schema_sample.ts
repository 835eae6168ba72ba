interface Schema {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  default?: unknown;
  properties?: Record<string, Schema>;
  items?: Schema;
  minimum?: number;
  pattern?: string;
}

/**
 * A value that a declared input takes. Every parameter is there, so that each can be got wrong.
 * @param known values by the name of the parameter, for ids and the like
 */
export function sampleOf(schema: unknown, known: Readonly<Record<string, unknown>>, name = ''): unknown {
  const { type, anyOf, properties, items, ...rest } = schema as Schema;
  if (Object.hasOwn(known, name)) return known[name];
  if (rest.const !== undefined) return rest.const;
  if (rest.enum) return rest.enum[0];
  if (anyOf) return sampleOf(anyOf[0], known, name);
  if (rest.default !== undefined) return rest.default;
  switch (type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(properties ?? {}).map(([key, inner]) => [key, sampleOf(inner, known, key)]),
      );
    case 'array':
      return items ? [sampleOf(items, known, name)] : [];
    case 'integer':
    case 'number':
      return rest.minimum ?? 1;
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return 'sample';
  }
}
