import type { Json, Operation } from './openapi/operation.ts';
import { AGENT_TOKEN, CLIENT_SECRET, CUSTOMER_TOKEN, REGISTRATION_TOKEN } from './openapi/security.ts';

/** A request as the reference shows it. */
export interface SampleCall {
  verb: string;
  /** The path with its query; what is to be filled in stands in angle brackets. */
  address: string;
  origin: string;
  bodyType?: string;
  body?: string;
  bearer?: string;
  /** Opened by a person in a browser: there is no program to write. */
  browserOnly: boolean;
}

const FORM = 'application/x-www-form-urlencoded';

interface Parameter {
  name: string;
  in: 'query' | 'path';
  required: boolean;
  example?: unknown;
}

/** A request for an operation, of its example and with its credential. */
export function sampleCall({ verb, path, operation }: Operation, origin: string): SampleCall {
  const {
    parameters = [],
    requestBody,
    responses,
    security,
  } = operation as {
    parameters?: Parameter[];
    requestBody?: { content: Record<string, { example?: Json }> };
    responses: Json;
    security: Json[];
  };
  const query = parameters
    .filter((one) => one.in === 'query' && (one.required || one.example !== undefined))
    .map(
      ({ name, example }) =>
        `${name}=${example === undefined ? `<${name}>` : encodeURIComponent(String(example))}`,
    );
  const filled = path.replace(/\{(\w+)\}/g, '<$1>');
  const [bodyType, content] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  const schemes = security.flatMap((one) => Object.keys(one));
  return {
    verb,
    origin,
    address: query.length > 0 ? `${filled}?${query.join('&')}` : filled,
    browserOnly: Object.hasOwn(responses, '303'),
    ...(bodyType === undefined ? {} : { bodyType }),
    ...(content?.example === undefined ? {} : { body: bodyText(bodyType, content.example) }),
    ...bearerOf(schemes),
  };
}

function bodyText(type: string | undefined, example: Json): string {
  if (type !== FORM) return JSON.stringify(example, null, 2);
  return Object.entries(example)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join('&');
}

function bearerOf(schemes: readonly string[]): { bearer?: string } {
  if (schemes.includes(CLIENT_SECRET)) return {};
  if (schemes.includes(AGENT_TOKEN)) return { bearer: '<access_token>' };
  if (schemes.includes(CUSTOMER_TOKEN)) return { bearer: "<customer's access_token>" };
  return schemes.includes(REGISTRATION_TOKEN) ? { bearer: '<registration_access_token>' } : {};
}

function headersOf({ bearer, bodyType }: SampleCall): [string, string][] {
  return [
    ...(bearer === undefined ? [] : [['Authorization', `Bearer ${bearer}`] as [string, string]]),
    // Forms and uploads are labelled by what sends them.
    ...(bodyType === 'application/json' ? [['Content-Type', bodyType] as [string, string]] : []),
  ];
}

const inShell = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

export function curlSnippet(call: SampleCall): string {
  const verb =
    call.verb === 'get' || (call.verb === 'post' && call.bodyType) ? '' : `-X ${call.verb.toUpperCase()} `;
  const parts = [
    `curl ${verb}${inShell(call.origin + call.address)}`,
    ...headersOf(call).map(([name, value]) => `-H ${inShell(`${name}: ${value}`)}`),
  ];
  if (call.bodyType === 'multipart/form-data') parts.push('-F file=@picture.png');
  else if (call.body !== undefined && call.bodyType === FORM)
    parts.push(...call.body.split('&').map((pair) => `-d ${inShell(pair)}`));
  else if (call.body !== undefined) parts.push(`-d ${inShell(call.body)}`);
  return parts.join(' \\\n  ');
}

export function javascriptSnippet(call: SampleCall): string {
  const headers = headersOf(call).map(
    ([name, value]) => `    ${JSON.stringify(name)}: ${JSON.stringify(value)},`,
  );
  const lines = [
    `const response = await fetch(${JSON.stringify(call.origin + call.address)}, {`,
    `  method: '${call.verb.toUpperCase()}',`,
    ...(headers.length > 0 ? ['  headers: {', ...headers, '  },'] : []),
    ...javascriptBody(call),
    '});',
    ...(call.browserOnly
      ? ['console.log(response.status);']
      : ['console.log(response.status, await response.text());']),
  ];
  return lines.join('\n');
}

function javascriptBody({ body, bodyType }: SampleCall): string[] {
  if (bodyType === 'multipart/form-data') return ['  body: form, // a FormData with the file as `file`'];
  if (body === undefined) return [];
  if (bodyType === FORM) return [`  body: new URLSearchParams(${JSON.stringify(body)}),`];
  return [`  body: JSON.stringify(${indented(body)}),`];
}

export function pythonSnippet(call: SampleCall): string {
  const headers = headersOf({
    ...call,
    bodyType: call.bodyType === 'application/json' ? '' : (call.bodyType ?? ''),
  });
  const lines = [
    'import requests',
    '',
    `response = requests.${call.verb}(`,
    `    ${JSON.stringify(call.origin + call.address)},`,
    ...(headers.length > 0
      ? [
          `    headers={${headers.map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`).join(', ')}},`,
        ]
      : []),
    ...pythonBody(call),
    ')',
    'print(response.status_code, response.text)',
  ];
  return lines.join('\n');
}

function pythonBody({ body, bodyType }: SampleCall): string[] {
  if (bodyType === 'multipart/form-data') return ['    files={"file": open("picture.png", "rb")},'];
  if (body === undefined) return [];
  if (bodyType !== FORM) return [`    json=${pythonLiteral(JSON.parse(body), '    ')},`];
  const pairs = body.split('&').map((pair) =>
    pair
      .split(/=(.*)/s, 2)
      .map((part) => JSON.stringify(part))
      .join(': '),
  );
  return [`    data={${pairs.join(', ')}},`];
}

/** A JSON value as Python writes it. */
function pythonLiteral(value: unknown, indent: string): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value !== 'object') return JSON.stringify(value);
  const inside = `${indent}    `;
  const members = Array.isArray(value)
    ? value.map((one) => pythonLiteral(one, inside))
    : Object.entries(value).map(([name, one]) => `${JSON.stringify(name)}: ${pythonLiteral(one, inside)}`);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  if (members.length === 0) return open + close;
  return `${open}\n${members.map((member) => inside + member).join(',\n')},\n${indent}${close}`;
}

function indented(json: string): string {
  return json.replaceAll('\n', '\n  ');
}
