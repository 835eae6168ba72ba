import Type, { type TSchema } from 'typebox';
import { exampleInput } from '../../../apis/registry/example.ts';
import { type AgentMethod, type CustomerMethod, isOpen } from '../../../apis/registry/method.ts';
import type { ErrorCode } from '../../../kernel/errors.ts';
import { actionError, type ErrorExample } from './error_examples.ts';
import { answer, type Json, makeOperation, type Operation, queryParameter } from './operation.ts';
import { AGENT_TOKEN, CUSTOMER_TOKEN, PERSONAL_TOKEN } from './security.ts';

export type ActionMethod = AgentMethod | CustomerMethod;

/** What any method may answer, beyond what it declares. */
const ANY: readonly ErrorCode[] = ['validation', 'entity_too_large', 'unsupported_media_type', 'internal'];
const BY_TOKEN: readonly ErrorCode[] = ['authentication', 'too_many_requests', 'service_unavailable'];
const OF_CUSTOMERS: readonly ErrorCode[] = ['customer_banned', 'license_not_found'];

/** Every refusal that a method may answer, each once. */
export function errorsOf(method: ActionMethod): ErrorExample[] {
  const codes = [
    ...ANY,
    ...(isOpen(method) ? [] : BY_TOKEN),
    ...(method.api === 'customer' ? OF_CUSTOMERS : (['authorization'] as const)),
    ...(method.errors ?? []),
  ];
  return [...new Set(codes)].map(actionError);
}

export function actionPath(method: ActionMethod): string {
  return `/v3.6/${method.api}/action/${method.name}`;
}

/** What a method takes beside the organization, which stands in the address. */
export function inputWithoutOrganization(method: ActionMethod): TSchema {
  if (method.api !== 'customer') return method.input;
  const { properties = {}, required = [], ...rest } = method.input as Parts;
  const { organization_id: _, ...kept } = properties;
  const needed = required.filter((name) => name !== 'organization_id');
  return { ...rest, properties: kept, ...(needed.length > 0 ? { required: needed } : {}) } as TSchema;
}

interface Parts {
  properties?: Record<string, TSchema>;
  required?: string[];
}

const TAGS: Record<ActionMethod['api'], string> = {
  agent: 'Agent Chat API',
  customer: 'Customer Chat API',
  configuration: 'Configuration API',
};

const organizationId = queryParameter(
  'organization_id',
  Type.String({ format: 'uuid', description: 'The organization, which every call of a customer names.' }),
  true,
);

/** The operations of one method: one, or two where everybody may read it, by GET and by POST. */
export function actionOperations(method: ActionMethod): Operation[] {
  const shared = {
    path: actionPath(method),
    tag: TAGS[method.api],
    summary: method.summary,
    description: method.description,
    answers: { '200': answer('Done.', method.output) },
    errors: errorsOf(method),
    errorSchema: 'ActionError',
  };
  const id = `${method.api}_${method.name}`;
  const byPost = (postId: string, security: readonly Record<string, readonly string[]>[]): Operation =>
    makeOperation({
      ...shared,
      verb: 'post',
      id: postId,
      security,
      parameters: method.api === 'customer' ? [organizationId] : [],
      body: method.upload
        ? { 'multipart/form-data': { schema: uploadBody } }
        : {
            'application/json': { schema: inputWithoutOrganization(method), example: exampleInput(method) },
          },
    });
  if (!isOpen(method)) return [byPost(id, securityOf(method))];
  const { properties = {}, required = [] } = inputWithoutOrganization(method) as Parts;
  const parameters = Object.entries(properties).map(([name, schema]) =>
    withExample(queryParameter(name, schema, required.includes(name)), exampleInput(method)[name]),
  );
  const open = [{}, { [CUSTOMER_TOKEN]: [] }];
  return [
    makeOperation({
      ...shared,
      verb: 'get',
      id,
      security: open,
      parameters: [organizationId, ...parameters],
    }),
    byPost(`${id}_by_post`, open),
  ];
}

function withExample(parameter: Json, example: unknown): Json {
  return example === undefined ? parameter : { ...parameter, example };
}

const uploadBody = {
  type: 'object',
  required: ['file'],
  properties: { file: { type: 'string', contentMediaType: 'application/octet-stream' } },
};

/** Each scope that opens a method is an alternative of its own. */
function securityOf(method: ActionMethod): Record<string, string[]>[] {
  if (method.api === 'customer') return [{ [CUSTOMER_TOKEN]: [] }];
  if (method.scopes.length === 0) return [{ [AGENT_TOKEN]: [] }, { [PERSONAL_TOKEN]: [] }];
  return [
    ...method.scopes.map((scope) => ({ [AGENT_TOKEN]: [scope] })),
    ...method.scopes.map((scope) => ({ [PERSONAL_TOKEN]: [scope] })),
  ];
}
