import Type, { type Static } from 'typebox';
import {
  type PropertyDefinition,
  propertyLocations,
  propertyTypes,
} from '../../domain/properties/definition.ts';
import { propertyValue } from '../../wire/properties.ts';

const rights = Type.Array(Type.Enum(['read', 'write']), { minItems: 1, maxItems: 2 });
const users = Type.Object({ agent: Type.Optional(rights), customer: Type.Optional(rights) });

export const propertyAccess = Type.Object(
  Object.fromEntries(propertyLocations.map((location) => [location, Type.Optional(users)])) as Record<
    (typeof propertyLocations)[number],
    ReturnType<typeof Type.Optional<typeof users>>
  >,
  {
    description:
      'What agents and customers may do with it, by where it is kept. Where a location is not named, it cannot be kept there.',
  },
);

export const publicRights = Type.Array(Type.Enum(['read', 'write']), {
  minItems: 1,
  maxItems: 2,
  description: 'What other apps may do.',
});

export const ownerClientId = Type.Optional(
  Type.String({
    minLength: 1,
    maxLength: 64,
    description:
      "The app that owns the property; one of your organization. With an app's token that app, where left out; a personal access token has to name it.",
  }),
);

export const propertyName = Type.String({ minLength: 1, maxLength: 255 });

export const domain = Type.Array(propertyValue, {
  minItems: 1,
  maxItems: 100,
  description: 'The only values there can be.',
});

export const range = Type.Object(
  {
    from: Type.Optional(Type.Integer()),
    to: Type.Optional(Type.Integer()),
  },
  { description: 'Bounds of an `int`, both included.' },
);

/** What one property is; its name is its key. */
export const propertyDefinition = Type.Object({
  type: Type.Enum([...propertyTypes]),
  description: Type.String({ description: 'Empty where there is none.' }),
  access: propertyAccess,
  domain: Type.Optional(domain),
  range: Type.Optional(range),
  default_value: Type.Optional(propertyValue),
  public_access: Type.Optional(
    Type.Array(Type.Enum(['read', 'write']), { description: 'Left out as long as it is private.' }),
  ),
});

export function presentDefinition(definition: PropertyDefinition): Static<typeof propertyDefinition> {
  const { domain: values, range: bounds, defaultValue, publicAccess } = definition;
  return {
    type: definition.type,
    description: definition.description ?? '',
    access: structuredClone(definition.access) as Static<typeof propertyAccess>,
    ...(values ? { domain: [...values] } : {}),
    ...(bounds ? { range: bounds as Static<typeof range> } : {}),
    ...(defaultValue === null ? {} : { default_value: defaultValue }),
    ...(publicAccess ? { public_access: [...publicAccess] } : {}),
  };
}

export const valueFilter = {
  namespace: Type.Optional(Type.String({ minLength: 1, maxLength: 255 })),
  name_prefix: Type.Optional(
    Type.String({ minLength: 1, maxLength: 255, description: 'What names begin with.' }),
  ),
};
