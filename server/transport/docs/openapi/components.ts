import Type, { type TSchema } from 'typebox';
import { access } from '../../../wire/access.ts';
import {
  agentSideChat,
  agentSideChatSummary,
  customerSideChat,
  customerSideChatSummary,
} from '../../../wire/chat.ts';
import { event, eventRequest, initialEventRequest } from '../../../wire/event.ts';
import { formField } from '../../../wire/event_form.ts';
import { richMessageElement } from '../../../wire/event_rich_message.ts';
import { form } from '../../../wire/form.ts';
import { predictedAgent } from '../../../wire/predicted_agent.ts';
import { properties, propertyFilters } from '../../../wire/properties.ts';
import { agentSideThread, customerSideThread, threadSummary } from '../../../wire/thread.ts';
import {
  agentSideCustomer,
  agentSideUser,
  customerSideCustomer,
  customerSideUser,
  customerVisit,
} from '../../../wire/user.ts';

export interface SchemaJson {
  [keyword: string]: unknown;
}

const text = Type.String();

/** The structures that several methods speak of, by the name that they have in the document. */
const NAMED: Record<string, TSchema> = {
  Access: access,
  AgentChat: agentSideChat,
  AgentChatSummary: agentSideChatSummary,
  CustomerChat: customerSideChat,
  CustomerChatSummary: customerSideChatSummary,
  Event: event,
  EventRequest: eventRequest,
  InitialEventRequest: initialEventRequest,
  FormField: formField,
  Form: form,
  RichMessageElement: richMessageElement,
  PredictedAgent: predictedAgent,
  Properties: properties,
  PropertyFilters: propertyFilters,
  AgentThread: agentSideThread,
  CustomerThread: customerSideThread,
  ThreadSummary: threadSummary,
  AgentUser: agentSideUser,
  AgentCustomer: agentSideCustomer,
  CustomerUser: customerSideUser,
  CustomerProfile: customerSideCustomer,
  Visit: customerVisit,
  ActionError: Type.Object(
    {
      error: Type.Object({
        type: Type.String({ description: 'A word of a closed list.' }),
        message: Type.String({ description: 'What was wrong, which value, and what would be right.' }),
        data: Type.Optional(
          Type.Object(
            {
              fields: Type.Optional(Type.Array(Type.Object({ field: text, message: text }))),
              required_scopes: Type.Optional(Type.Array(text)),
            },
            { description: 'More for the program that called.' },
          ),
        ),
      }),
    },
    { description: 'A refusal of the Agent Chat, Customer Chat and Configuration APIs.' },
  ),
  OauthError: Type.Object(
    {
      error: text,
      error_description: text,
      sub_error: Type.Optional(text),
      invalid_fields: Type.Optional(Type.Record(text, text, { description: 'What is wrong, by field.' })),
      oauth_exception: text,
      exception_description: text,
      request_id: text,
    },
    { description: 'A refusal of the addresses under `/v2`, in both of the shapes that LiveChat documents.' },
  ),
  StandardError: Type.Object(
    { error: text, error_description: Type.Optional(text) },
    { description: 'A refusal of the standard dialect (RFC 6749 §5.2).' },
  ),
};

const nameOf = new Map<unknown, string>(Object.entries(NAMED).map(([name, schema]) => [schema, name]));

export function componentRef(name: string): SchemaJson {
  return { $ref: `#/components/schemas/${name}` };
}

/** Those that something refers to, and those that they refer to. @param using what the document says beside them */
export function componentSchemas(using: unknown): Record<string, SchemaJson> {
  const used: Record<string, SchemaJson> = {};
  const add = (part: unknown): void => {
    for (const [, name = ''] of JSON.stringify(part).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      const schema = NAMED[name];
      if (schema === undefined || Object.hasOwn(used, name)) continue;
      used[name] = plain(schema) as SchemaJson;
      add(used[name]);
    }
  };
  add(using);
  return used;
}

/** What a reference of this document leads to. @param ref `#/components/schemas/<name>` */
export function namedSchema(ref: string): SchemaJson {
  const schema = NAMED[ref.split('/').at(-1) ?? ''];
  return schema === undefined ? {} : (plain(schema) as SchemaJson);
}

/** A declared schema as the document writes it: what has a name is referred to. */
export function toSchemaJson(schema: TSchema | SchemaJson): SchemaJson {
  const name = nameOf.get(schema);
  return name === undefined ? (plain(schema) as SchemaJson) : componentRef(name);
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inner);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value)
    // The type of an optional member carries marks of its library.
    .filter(([key, member]) => !key.startsWith('~') && member !== undefined)
    .map(([key, member]) => [key, inner(member)]);
  return withMap(Object.fromEntries(members));
}

function inner(value: unknown): unknown {
  const name = nameOf.get(value);
  return name === undefined ? plain(value) : componentRef(name);
}

/** Records of any key are written as generators of clients understand them. */
function withMap(schema: SchemaJson): SchemaJson {
  const { patternProperties, ...rest } = schema;
  if (typeof patternProperties !== 'object' || patternProperties === null) return schema;
  const [pattern, ...others] = Object.keys(patternProperties);
  if (pattern !== '^.*$' || others.length > 0) return schema;
  return { ...rest, additionalProperties: (patternProperties as SchemaJson)[pattern] };
}
