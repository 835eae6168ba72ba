import Type, { type Static } from 'typebox';

const anyGroup = { minimum: 0, maximum: 2_147_483_647 };

export const groupId = Type.Integer({
  ...anyGroup,
  description: 'A group; `0` is General, which is always there.',
});

export const groupIds = Type.Array(Type.Integer(anyGroup), { maxItems: 200 });

/** Which agents see a chat or a thread: those of the groups. Group 0 is everybody. */
export const access = Type.Object(
  { group_ids: groupIds },
  { description: 'Who may see it: the agents of these groups. Group `0` means every agent.' },
);

export const accessRequest = Type.Object({
  group_ids: Type.Array(Type.Integer(anyGroup), { minItems: 1, maxItems: 200 }),
});

export type Access = Static<typeof access>;
