import Type from 'typebox';
import { consoleMethod } from '../registry/method.ts';
import { editorOf } from './caller_facts.ts';
import { AccountId, ChatRoleName, Person, PersonVersion } from './people_schemas.ts';
import { accountIdOf, presentChanged } from './present_person.ts';
import { AccountRoleName } from './schemas.ts';

export const updatePerson = consoleMethod({
  name: 'update_person',
  summary: "Change a person's role, chat role or both; their tokens' rights follow at once",
  access: 'developer',
  http: { method: 'PATCH', path: '/console/api/people/:account_id' },
  input: Type.Object(
    {
      account_id: AccountId,
      version: PersonVersion,
      role: Type.Optional(AccountRoleName),
      chat_role: Type.Optional(ChatRoleName),
    },
    { additionalProperties: false },
  ),
  output: Person,
  errors: ['not_found', 'conflict', 'limit_reached'],
  handler: async (context) => {
    const { services, caller, input } = context;
    const member = await services.people.changes.changeRoles(editorOf(context), accountIdOf(input), {
      version: input.version,
      ...(input.role === undefined ? {} : { accountRole: input.role }),
      ...(input.chat_role === undefined ? {} : { chatRole: input.chat_role }),
    });
    return presentChanged(services, caller, member);
  },
});
