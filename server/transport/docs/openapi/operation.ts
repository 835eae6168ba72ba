import type { TSchema } from 'typebox';
import { componentRef, type SchemaJson, toSchemaJson } from './components.ts';
import type { ErrorExample } from './error_examples.ts';

export type Json = Record<string, unknown>;

export type Verb = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** An operation of OpenAPI 3.1 with the place where it goes. */
export interface Operation {
  verb: Verb;
  /** With parameters in braces. */
  path: string;
  operation: Json;
}

export interface Plan {
  verb: Verb;
  path: string;
  id: string;
  tag: string;
  summary: string;
  description?: string | undefined;
  /** Any one of these opens it; none: it is open to everybody. */
  security: readonly Record<string, readonly string[]>[];
  parameters?: readonly Json[];
  body?: { [mediaType: string]: { schema: TSchema | SchemaJson; example?: unknown } };
  answers: Json;
  errors: readonly ErrorExample[];
  errorSchema: string;
}

const STATUS_WORDS: Record<number, string> = {
  400: 'The request is not as it should be',
  401: 'The credential is missing, dead or of another kind',
  403: 'The credential does not reach so far',
  404: 'It is not there',
  405: 'Another HTTP method is meant',
  409: 'What is there stands against it',
  413: 'The body is too large',
  415: 'The body is of a kind that is not taken',
  422: 'A field of the request is not as it should be',
  429: 'Too many requests',
  500: 'The server failed',
  503: 'The server is busy',
  504: 'It took too long',
};

export function makeOperation(plan: Plan): Operation {
  const { verb, path, body } = plan;
  return {
    verb,
    path,
    operation: {
      operationId: plan.id,
      tags: [plan.tag],
      summary: withoutFullStop(plan.summary),
      ...(plan.description === undefined ? {} : { description: plan.description }),
      security: plan.security,
      ...(plan.parameters && plan.parameters.length > 0 ? { parameters: plan.parameters } : {}),
      ...(body ? { requestBody: { required: true, content: contentOf(body) } } : {}),
      responses: { ...plan.answers, ...refusals(plan) },
    },
  };
}

function contentOf(body: NonNullable<Plan['body']>): Json {
  return Object.fromEntries(
    Object.entries(body).map(([type, { schema, example }]) => [
      type,
      { schema: toSchemaJson(schema), ...(example === undefined ? {} : { example }) },
    ]),
  );
}

/** Each status once, with an example for each word that comes with it. */
function refusals({ errors, errorSchema }: Plan): Json {
  const byStatus = new Map<number, ErrorExample[]>();
  for (const error of errors) byStatus.set(error.status, [...(byStatus.get(error.status) ?? []), error]);
  return Object.fromEntries(
    [...byStatus].map(([status, examples]) => {
      const types = [...new Set(examples.map(({ type }) => type))];
      return [
        String(status),
        {
          description: `${STATUS_WORDS[status] ?? 'Refused'}: ${types.map((type) => `\`${type}\``).join(', ')}.`,
          ...(status === 429 || status === 503 ? { headers: { 'Retry-After': retryAfter } } : {}),
          // Which words of the closed list come with this status, for programs.
          'x-error-types': types,
          content: {
            'application/json': {
              schema: componentRef(errorSchema),
              examples: Object.fromEntries(examples.map(({ code, body }) => [code, { value: body }])),
            },
          },
        },
      ];
    }),
  );
}

const retryAfter = { description: 'Seconds until another try.', schema: { type: 'integer', minimum: 1 } };

/** An answer with JSON. */
export function answer(description: string, schema: TSchema | SchemaJson): Json {
  return { description, content: { 'application/json': { schema: toSchemaJson(schema) } } };
}

export function withoutFullStop(text: string): string {
  return text.replace(/\.$/, '');
}

export function queryParameter(name: string, schema: TSchema | SchemaJson, required: boolean): Json {
  return parameter('query', name, schema, required);
}

export function pathParameter(name: string, schema: TSchema | SchemaJson): Json {
  return parameter('path', name, schema, true);
}

function parameter(
  place: 'query' | 'path',
  name: string,
  schema: TSchema | SchemaJson,
  required: boolean,
): Json {
  const { description, ...bare } = toSchemaJson(schema) as SchemaJson & { description?: string };
  return { name, in: place, required, ...(description ? { description } : {}), schema: bare };
}
