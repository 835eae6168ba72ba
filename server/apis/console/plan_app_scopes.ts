import Type from 'typebox';
import { registered } from '../../domain/grants/authorization.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import { planScopeChange } from '../../oauth/consent_rehearsal.ts';
import { isScopeId } from '../../wire/scope_catalogue.ts';
import { consoleMethod } from '../registry/method.ts';
import { appIdOf } from './caller_facts.ts';
import { AppId, ScopeChoice } from './schemas.ts';

export const planAppScopes = consoleMethod({
  name: 'plan_app_scopes',
  summary: 'Say what a change of the scopes of an app would ask of how many people',
  access: 'developer',
  personalAccessToken: [],
  http: { method: 'POST', path: '/console/api/apps/:app_id/scope_plan' },
  input: Type.Object(
    { app_id: AppId, scopes: Type.Array(ScopeChoice, { maxItems: 100, description: 'As they would be.' }) },
    { additionalProperties: false },
  ),
  output: Type.Object({
    people: Type.Integer({ description: 'Who gave the app access.' }),
    untouched: Type.Integer(),
    asked: Type.Integer({ description: 'They are asked again, for what is new.' }),
    widened: Type.Integer({ description: 'They get what is new without a question: the app is trusted.' }),
    narrowed: Type.Integer({ description: 'Their tokens lose scopes.' }),
    refused: Type.Integer({ description: 'Their role does not allow a required scope.' }),
  }),
  errors: ['not_found'],
  handler: async ({ services, caller, input }) => {
    const { client } = await services.apps.get(caller.organization.licenseId, appIdOf(input));
    const known = client && (await services.apps.client(client.clientId));
    if (!known)
      throw new GatehouseError(
        'not_found',
        'The app has no App Authorization block, so that it has no scopes.',
      );
    const scopes = input.scopes.flatMap(({ scope, required }) =>
      isScopeId(scope) ? [{ scope, required }] : [],
    );
    const holders = await services.grants.holdersOf(known.client.clientId);
    return planScopeChange({ ...registered(known), scopes }, holders);
  },
});
