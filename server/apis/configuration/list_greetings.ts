import Type from 'typebox';
import { groupIds } from '../../wire/access.ts';
import { nextPageId, pageId, pageLimit } from '../../wire/page.ts';
import { agentMethod } from '../registry/method.ts';
import { greeting, presentGreeting } from './greeting_form.ts';

export const listGreetings = agentMethod({
  api: 'configuration',
  name: 'list_greetings',
  summary: 'List greetings, the oldest first.',
  description: '`found_greetings` counts all pages.',
  scopes: ['greetings:ro'],
  input: Type.Object({
    groups: Type.Optional({ ...groupIds, description: 'Of these groups alone. Default: of all.' }),
    limit: Type.Optional(pageLimit(100, 100)),
    page_id: Type.Optional(pageId),
  }),
  output: Type.Object({
    greetings: Type.Array(greeting),
    found_greetings: Type.Integer(),
    next_page_id: nextPageId,
  }),
  errors: ['group_not_found'],
  example: { groups: [0], limit: 25 },
  source: 'management/configuration-api#list-greetings',
  async handler({ caller, input, services }) {
    const page = await services.widget.greetings.page(caller.organization.licenseId, input);
    return {
      greetings: page.greetings.map(presentGreeting),
      found_greetings: page.found,
      ...(page.nextPageId === undefined ? {} : { next_page_id: page.nextPageId }),
    };
  },
});
