import {
  type AccountsMethod,
  type AgentMethod,
  type CustomerMethod,
  isOpen,
} from '../../apis/registry/method.ts';
import { findScope } from '../../wire/scope_catalogue.ts';
import { renderMarkdown } from './guides.ts';

type TokenMethod = AccountsMethod | AgentMethod | CustomerMethod;

export interface ReferenceApi {
  slug: string;
  title: string;
  credential: string;
  methods: readonly TokenMethod[];
}

interface SchemaNode {
  type?: string | string[];
  description?: string;
  default?: unknown;
  const?: unknown;
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

/** One API's reference, from its declarations: what each method takes, which scopes open it, a request to paste. */
export function renderReference(api: ReferenceApi, publicUrl: string): string {
  const parts = api.methods.map((method) => methodSection(method, publicUrl));
  const toc = api.methods.map((method) => `- [\`${method.name}\`](#${method.name}) ${method.summary}`);
  return renderMarkdown([`# ${api.title}`, api.credential, toc.join('\n'), ...parts].join('\n\n'));
}

function methodSection(method: TokenMethod, publicUrl: string): string {
  const path =
    method.api === 'accounts'
      ? method.http.path.replace(/:([a-z_]+)/g, '<$1>')
      : `/v3.6/${method.api}/action/${method.name}`;
  return [
    `## ${method.name}`,
    `${method.summary}.`,
    method.description ?? '',
    `\`${verbOf(method)} ${path}\``,
    scopesLine(method),
    parameterTable(method.input as unknown as SchemaNode),
    curlSample(
      method,
      `${publicUrl}${path}${method.api === 'customer' ? '?organization_id=<organization_id>' : ''}`,
    ),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function curlSample(method: TokenMethod, address: string): string {
  if (method.upload)
    return [
      '```sh',
      `curl '${address}' \\`,
      "  -H 'Authorization: Bearer <access_token>' \\",
      '  -F file=@picture.png',
      '```',
    ].join('\n');
  if (isOpen(method)) return querySample(method, address);
  if (method.api === 'accounts' && method.http.method === 'GET')
    return ['```sh', `curl '${address}' -H 'Authorization: Bearer <access_token>'`, '```'].join('\n');
  const body = JSON.stringify(bodyExample(method), null, 2).replaceAll("'", "'\\''");
  return [
    '```sh',
    `curl ${method.api === 'accounts' ? `-X ${method.http.method} ` : ''}'${address}' \\`,
    "  -H 'Authorization: Bearer <access_token>' \\",
    "  -H 'Content-Type: application/json' \\",
    `  -d '${body}'`,
    '```',
  ].join('\n');
}

function verbOf(method: TokenMethod): string {
  if (method.api === 'accounts') return method.http.method;
  return isOpen(method) ? 'GET' : 'POST';
}

function querySample(method: TokenMethod, address: string): string {
  const query = Object.entries(bodyExample(method)).map(([name, value]) => `&${name}=${value}`);
  return ['```sh', `curl '${address}${query.join('')}'`, '```'].join('\n');
}

function bodyExample(method: TokenMethod): Record<string, unknown> {
  const inPath = method.api === 'accounts' ? method.http.path : ':organization_id';
  const example = (method.example ?? {}) as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(example).filter(([name]) => !inPath.split('/').includes(`:${name}`)),
  );
}

function scopesLine(method: TokenMethod): string {
  if (method.api !== 'customer' && method.scopes.length === 0) return "Opened by every agent's token.";
  if (isOpen(method)) return 'Open to everybody.';
  if (method.api === 'customer') return "Opened by a customer's access token.";
  const named = method.scopes.map((id) => `\`${id}\` (${findScope(id)?.consent ?? id})`);
  return `Scopes, one of: ${named.join(', ')}.`;
}

function parameterTable(schema: SchemaNode): string {
  const rows = flatten(schema, '');
  if (rows.length === 0) return 'It takes no parameters.';
  return ['| Parameter | Required | Type | Remarks |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

function flatten(schema: SchemaNode, prefix: string): string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, node]) => {
    const path = `${prefix}${name}`;
    const required = schema.required?.includes(name) ? 'yes' : 'no';
    const row = `| \`${path}\` | ${required} | ${cell(typeInWords(node))} | ${cell(remarks(node))} |`;
    const inner = node.items?.properties
      ? { node: node.items, path: `${path}[].` }
      : { node, path: `${path}.` };
    return [row, ...(path.split('.').length < 4 ? flatten(inner.node, inner.path) : [])];
  });
}

function typeInWords(node: SchemaNode): string {
  if (node.const !== undefined) return JSON.stringify(node.const);
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
