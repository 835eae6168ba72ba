import { findScope } from '../../wire/scope_catalogue.ts';
import { escapeHtml, renderMarkdown } from './guides.ts';
import type { Operation } from './openapi/operation.ts';
import { AGENT_TOKEN, CUSTOMER_TOKEN, REGISTRATION_TOKEN } from './openapi/security.ts';
import { bodySchemaOf, parameterRows } from './reference_parameters.ts';
import { curlSnippet, javascriptSnippet, pythonSnippet, type SampleCall, sampleCall } from './snippets.ts';

/** One page of the API reference. */
export interface ReferenceApi {
  slug: string;
  title: string;
  credential: string;
  operations: readonly Operation[];
}

/** The parts of an operation that are read to people. */
export interface Described {
  operationId: string;
  summary: string;
  description?: string;
  security: Record<string, string[]>[];
  responses: Record<string, { description?: string; content?: Record<string, { examples?: Examples }> }>;
}
type Examples = Record<string, { value: { error: string | { type: string; message: string } } }>;

/** Where an operation stands on its page: a method by its name, an endpoint by its id. */
export function anchorOf({ path, operation }: Operation): string {
  const method = /^\/v3\.6\/\w+\/action\/(\w+)$/.exec(path)?.[1];
  return method ?? String(operation.operationId).replace(/^accounts_/, '');
}

/** What a page says of an address that can be called in two ways is said once. */
export function isRead({ operation }: Operation): boolean {
  return !/_by_post$|_by_form$/.test(String(operation.operationId));
}

/** One API's reference: of each operation what it takes, what opens it, what it refuses, and requests to paste. */
export function renderReference(api: ReferenceApi, publicUrl: string): string {
  const operations = api.operations.filter(isRead);
  const toc = operations.map((one) => {
    const anchor = anchorOf(one);
    return `- [\`${anchor}\`](#${anchor}) ${String(one.operation.summary)}`;
  });
  const sections = operations.map((one) => section(one, publicUrl));
  return [
    renderMarkdown([`# ${api.title}`, api.credential, toc.join('\n')].join('\n\n')),
    '<div class="try-credential" data-try-credential hidden></div>',
    ...sections,
  ].join('\n');
}

function section(one: Operation, publicUrl: string): string {
  const of = one.operation as unknown as Described;
  const call = sampleCall(one, publicUrl);
  const anchor = anchorOf(one);
  return [
    `<h2 id="${anchor}"><a class="anchor" href="#${anchor}">${anchor}</a></h2>`,
    renderMarkdown(
      [
        `${of.summary}.`,
        of.description ?? '',
        `\`${one.verb.toUpperCase()} ${one.path}\``,
        opensIt(of),
        parameters(one),
        errors(of),
      ]
        .filter((part) => part !== '')
        .join('\n\n'),
    ),
    snippets(call),
    tryIt(call, of),
  ].join('\n');
}

function opensIt({ security }: Described): string {
  const scopes = [...new Set(security.flatMap((one) => one[AGENT_TOKEN] ?? []))];
  if (scopes.length > 0)
    return `Scopes, one of: ${scopes.map((id) => `\`${id}\` (${findScope(id)?.consent ?? id})`).join(', ')}.`;
  const names = security.flatMap((one) => Object.keys(one));
  if (names.length === 0) return 'Open to everybody.';
  if (names.includes(REGISTRATION_TOKEN)) return 'Opened by the token of a registration.';
  if (names.includes(AGENT_TOKEN)) return "Opened by every agent's token.";
  if (names.includes(CUSTOMER_TOKEN))
    return security.some((one) => Object.keys(one).length === 0)
      ? "Open to everybody; a customer's access token is looked at where one comes."
      : "Opened by a customer's access token.";
  return 'A server-side app proves itself by its client secret.';
}

function parameters(one: Operation): string {
  const rows = parameterRows(one);
  if (rows.length === 0)
    return bodySchemaOf(one) === undefined
      ? 'It takes no parameters.'
      : 'It takes a form with one file, `file`.';
  return ['| Parameter | Required | Type | Remarks |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

function errors({ responses }: Described): string {
  const rows = Object.entries(responses).flatMap(([status, { content }]) =>
    Object.values(content?.['application/json']?.examples ?? {}).map(({ value }) => {
      const { error } = value;
      const type = typeof error === 'string' ? error : error.type;
      const message =
        typeof error === 'string'
          ? (value as { error_description?: string }).error_description
          : error.message;
      return `| ${status} | \`${type}\` | ${message ?? ''} |`;
    }),
  );
  if (rows.length === 0) return '';
  return [
    '**Errors**',
    ['| Status | Type | Such as |', '| --- | --- | --- |', ...new Set(rows)].join('\n'),
  ].join('\n\n');
}

/** One beside the other for those with scripts and those without: each opens by itself. */
function snippets(call: SampleCall): string {
  const shown: [string, string][] = [
    ['curl', curlSnippet(call)],
    ['JavaScript', javascriptSnippet(call)],
    ['Python', pythonSnippet(call)],
  ];
  const parts = shown.map(
    ([language, text], index) =>
      `<details class="snippet"${index === 0 ? ' open' : ''}><summary>${language}</summary><pre tabindex="0"><code>${escapeHtml(text)}\n</code></pre></details>`,
  );
  return `<div class="snippets">${parts.join('')}</div>`;
}

/** Filled by `reference.js`, which knows no method: all is in the attributes. */
function tryIt(call: SampleCall, { security }: Described): string {
  // A page of the authorization server is for a browser; an upload for a form.
  if (call.browserOnly || call.bodyType === 'multipart/form-data') return '';
  const isOpen = security.every((one) => Object.keys(one).length === 0);
  const attributes = {
    verb: call.verb.toUpperCase(),
    address: call.address,
    type: call.bodyType ?? '',
    body: call.body ?? '',
    open: isOpen ? 'yes' : 'no',
  };
  const data = Object.entries(attributes).map(([name, value]) => ` data-${name}="${escapeHtml(value)}"`);
  return `<details class="try" data-try${data.join('')} hidden><summary>Try it</summary></details>`;
}
