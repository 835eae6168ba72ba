import Type from 'typebox';

/** Field types that LiveChat documents, and `header`, which its own forms use. */
export const formFieldTypes = [
  'checkbox',
  'email',
  'name',
  'question',
  'subject',
  'textarea',
  'group_chooser',
  'radio',
  'select',
  'header',
] as const;

const option = Type.Object({
  id: Type.Optional(Type.Union([Type.String(), Type.Number()])),
  label: Type.Optional(Type.String()),
  group_id: Type.Optional(Type.Number()),
});

/** A field of a `form` (a question) or of a `filled_form` (a question with its answer). */
export const formField = Type.Object({
  type: Type.Enum([...formFieldTypes]),
  id: Type.String(),
  label: Type.String(),
  required: Type.Optional(Type.Boolean()),
  options: Type.Optional(Type.Array(option, { maxItems: 100 })),
  answer: Type.Optional(Type.Union([Type.String(), Type.Number(), Type.Boolean(), option])),
  answers: Type.Optional(Type.Array(option, { maxItems: 100 })),
});
