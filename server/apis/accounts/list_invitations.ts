import Type from 'typebox';
import { accountsMethod } from '../registry/method.ts';
import { Invitation, presentInvitation } from './invitation.ts';

export const listInvitations = accountsMethod({
  name: 'list_invitations',
  summary: 'List the open invitations of the organization',
  description: 'The newest first: those that wait for approval, and those that were sent.',
  http: { method: 'GET', path: '/v2/accounts/invitations' },
  scopes: ['accounts.invitations--all:ro'],
  input: Type.Object({
    email: Type.Optional(Type.String({ maxLength: 128, description: 'In the query: of this person alone.' })),
  }),
  output: Type.Array(Invitation),
  source: 'authorization/global-accounts-api#Accounts',
  async handler({ caller, input, services }) {
    const { id, licenseId } = caller.organization;
    const found = await services.people.invitations.open(licenseId, input.email);
    return found.map((invitation) => presentInvitation(invitation, id));
  },
});
