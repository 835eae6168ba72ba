import Type from 'typebox';
import { formFieldTypes } from './event_form.ts';

/** An empty form, to be shown before or after a chat, or in place of one. */
export const form = Type.Object({
  id: Type.String(),
  fields: Type.Array(
    Type.Object({
      id: Type.String(),
      type: Type.Enum([...formFieldTypes]),
      label: Type.String(),
      required: Type.Optional(Type.Boolean({ description: 'Not of a header.' })),
      options: Type.Optional(
        Type.Array(
          Type.Object({
            id: Type.String(),
            label: Type.String(),
            group_id: Type.Optional(Type.Integer({ description: 'Of a `group_chooser`.' })),
          }),
        ),
      ),
    }),
  ),
});
