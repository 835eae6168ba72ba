import Type from 'typebox';
import { refusalEndpoints } from '../../domain/insight/refused_requests.ts';
import { refusalReasons } from '../../oauth/refusal_reasons.ts';
import { consoleMethod } from '../registry/method.ts';
import { appIdOf } from './caller_facts.ts';
import { continueList, writeListPageId } from './list_page_id.ts';
import { presentRefusal } from './present_insight.ts';
import { AppId, RefusedRequest } from './schemas.ts';

const REFUSALS_PER_PAGE = 25;

export const listRefusedRequests = consoleMethod({
  name: 'list_refused_requests',
  summary: 'List what was refused to an app in the last 30 days, the newest first',
  access: 'developer',
  personalAccessToken: [],
  http: { method: 'GET', path: '/console/api/apps/:app_id/refused_requests' },
  input: Type.Object(
    {
      app_id: AppId,
      endpoint: Type.Optional(Type.Enum([...refusalEndpoints])),
      reason: Type.Optional(Type.Enum([...refusalReasons])),
      page_id: Type.Optional(Type.String({ description: '`next_page_id` of the page before.' })),
    },
    { additionalProperties: false },
  ),
  output: Type.Object({
    refused_requests: Type.Array(RefusedRequest),
    next_page_id: Type.Optional(Type.String()),
  }),
  errors: ['not_found'],
  handler: async ({ services, caller, input }) => {
    const { licenseId } = caller.organization;
    const { endpoint, reason } = input;
    const before = continueList(input.page_id, { endpoint, reason });
    const { client } = await services.apps.get(licenseId, appIdOf(input));
    if (!client) return { refused_requests: [] };
    const { refusals, next } = await services.insight.refusals.list(licenseId, client.clientId, {
      endpoint,
      reason,
      before,
      limit: REFUSALS_PER_PAGE,
    });
    return {
      refused_requests: refusals.map(presentRefusal),
      ...(next === undefined ? {} : { next_page_id: writeListPageId(next, { endpoint, reason }) }),
    };
  },
});
