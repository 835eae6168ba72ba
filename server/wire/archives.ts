import Type, { type TSchema } from 'typebox';
import { propertyFilters } from './properties.ts';

const from = Type.Optional(Type.String({ description: 'Then or later, RFC 3339.' }));
const to = Type.Optional(Type.String({ description: 'Then or earlier, RFC 3339.' }));
const exists = Type.Optional(Type.Boolean());
const every = Type.Optional(
  Type.Boolean({ description: '`true`: all of the values, where otherwise one is enough.' }),
);

function list<T extends TSchema>(value: T, most = 200) {
  return Type.Optional(Type.Array(value, { minItems: 1, maxItems: most }));
}

/** Exactly one of `exists`, `values` and `exclude_values`; the domain says so. */
function valueFilter<T extends TSchema>(value: T, description: string) {
  return Type.Optional(
    Type.Object(
      { exists, values: list(value), exclude_values: list(value), require_every_value: every },
      { description },
    ),
  );
}

const text = Type.String({ minLength: 1, maxLength: 500 });
const groupId = Type.Integer({ minimum: 0 });
const lists = <T extends TSchema>(value: T) =>
  Type.Optional(Type.Object({ values: list(value), exclude_values: list(value) }));
const agentTypes = Type.Optional(
  Type.Array(Type.Enum(['human', 'chatbot', 'ai_agent']), { minItems: 1, maxItems: 3 }),
);

const form = Type.Object({
  from,
  to,
  exists,
  type: Type.Optional(Type.Enum(['pre_chat', 'post_chat'])),
  values: list(text),
  exclude_values: list(text),
  groups: lists(groupId),
});

export const archiveFilters = Type.Object({
  query: Type.Optional(
    Type.String({ maxLength: 1_000, description: 'Words that are all in the thread or its people’s names.' }),
  ),
  from,
  to,
  chat_ids: list(text, 1_000),
  thread_ids: Type.Optional(
    Type.Array(text, {
      minItems: 1,
      maxItems: 20,
      description: 'Not along with any other filter or paging.',
    }),
  ),
  group_ids: Type.Optional(Type.Array(groupId, { maxItems: 200 })),
  properties: Type.Optional(propertyFilters),
  agents: valueFilter(text, 'Agents who took part; `exists: false` finds threads without any.'),
  tags: valueFilter(text, 'Tags of the thread.'),
  sales: valueFilter(Type.Union([text, Type.Integer()]), 'Sales that were noted with the thread.'),
  goals: valueFilter(Type.Union([text, Type.Integer()]), 'Goals that were noted with the thread.'),
  forms: Type.Optional(
    Type.Array(form, { maxItems: 10, description: 'Filled-in forms; values are ids of answers.' }),
  ),
  event_types: Type.Optional(
    Type.Object({ values: list(text), exclude_values: list(text), require_every_value: every }),
  ),
  greetings: Type.Optional(
    Type.Object({
      from,
      to,
      exists,
      values: list(Type.Integer()),
      exclude_values: list(Type.Integer()),
      groups: lists(groupId),
    }),
  ),
  agent_response: Type.Optional(
    Type.Object({
      exists,
      first: Type.Optional(
        Type.Boolean({ description: 'The other conditions look at the first answer alone.' }),
      ),
      agents: lists(text),
      groups: lists(groupId),
    }),
  ),
  agent_types: Type.Optional(
    Type.Object(
      { all_values: agentTypes, any_values: agentTypes, exclude_values: agentTypes },
      { description: 'Each type at most once in all three.' },
    ),
  ),
  customer_countries: valueFilter(
    Type.String({ pattern: '^[A-Za-z]{2}$' }),
    'ISO 3166-1 alpha-2 codes of the country that the customer wrote from.',
  ),
  customer_id: Type.Optional(text),
  customer_email: Type.Optional(text),
});

export const highlights = Type.Object(
  {
    pre_tag: Type.Optional(
      Type.String({ maxLength: 100, description: 'Together with `post_tag`. Default: `<em>`.' }),
    ),
    post_tag: Type.Optional(Type.String({ maxLength: 100, description: 'Default: `</em>`.' })),
  },
  {
    description:
      'Marks the words of `filters.query` in the texts of events. The texts themselves are not escaped: do that ' +
      'before you show them as HTML, with tags of your own to tell the marks by.',
  },
);
