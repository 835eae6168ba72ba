import Type from 'typebox';
import { groupIds } from '../../wire/access.ts';

export const ruleId = Type.String({ minLength: 1, maxLength: 64, description: 'The id of a rule.' });
const part = Type.Optional(Type.String({ maxLength: 255 }));

const matches = Type.Optional(
  Type.Array(
    Type.Object({
      value: Type.String({ minLength: 1, maxLength: 2048 }),
      exact_match: Type.Optional(
        Type.Boolean({ description: '`false`, as where left out: anywhere in it.' }),
      ),
    }),
    { maxItems: 100 },
  ),
);

const matchList = Type.Object(
  { values: matches, exclude_values: matches },
  { description: 'One of the two lists. Large and small letters, `https://` and `www.` make no difference.' },
);

export const conditions = Type.Object(
  {
    url: Type.Optional(matchList),
    domain: Type.Optional(matchList),
    geolocation: Type.Optional(
      Type.Object({
        values: Type.Array(Type.Object({ country: part, country_code: part, region: part, city: part }), {
          maxItems: 100,
          description: 'One of these. Of each, all that is given has to fit.',
        }),
      }),
    ),
  },
  { description: 'At least one. All that are given have to be met.' },
);

export const ruleAccess = Type.Object({
  groups: Type.Array(groupIds.items, { minItems: 1, maxItems: 200, description: 'Whose the chats are.' }),
});

export const description = Type.Optional(Type.String({ maxLength: 255 }));
export const nextId = Type.Optional(
  Type.String({ maxLength: 64, description: 'The rule to go before; empty for the end.' }),
);
