import Type from 'typebox';

/** An empty form, to be shown before or after a chat, or in place of one. */
export const form = Type.Object({
  id: Type.String(),
  fields: Type.Array(
    Type.Object({
      id: Type.String(),
      type: Type.Enum([
        'header',
        'checkbox',
        'email',
        'name',
        'question',
        'subject',
        'textarea',
        'group_chooser',
        'radio',
        'select',
      ]),
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

export const groupId = Type.Integer({
  minimum: 0,
  maximum: 2_147_483_647,
  description: 'A group; `0` is General, which is always there.',
});
