import Type from 'typebox';
import { consoleMethod } from '../registry/method.ts';
import { editorOf } from './caller_facts.ts';
import { AccountId, Person, PersonVersion } from './people_schemas.ts';
import { accountIdOf, presentChanged } from './present_person.ts';

export const transferOwnership = consoleMethod({
  name: 'transfer_ownership',
  summary: 'Make somebody else the owner; the caller becomes an administrator. Asks for the password again',
  access: 'developer',
  http: { method: 'POST', path: '/console/api/people/:account_id/ownership' },
  input: Type.Object(
    {
      account_id: AccountId,
      version: PersonVersion,
      password: Type.String({ maxLength: 1024, description: "The caller's own password.", secret: true }),
    },
    { additionalProperties: false },
  ),
  output: Person,
  errors: ['not_found', 'conflict', 'too_many_requests'],
  handler: async (context) => {
    const { services, caller, input } = context;
    const { version, password } = input;
    const member = await services.people.changes.transferOwnership(editorOf(context), accountIdOf(input), {
      version,
      password,
    });
    return presentChanged(services, caller, member);
  },
});
