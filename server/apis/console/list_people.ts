import Type from 'typebox';
import type { PeopleFilter } from '../../domain/people/records.ts';
import { chatRolesToGive, rolesToGive } from '../../domain/people/role_rules.ts';
import { consoleMethod } from '../registry/method.ts';
import { continuePeopleList, writePeoplePageId } from './people_page_id.ts';
import { ChatRoleName, Person, PersonStatusName } from './people_schemas.ts';
import { presentPerson, standingOf } from './present_person.ts';
import { AccountRoleName } from './schemas.ts';

const PEOPLE_PER_PAGE = 25;

export const listPeople = consoleMethod({
  name: 'list_people',
  summary: "List the organization's people by name, with what the caller may do to each",
  access: 'member',
  personalAccessToken: ['accounts--all:ro'],
  http: { method: 'GET', path: '/console/api/people' },
  input: Type.Object(
    {
      search: Type.Optional(
        Type.String({ maxLength: 200, description: 'A part of the name or the e-mail, in whatever case.' }),
      ),
      role: Type.Optional(AccountRoleName),
      status: Type.Optional(PersonStatusName),
      page_id: Type.Optional(Type.String({ description: '`next_page_id` of the page before.' })),
    },
    { additionalProperties: false },
  ),
  output: Type.Object({
    people: Type.Array(Person),
    total: Type.Integer({ description: 'How many people there are, on all pages.' }),
    next_page_id: Type.Optional(Type.String()),
    grantable_roles: Type.Array(AccountRoleName, {
      description: 'Roles that the caller may give, the highest first; empty for those who manage nobody.',
    }),
    grantable_chat_roles: Type.Array(ChatRoleName),
  }),
  handler: async ({ services, caller, input }) => {
    const { licenseId } = caller.organization;
    const search = input.search?.trim();
    const asked: PeopleFilter = { search: search ?? '', role: input.role, status: input.status };
    const { after, filter } =
      input.page_id === undefined
        ? { after: undefined, filter: asked }
        : continuePeopleList(input.page_id, { ...asked, search });
    const seer = standingOf(caller);
    const page = await services.people.list(licenseId, filter, { after, limit: PEOPLE_PER_PAGE });
    return {
      people: page.people.map((person) => presentPerson(person, seer)),
      total: page.total,
      ...(page.next === undefined ? {} : { next_page_id: writePeoplePageId(page.next, filter) }),
      grantable_roles: rolesToGive(seer),
      grantable_chat_roles: chatRolesToGive(seer),
    };
  },
});
