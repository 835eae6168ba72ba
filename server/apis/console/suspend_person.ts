import Type from 'typebox';
import { consoleMethod } from '../registry/method.ts';
import { editorOf } from './caller_facts.ts';
import { AccountId, Person, PersonVersion } from './people_schemas.ts';
import { accountIdOf, presentChanged } from './present_person.ts';

export const suspendPerson = consoleMethod({
  name: 'suspend_person',
  summary:
    'Suspend a person: their sessions, apps and tokens are refused here until the suspension is lifted',
  access: 'developer',
  http: { method: 'POST', path: '/console/api/people/:account_id/suspension' },
  input: Type.Object({ account_id: AccountId, version: PersonVersion }, { additionalProperties: false }),
  output: Person,
  errors: ['not_found', 'conflict', 'limit_reached'],
  handler: async (context) => {
    const { services, caller, input } = context;
    const accountId = accountIdOf(input);
    const member = await services.people.changes.suspend(editorOf(context), accountId, input.version);
    return presentChanged(services, caller, member);
  },
});
