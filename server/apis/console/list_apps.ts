import Type from 'typebox';
import { consoleMethod } from '../registry/method.ts';
import { continueAppsList, writeAppsPageId } from './apps_page_id.ts';
import { presentAppSummary } from './present.ts';
import { AppSummary } from './schemas.ts';

const APPS_PER_PAGE = 25;

export const listApps = consoleMethod({
  name: 'list_apps',
  summary: "List the organization's apps, the newest first",
  access: 'developer',
  personalAccessToken: [],
  http: { method: 'GET', path: '/console/api/apps' },
  input: Type.Object(
    {
      search: Type.Optional(
        Type.String({ maxLength: 200, description: 'A part of the name, in whatever case.' }),
      ),
      page_id: Type.Optional(Type.String({ description: '`next_page_id` of the page before.' })),
    },
    { additionalProperties: false },
  ),
  output: Type.Object({
    apps: Type.Array(AppSummary),
    total: Type.Integer({ description: 'How many apps there are, on all pages.' }),
    next_page_id: Type.Optional(Type.String()),
  }),
  handler: async ({ services, caller, input }) => {
    const asked = input.search?.trim();
    const place = input.page_id === undefined ? undefined : continueAppsList(input.page_id, asked);
    const search = place?.search ?? asked ?? '';
    const page = await services.apps.list(caller.organization.licenseId, {
      search,
      before: place?.before,
      limit: APPS_PER_PAGE,
    });
    return {
      apps: page.apps.map(presentAppSummary),
      total: page.total,
      ...(page.next === undefined ? {} : { next_page_id: writeAppsPageId({ before: page.next, search }) }),
    };
  },
});
