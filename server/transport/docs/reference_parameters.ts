import { namedSchema, type SchemaJson } from './openapi/components.ts';
import type { Json, Operation } from './openapi/operation.ts';

interface SchemaNode {
  $ref?: string;
  type?: string | string[];
  description?: string;
  default?: unknown;
  const?: unknown;
  enum?: unknown[];
  anyOf?: SchemaNode[];
  items?: SchemaNode;
  properties?: Record<string, SchemaNode>;
  required?: string[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  maxItems?: number;
}

/** Structures inside structures are read on their own; deeper than this nobody follows a table. */
const DEEPEST = 4;

/** Of the body that is preferred; undefined where there is none. */
export function bodySchemaOf({ operation }: Operation): SchemaJson | undefined {
  const { requestBody } = operation as { requestBody?: { content: Record<string, { schema: SchemaJson }> } };
  return requestBody && Object.values(requestBody.content)[0]?.schema;
}

/** The rows of the table of parameters, in Markdown: those of the address, then those of the body. */
export function parameterRows(one: Operation): string[] {
  const { parameters = [] } = one.operation as { parameters?: (Json & { schema: SchemaNode })[] };
  const inAddress = parameters.map(({ name, required, description, schema }) =>
    row(String(name), required === true, {
      ...schema,
      ...(description ? { description: String(description) } : {}),
    }),
  );
  const body = bodySchemaOf(one) as SchemaNode | undefined;
  const { file, ...rest } = body?.properties ?? {};
  const isUpload = body !== undefined && file !== undefined && Object.keys(rest).length === 0;
  return [...inAddress, ...(body && !isUpload ? flatten(body, '') : [])];
}

function resolved(node: SchemaNode): SchemaNode {
  return node.$ref === undefined ? node : (namedSchema(node.$ref) as SchemaNode);
}

function flatten(schema: SchemaNode, prefix: string): string[] {
  const { properties = {}, required } = resolved(schema);
  return Object.entries(properties).flatMap(([name, part]) => {
    const node = resolved(part);
    const path = `${prefix}${name}`;
    const items = node.items && resolved(node.items);
    const inner = items?.properties ? { node: items, path: `${path}[].` } : { node, path: `${path}.` };
    const isDeep = path.split('.').length >= DEEPEST;
    return [
      row(path, required?.includes(name) ?? false, node),
      ...(isDeep ? [] : flatten(inner.node, inner.path)),
    ];
  });
}

function row(path: string, required: boolean, node: SchemaNode): string {
  return `| \`${path}\` | ${required ? 'yes' : 'no'} | ${cell(typeInWords(node))} | ${cell(remarks(node))} |`;
}

function typeInWords(part: SchemaNode): string {
  const node = resolved(part);
  if (node.const !== undefined) return JSON.stringify(node.const);
  if (node.enum) return node.enum.map((value) => JSON.stringify(value)).join(' or ');
  if (node.anyOf) return [...new Set(node.anyOf.map(typeInWords))].join(' or ');
  if (node.items) return `${typeInWords(node.items)}[]`;
  return Array.isArray(node.type) ? node.type.join(' or ') : (node.type ?? 'any');
}

function remarks(node: SchemaNode): string {
  const bounds =
    node.minimum !== undefined && node.maximum !== undefined ? `${node.minimum} to ${node.maximum}.` : '';
  const length = node.maxLength !== undefined ? `At most ${node.maxLength} characters.` : '';
  const items = node.maxItems !== undefined ? `At most ${node.maxItems} items.` : '';
  const fallback = node.default !== undefined ? `Default: ${JSON.stringify(node.default)}.` : '';
  return [node.description ?? '', bounds, length, items, fallback].filter((part) => part !== '').join(' ');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
