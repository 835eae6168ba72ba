import type { TSchema } from 'typebox';
import { exampleInput } from '../../../apis/registry/example.ts';
import type { AccountsMethod } from '../../../apis/registry/method.ts';
import type { ErrorCode } from '../../../kernel/errors.ts';
import { oauthError } from './error_examples.ts';
import {
  answer,
  type Json,
  makeOperation,
  type Operation,
  pathParameter,
  queryParameter,
  type Verb,
} from './operation.ts';
import { AGENT_TOKEN, PERSONAL_TOKEN } from './security.ts';

const ANY: readonly ErrorCode[] = [
  'validation',
  'authentication',
  'authorization',
  'too_many_requests',
  'service_unavailable',
  'internal',
];
const WITH_BODY: readonly ErrorCode[] = ['entity_too_large', 'unsupported_media_type'];

interface Parts {
  properties?: Record<string, TSchema>;
  required?: string[];
}

/** A method of the Global Accounts API: what it takes stands in the path, then in the query or the body. */
export function accountsOperation(method: AccountsMethod): Operation {
  const { http } = method;
  const { properties = {}, required = [], ...rest } = method.input as Parts;
  const inPath = [...http.path.matchAll(/:([a-z_]+)/g)].map(([, name = '']) => name);
  const others = Object.keys(properties).filter((name) => !inPath.includes(name));
  const hasBody = http.method !== 'GET' && others.length > 0;
  const example = exampleInput(method);
  const among = (names: readonly string[]) => names.filter((name) => required.includes(name));
  const body = {
    ...rest,
    properties: Object.fromEntries(others.map((name) => [name, properties[name]])),
    ...(among(others).length > 0 ? { required: among(others) } : {}),
  };
  const bodyExample = Object.fromEntries(Object.entries(example).filter(([name]) => others.includes(name)));
  const status = String(http.status ?? 200);
  return makeOperation({
    verb: http.method.toLowerCase() as Verb,
    path: http.path.replace(/:([a-z_]+)/g, '{$1}'),
    id: `accounts_${method.name}`,
    tag: 'Global Accounts API',
    summary: method.summary,
    description: method.description,
    security: securityOf(method),
    parameters: [
      ...inPath.map((name) => ({
        ...pathParameter(name, properties[name] ?? {}),
        ...exampleOf(example[name]),
      })),
      ...(hasBody
        ? []
        : others.map((name) => ({
            ...queryParameter(name, properties[name] ?? {}, required.includes(name)),
            ...(method.example && Object.hasOwn(method.example as Json, name)
              ? exampleOf(example[name])
              : {}),
          }))),
    ],
    ...(hasBody ? { body: { 'application/json': { schema: body, example: bodyExample } } } : {}),
    answers: { [status]: status === '204' ? { description: 'Done.' } : answer('Done.', method.output) },
    errors: [...new Set([...ANY, ...(hasBody ? WITH_BODY : []), ...(method.errors ?? [])])].map(oauthError),
    errorSchema: 'OauthError',
  });
}

function exampleOf(value: unknown): Json {
  return value === undefined ? {} : { example: value };
}

function securityOf({ scopes, bearerOnly }: AccountsMethod): Record<string, string[]>[] {
  const schemes = bearerOnly ? [AGENT_TOKEN] : [AGENT_TOKEN, PERSONAL_TOKEN];
  return schemes.flatMap((scheme) =>
    scopes.length === 0 ? [{ [scheme]: [] }] : scopes.map((scope) => ({ [scheme]: [scope] })),
  );
}
