import Type from 'typebox';

export const sortOrder = Type.Enum(['asc', 'desc'], {
  description: '`asc`: oldest first. `desc` (default): newest first.',
});

/** No default in the schema: sending a limit along with a `page_id` must be told from not sending one. */
export function pageLimit(standard: number, maximum: number) {
  return Type.Integer({
    minimum: 1,
    maximum,
    description: `How many records a page holds at most. Default: ${standard}.`,
  });
}

export const pageId = Type.String({
  minLength: 1,
  maxLength: 65_536,
  description:
    'A `next_page_id` or `previous_page_id` of an earlier answer. It carries the filters, the limit and the ' +
    'sort order, so those are not sent along. It expires after 30 days.',
});

export const nextPageId = Type.Optional(
  Type.String({ description: 'Only when there is a page after this one.' }),
);
export const previousPageId = Type.Optional(
  Type.String({ description: 'Only when there is a page before this one.' }),
);

export const timestamp = Type.String({ description: 'UTC, microseconds: `2026-01-31T07:11:28.288340Z`.' });
