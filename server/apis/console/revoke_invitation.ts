import Type from 'typebox';
import { consoleMethod } from '../registry/method.ts';
import { editorOf } from './caller_facts.ts';
import { InvitationId } from './people_schemas.ts';
import { invitationIdOf } from './present_person.ts';
import { Nothing } from './schemas.ts';

export const revokeInvitation = consoleMethod({
  name: 'revoke_invitation',
  summary: 'Take an invitation back: its link stops working',
  access: 'developer',
  http: { method: 'DELETE', path: '/console/api/invitations/:invitation_id', status: 204 },
  input: Type.Object({ invitation_id: InvitationId }, { additionalProperties: false }),
  output: Nothing,
  errors: ['not_found'],
  handler: async (context) => {
    await context.services.people.invitations.revoke(editorOf(context), invitationIdOf(context.input));
    return {};
  },
});
