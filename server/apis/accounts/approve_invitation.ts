import Type from 'typebox';
import { accountsMethod } from '../registry/method.ts';
import { Uuid } from './account.ts';
import { managerOf } from './manager.ts';
import { rolesNamed } from './role_entries.ts';

/** Who may decide invitations to the chat product; those to the help desk are none of ours. */
export const DECIDE_INVITATIONS = ['accounts.invitations--all:rw', 'accounts.invitations.lc--all:rw'];

export const approveInvitation = accountsMethod({
  name: 'approve_invitation',
  summary: 'Approve of an invitation',
  description:
    'The person gets a mail with a link, by which they join. `account_id` is the id that their account has, or will have from then on.',
  http: { method: 'PUT', path: '/v2/accounts/invitations/:invitation_id' },
  scopes: DECIDE_INVITATIONS,
  input: Type.Object({
    invitation_id: Uuid,
    role: Type.Optional(
      Type.String({
        maxLength: 64,
        description: 'In LiveChat: `normal`, unless it is named, or `administrator`.',
      }),
    ),
  }),
  output: Type.Object({ account_id: Type.String() }),
  errors: ['not_found', 'conflict'],
  example: { invitation_id: '0f0ad6a4-39a1-4b13-a5b6-3d1f1c2a7b10', role: 'normal' },
  source: 'authorization/global-accounts-api#Accounts',
  async handler(call) {
    const { input, services } = call;
    const role = input.role ?? 'normal';
    const { accountRole = 'member', chatRole = 'normal' } = rolesNamed(
      [{ product: 'LiveChat', role }],
      'role',
    );
    const approved = await services.people.invitations.approve(
      managerOf(call),
      input.invitation_id.toLowerCase(),
      { accountRole, chatRole },
    );
    return { account_id: approved.accountId };
  },
});
