/** The parts of Postman's collection format 2.1 that are used here (schema.getpostman.com). */
export interface PostmanCollection {
  info: { _postman_id: string; name: string; description: string; schema: string };
  item: PostmanFolder[];
  variable: PostmanVariable[];
}

export interface PostmanFolder {
  name: string;
  description: string;
  item: PostmanRequest[];
}

export interface PostmanRequest {
  name: string;
  request: {
    method: string;
    url: PostmanUrl;
    header: { key: string; value: string }[];
    auth: PostmanAuth;
    body?: PostmanBody;
    description: string;
  };
  event: PostmanEvent[];
  protocolProfileBehavior?: { followRedirects: boolean };
  response: [];
}

export interface PostmanUrl {
  raw: string;
  host: string[];
  path: string[];
  query?: { key: string; value: string; description?: string }[];
}

export type PostmanAuth =
  | { type: 'noauth' }
  | { type: 'bearer'; bearer: [{ key: 'token'; value: string; type: 'string' }] };

export type PostmanBody =
  | { mode: 'raw'; raw: string; options: { raw: { language: 'json' } } }
  | { mode: 'urlencoded'; urlencoded: { key: string; value: string; type: 'text' }[] };

export interface PostmanEvent {
  listen: 'prerequest' | 'test';
  script: { type: 'text/javascript'; exec: string[] };
}

export interface PostmanVariable {
  key: string;
  value: string;
  description: string;
  type: 'string';
}

export const COLLECTION_SCHEMA = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';

interface RequestPlan {
  name: string;
  description: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** From the slash on; may hold variables. */
  path: string;
  query?: Record<string, string>;
  /** A variable with a bearer token, such as `access_token`. */
  token?: string;
  json?: unknown;
  form?: Record<string, string>;
  before?: string[];
  tests: string[];
  followRedirects?: boolean;
}

export function postmanRequest(plan: RequestPlan): PostmanRequest {
  const body = bodyOf(plan);
  return {
    name: plan.name,
    request: {
      method: plan.method,
      url: urlOf(plan.path, plan.query),
      header: plan.json === undefined ? [] : [{ key: 'Content-Type', value: 'application/json' }],
      auth: plan.token
        ? { type: 'bearer', bearer: [{ key: 'token', value: `{{${plan.token}}}`, type: 'string' }] }
        : { type: 'noauth' },
      ...(body ? { body } : {}),
      description: plan.description,
    },
    event: [
      ...(plan.before ? [script('prerequest', plan.before)] : []),
      ...(plan.tests.length > 0 ? [script('test', plan.tests)] : []),
    ],
    ...(plan.followRedirects === false ? { protocolProfileBehavior: { followRedirects: false } } : {}),
    response: [],
  };
}

function urlOf(path: string, query: Record<string, string> | undefined): PostmanUrl {
  const entries = Object.entries(query ?? {}).map(([key, value]) => ({ key, value }));
  const search = entries.map(({ key, value }) => `${key}=${value}`).join('&');
  return {
    raw: `{{base_url}}${path}${search ? `?${search}` : ''}`,
    host: ['{{base_url}}'],
    path: path.split('/').slice(1),
    ...(entries.length > 0 ? { query: entries } : {}),
  };
}

function bodyOf(plan: RequestPlan): PostmanBody | undefined {
  if (plan.json !== undefined)
    return { mode: 'raw', raw: JSON.stringify(plan.json, null, 2), options: { raw: { language: 'json' } } };
  if (plan.form === undefined) return undefined;
  const urlencoded = Object.entries(plan.form).map(([key, value]) => ({ key, value, type: 'text' as const }));
  return { mode: 'urlencoded', urlencoded };
}

function script(listen: PostmanEvent['listen'], exec: string[]): PostmanEvent {
  return { listen, script: { type: 'text/javascript', exec } };
}
