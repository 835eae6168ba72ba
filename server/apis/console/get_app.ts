import Type from 'typebox';
import { consoleMethod } from '../registry/method.ts';
import { appIdOf } from './caller_facts.ts';
import { presentApp } from './present.ts';
import { App, AppId } from './schemas.ts';

export const getApp = consoleMethod({
  name: 'get_app',
  summary: 'Read an app with its building blocks',
  access: 'developer',
  personalAccessToken: [],
  http: { method: 'GET', path: '/console/api/apps/:app_id' },
  input: Type.Object({ app_id: AppId }, { additionalProperties: false }),
  output: App,
  errors: ['not_found'],
  handler: async ({ services, caller, input }) =>
    presentApp(services, await services.apps.get(caller.organization.licenseId, appIdOf(input))),
});
