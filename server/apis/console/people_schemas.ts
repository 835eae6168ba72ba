import Type, { type Static } from 'typebox';
import { AccountRoleName, Timestamp } from './schemas.ts';

/** The structures of an organization's people, as they travel. */

export const ChatRoleName = Type.Union([Type.Literal('administrator'), Type.Literal('normal')]);

export const PersonStatusName = Type.Union([Type.Literal('active'), Type.Literal('suspended')]);

const PersonActionName = Type.Union([
  Type.Literal('change_role'),
  Type.Literal('change_chat_role'),
  Type.Literal('suspend'),
  Type.Literal('unsuspend'),
  Type.Literal('remove'),
  Type.Literal('transfer_ownership'),
]);

export const Person = Type.Object({
  account_id: Type.String(),
  name: Type.String(),
  email: Type.String(),
  role: AccountRoleName,
  chat_role: ChatRoleName,
  group_ids: Type.Array(Type.Integer()),
  status: PersonStatusName,
  joined_at: Timestamp,
  version: Type.Integer({ description: 'Grows with each change. Send it with the next one.' }),
  acting_for: Type.Union(
    [Type.Object({ apps: Type.Integer(), personal_access_tokens: Type.Integer() }), Type.Null()],
    {
      description:
        'What acts for the person by itself: apps they allowed, and live tokens. Null for those who do not manage them.',
    },
  ),
  actions: Type.Array(PersonActionName, { description: 'What the caller may do to this person.' }),
});
export type Person = Static<typeof Person>;

export const Invitation = Type.Object({
  id: Type.String(),
  email: Type.String(),
  role: AccountRoleName,
  chat_role: ChatRoleName,
  invited_by: Type.Union([Type.String(), Type.Null()], { description: 'Name of the person.' }),
  sent_at: Timestamp,
  expires_at: Timestamp,
  expired: Type.Boolean({ description: 'Its link works no longer; it can be sent again.' }),
});
export type Invitation = Static<typeof Invitation>;

export const AccountId = Type.String({ description: "The person's account id." });

export const InvitationId = Type.String({ description: 'Id of the invitation.' });

export const PersonVersion = Type.Integer({
  minimum: 1,
  description:
    'The `version` of the person that the change is based on. Another one by now answers `conflict`.',
});
