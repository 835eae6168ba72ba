import Type from 'typebox';
import { accountsMethod } from '../registry/method.ts';
import { Uuid } from './account.ts';
import { DECIDE_INVITATIONS } from './approve_invitation.ts';
import { managerOf } from './manager.ts';

export const declineInvitation = accountsMethod({
  name: 'decline_invitation',
  summary: 'Decline an invitation',
  description: 'Also one that was sent: its link is dead then. Answers 204.',
  http: { method: 'DELETE', path: '/v2/accounts/invitations/:invitation_id', status: 204 },
  scopes: DECIDE_INVITATIONS,
  input: Type.Object({ invitation_id: Uuid }),
  output: Type.Object({}),
  errors: ['not_found'],
  example: { invitation_id: '0f0ad6a4-39a1-4b13-a5b6-3d1f1c2a7b10' },
  source: 'authorization/global-accounts-api#Accounts',
  async handler(call) {
    await call.services.people.invitations.revoke(managerOf(call), call.input.invitation_id.toLowerCase());
    return {};
  },
});
