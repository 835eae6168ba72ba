import Type from 'typebox';
import { INVITATION_DAYS, MOST_INVITATIONS_AT_ONCE } from '../../domain/people/invitations.ts';
import { consoleMethod } from '../registry/method.ts';
import { editorOf } from './caller_facts.ts';
import { ChatRoleName, Invitation } from './people_schemas.ts';
import { presentInvitation } from './present_person.ts';
import { AccountRoleName } from './schemas.ts';

export const createInvitations = consoleMethod({
  name: 'create_invitations',
  summary: `Invite people by e-mail, all of them or none; each gets a link that works once, for ${INVITATION_DAYS} days`,
  access: 'developer',
  http: { method: 'POST', path: '/console/api/invitations', status: 201 },
  input: Type.Object(
    {
      emails: Type.Array(Type.String({ maxLength: 256 }), {
        minItems: 1,
        maxItems: MOST_INVITATIONS_AT_ONCE,
      }),
      role: AccountRoleName,
      chat_role: ChatRoleName,
    },
    { additionalProperties: false },
  ),
  output: Type.Object({ invitations: Type.Array(Invitation) }),
  errors: ['conflict', 'limit_reached', 'too_many_requests'],
  example: { emails: ['new.colleague@acme.test'], role: 'member', chat_role: 'normal' },
  handler: async (context) => {
    const { services, input } = context;
    const made = await services.people.invitations.create(editorOf(context), {
      emails: input.emails,
      accountRole: input.role,
      chatRole: input.chat_role,
    });
    return { invitations: made.map(presentInvitation) };
  },
});
