import Type, { type Static } from 'typebox';

export const propertyValue = Type.Union([Type.String(), Type.Number(), Type.Boolean()], {
  description: 'Text, a number or true/false.',
});

/** `{namespace: {name: value}}`: values that apps keep with a chat, a thread or an event. */
export const properties = Type.Record(Type.String(), Type.Record(Type.String(), propertyValue), {
  description: 'Values by namespace and name: `{"<namespace>": {"<name>": <value>}}`.',
});

/** `{namespace: [names]}` */
export const propertyNames = Type.Record(
  Type.String(),
  Type.Array(Type.String({ minLength: 1, maxLength: 255 }), { maxItems: 100 }),
  { description: 'Names by namespace: `{"<namespace>": ["<name>"]}`.' },
);

export type PropertyValue = Static<typeof propertyValue>;
export type Properties = Static<typeof properties>;

/** What List Chats may ask of one property: exactly one of the three. */
export const propertyFilter = Type.Object({
  exists: Type.Optional(Type.Boolean({ description: 'Chats that have the property, or that lack it.' })),
  values: Type.Optional(
    Type.Array(propertyValue, { minItems: 1, maxItems: 100, description: 'The property has one of these.' }),
  ),
  exclude_values: Type.Optional(
    Type.Array(propertyValue, {
      minItems: 1,
      maxItems: 100,
      description: 'The property has none of these, or is not set.',
    }),
  ),
});

export const propertyFilters = Type.Record(Type.String(), Type.Record(Type.String(), propertyFilter), {
  description:
    'Conditions by namespace and name, one filter type each: `{"<namespace>": {"<name>": {"exists": true}}}`. ' +
    'A chat must meet all of them.',
});

export type PropertyFilters = Static<typeof propertyFilters>;
