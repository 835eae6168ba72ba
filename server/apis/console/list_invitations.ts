import Type from 'typebox';
import { consoleMethod } from '../registry/method.ts';
import { readPageId, refusedPageId, writePageId } from './page_id.ts';
import { Invitation } from './people_schemas.ts';
import { presentInvitation } from './present_person.ts';

const INVITATIONS_PER_PAGE = 25;

export const listInvitations = consoleMethod({
  name: 'list_invitations',
  summary: 'List invitations that nobody has answered, the newest first',
  access: 'developer',
  personalAccessToken: ['accounts.invitations--all:ro'],
  http: { method: 'GET', path: '/console/api/invitations' },
  input: Type.Object(
    { page_id: Type.Optional(Type.String({ description: '`next_page_id` of the page before.' })) },
    { additionalProperties: false },
  ),
  output: Type.Object({
    invitations: Type.Array(Invitation),
    total: Type.Integer({ description: 'How many there are, on all pages.' }),
    next_page_id: Type.Optional(Type.String()),
  }),
  handler: async ({ services, caller, input }) => {
    const before = input.page_id === undefined ? undefined : placeOf(input.page_id);
    const page = await services.people.invitations.list(caller.organization.licenseId, {
      before,
      limit: INVITATIONS_PER_PAGE,
    });
    return {
      invitations: page.invitations.map(presentInvitation),
      total: page.total,
      ...(page.next === undefined ? {} : { next_page_id: writePageId([page.next]) }),
    };
  },
});

function placeOf(pageId: string): number {
  const [before] = readPageId(pageId);
  if (typeof before === 'number' && Number.isSafeInteger(before)) return before;
  throw refusedPageId();
}
