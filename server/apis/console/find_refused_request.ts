import Type from 'typebox';
import { GatehouseError } from '../../kernel/errors.ts';
import { consoleMethod } from '../registry/method.ts';
import { presentRefusal } from './present_insight.ts';
import { RefusedRequest } from './schemas.ts';

export const findRefusedRequest = consoleMethod({
  name: 'find_refused_request',
  summary: 'Find a refused request of any app of the organization by its request id',
  access: 'developer',
  personalAccessToken: [],
  http: { method: 'GET', path: '/console/api/refused_requests/:request_id' },
  input: Type.Object(
    { request_id: Type.String({ maxLength: 100, description: 'As the refusal told it.' }) },
    { additionalProperties: false },
  ),
  output: Type.Object({
    app_id: Type.String(),
    app_name: Type.String(),
    refused_request: RefusedRequest,
  }),
  errors: ['not_found'],
  handler: async ({ services, caller, input }) => {
    const { licenseId } = caller.organization;
    const found = await services.insight.refusals.byRequestId(
      licenseId,
      input.request_id.trim().toLowerCase(),
    );
    const known = found && (await services.apps.client(found.clientId));
    if (!found || !known)
      throw new GatehouseError(
        'not_found',
        'No refused request of your apps has this id. Refusals are kept for 30 days and appear here a few seconds after they happen.',
      );
    return { app_id: known.app.id, app_name: known.app.name, refused_request: presentRefusal(found) };
  },
});
