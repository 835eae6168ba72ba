import Type from 'typebox';
import { postalAddress } from './user.ts';

/** A customer's id: a UUID. Anything else is simply not found, so only the length is bounded here. */
export const customerId = Type.String({
  minLength: 1,
  maxLength: 64,
  description: 'The id of a customer: a UUID.',
});

export const sessionFieldsRequest = Type.Array(Type.Record(Type.String(), Type.String()), {
  maxItems: 100,
  description:
    'Values by key, in the order in which they are kept: `[{"<key>": "<value>"}]`. At most 100 keys, of up to 255 ' +
    'characters, with values of up to 4 096.',
});

const line = Type.Optional(Type.String());

/** What of a profile can be changed, by agents and by the customer alike. */
export const customerProfile = {
  name: Type.Optional(
    Type.String({ description: 'At most 255 characters. As with the others, an empty text takes it away.' }),
  ),
  email: Type.Optional(
    Type.String({ description: 'At most 128 characters. A new one counts as not verified.' }),
  ),
  avatar: Type.Optional(
    Type.String({
      description: 'The address of an image, `https://` or `http://`, at most 2 048 characters.',
    }),
  ),
  session_fields: Type.Optional(
    Type.Array(Type.Record(Type.String(), Type.String()), {
      maxItems: 100,
      description:
        'Laid over those that are there, key by key: `[{"<key>": "<value>"}]`. An empty value takes its key away. At ' +
        'most 100 keys come together.',
    }),
  ),
  omnichannel: Type.Optional(
    Type.Object(
      {
        fbmessenger: Type.Optional(
          Type.Object({
            id: Type.String({ minLength: 1 }),
            name: line,
            first_name: line,
            last_name: line,
            profile_pic: Type.Optional(Type.String({ description: 'The address of an image.' })),
            gender: line,
            locale: line,
            is_verified_user: Type.Optional(Type.Boolean()),
          }),
        ),
        twilio: Type.Optional(
          Type.Object({ phone_number: Type.String({ description: 'E.164, as in `+48717178888`.' }) }),
        ),
      },
      { description: 'A profile on another channel; it is added to those that are known, or renewed there.' },
    ),
  ),
  address: Type.Optional(postalAddress),
};
