import Type from 'typebox';
import { consoleMethod } from '../registry/method.ts';
import { editorOf } from './caller_facts.ts';
import { Invitation, InvitationId } from './people_schemas.ts';
import { invitationIdOf, presentInvitation } from './present_person.ts';

export const resendInvitation = consoleMethod({
  name: 'resend_invitation',
  summary: 'Send an invitation again with a new link; the link before stops working',
  access: 'developer',
  http: { method: 'POST', path: '/console/api/invitations/:invitation_id/resend' },
  input: Type.Object({ invitation_id: InvitationId }, { additionalProperties: false }),
  output: Invitation,
  errors: ['not_found', 'too_many_requests'],
  handler: async (context) => {
    const { services, input } = context;
    const id = invitationIdOf(input);
    return presentInvitation(await services.people.invitations.resend(editorOf(context), id));
  },
});
