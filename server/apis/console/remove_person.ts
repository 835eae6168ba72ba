import Type from 'typebox';
import { consoleMethod } from '../registry/method.ts';
import { editorOf } from './caller_facts.ts';
import { AccountId, PersonVersion } from './people_schemas.ts';
import { accountIdOf } from './present_person.ts';
import { Nothing } from './schemas.ts';

export const removePerson = consoleMethod({
  name: 'remove_person',
  summary: 'Take a person out of the organization; all their tokens for it die. Their account stays',
  access: 'developer',
  http: { method: 'DELETE', path: '/console/api/people/:account_id', status: 204 },
  input: Type.Object({ account_id: AccountId, version: PersonVersion }, { additionalProperties: false }),
  output: Nothing,
  errors: ['not_found', 'conflict', 'limit_reached'],
  handler: async (context) => {
    const { services, input } = context;
    await services.people.changes.remove(editorOf(context), accountIdOf(input), input.version);
    return {};
  },
});
