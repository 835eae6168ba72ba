import Type from 'typebox';
import { created } from '../registry/created.ts';
import { accountsMethod } from '../registry/method.ts';
import { refuseBots } from './account.ts';
import { managerOf } from './manager.ts';

export const createInvitation = accountsMethod({
  name: 'create_invitation',
  summary: 'Propose somebody for the organization',
  description:
    'Owners and administrators are told by mail, and decide by `approve_invitation` or `decline_invitation`; until then the person hears nothing. Answers 201; and 200 where an invitation to this e-mail is open. Members may where the organization’s `invitation_mode` is `lax`.',
  http: { method: 'POST', path: '/v2/accounts/invitations' },
  scopes: ['accounts.invitations--my:rw'],
  input: Type.Object({
    email: Type.String({ minLength: 1, maxLength: 128 }),
    name: Type.Optional(Type.String({ maxLength: 191 })),
    product: Type.Optional(Type.Enum(['LiveChat'])),
  }),
  output: Type.Object({ invitation_id: Type.String() }),
  errors: ['already_exists', 'conflict', 'limit_reached', 'too_many_requests'],
  example: { email: 'colleague@example.com', name: 'Cora Colleague', product: 'LiveChat' },
  source: 'authorization/global-accounts-api#Accounts',
  async handler(call) {
    const { caller, input, services } = call;
    refuseBots(caller);
    const { email, name } = input;
    const made = await services.people.invitations.propose(managerOf(call), { email, name });
    const answer = { invitation_id: made.id };
    return made.created ? created(answer) : answer;
  },
});
