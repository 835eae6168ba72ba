import type { TSchema } from 'typebox';
import type { AccountsMethod, AgentMethod, CustomerMethod } from './method.ts';

/** The part of JSON Schema that declarations use for what is required. */
interface Schema {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  default?: unknown;
  format?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  minimum?: number;
  minItems?: number;
  minProperties?: number;
}

/** Ids and words as they look like, by the name of their parameter. */
const KNOWN: Readonly<Record<string, unknown>> = {
  chat_id: 'PJ0MRSHTDG',
  thread_id: 'K600PKZON8',
  event_id: 'K600PKZON8_1',
  group_id: 0,
  customer_id: '345f8235-d60d-433e-63c5-7f813a6ffe25',
  account_id: 'b5657aff-34dd-4e4a-8c9c-5b4c2e0bd8b0',
  agent_id: 'smith@example.com',
  user_id: 'smith@example.com',
  email: 'smith@example.com',
  owner_client_id: 'cd2ce6d1a8cd4e9ea02a14b9e6f7c8d9',
  properties: { test: { string_property: 'gold' } },
  session_fields: [{ plan: 'gold' }],
  event: { type: 'message', text: 'Hello!' },
  events: [{ type: 'message', text: 'Hello!' }],
  sneak_peek_text: 'And how much',
  seen_up_to: '2026-01-31T07:11:28.288340Z',
  page_url: 'https://www.example.com/',
  url: 'https://www.example.com/',
  callback_uri: 'https://www.example.com/verified',
  language: 'en',
  name: 'Ada',
};

/**
 * A whole input of a method, for documentation: its declared example, and of what that leaves out the required
 * parameters. The organization, which stands in the address of a customer's call, is not in it.
 */
export function exampleInput(method: AccountsMethod | AgentMethod | CustomerMethod): Record<string, unknown> {
  const declared = (method.example ?? {}) as Record<string, unknown>;
  const least = leastOf(method.input as Schema & TSchema) as Record<string, unknown>;
  const { organization_id, ...own } = { ...idOf(method, least), ...declared };
  return method.api === 'customer' || organization_id === undefined ? own : { organization_id, ...own };
}

/** What `id` is of, the method's name says. */
function idOf({ name }: { name: string }, least: Record<string, unknown>): Record<string, unknown> {
  if (typeof least.id !== 'string') return least;
  const of = /chat|customer|agent/.exec(name)?.[0];
  return { ...least, id: KNOWN[`${of}_id`] ?? least.id };
}

function leastOf(schema: Schema, name = ''): unknown {
  if (fitsKnown(schema, name)) return named(schema, KNOWN[name]);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.anyOf?.[0]) return leastOf(schema.anyOf[0], name);
  if (schema.default !== undefined) return schema.default;
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        (schema.required ?? []).map((key) => [key, leastOf(schema.properties?.[key] ?? {}, key)]),
      );
    case 'array':
      return schema.items ? [leastOf(schema.items, name)] : [];
    case 'integer':
    case 'number':
      return schema.minimum ?? 1;
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return schema.format === 'uuid' ? KNOWN.account_id : 'example';
  }
}

function fitsKnown({ type }: Schema, name: string): boolean {
  if (!Object.hasOwn(KNOWN, name)) return false;
  const known = KNOWN[name];
  if (type === undefined) return true;
  if (type === 'integer') return typeof known === 'number';
  return type === (Array.isArray(known) ? 'array' : typeof known);
}

/** What is deleted is named by lists of names. */
function named(schema: Schema, known: unknown): unknown {
  const inner = Object.values(
    (schema as { patternProperties?: Record<string, Schema> }).patternProperties ?? {},
  );
  return inner[0]?.type === 'array' ? { test: ['string_property'] } : known;
}
