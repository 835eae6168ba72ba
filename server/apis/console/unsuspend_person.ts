import Type from 'typebox';
import { consoleMethod } from '../registry/method.ts';
import { editorOf } from './caller_facts.ts';
import { AccountId, Person, PersonVersion } from './people_schemas.ts';
import { accountIdOf, presentChanged } from './present_person.ts';

export const unsuspendPerson = consoleMethod({
  name: 'unsuspend_person',
  summary: 'Lift a suspension: tokens that still live work again',
  access: 'developer',
  http: { method: 'DELETE', path: '/console/api/people/:account_id/suspension' },
  input: Type.Object({ account_id: AccountId, version: PersonVersion }, { additionalProperties: false }),
  output: Person,
  errors: ['not_found', 'conflict'],
  handler: async (context) => {
    const { services, caller, input } = context;
    const accountId = accountIdOf(input);
    const member = await services.people.changes.unsuspend(editorOf(context), accountId, input.version);
    return presentChanged(services, caller, member);
  },
});
