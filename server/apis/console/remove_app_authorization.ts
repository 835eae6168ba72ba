import Type from 'typebox';
import { consoleMethod } from '../registry/method.ts';
import { appIdOf, editorOf } from './caller_facts.ts';
import { presentApp } from './present.ts';
import { App, AppId, Version } from './schemas.ts';

export const removeAppAuthorization = consoleMethod({
  name: 'remove_app_authorization',
  summary: 'Remove the App Authorization block, with its client id, secrets and every token',
  access: 'developer',
  http: { method: 'DELETE', path: '/console/api/apps/:app_id/authorization' },
  input: Type.Object({ app_id: AppId, version: Version }, { additionalProperties: false }),
  output: App,
  errors: ['not_found', 'conflict'],
  handler: async (context) => {
    const { services, input } = context;
    const details = await services.apps.removeAuthorization(editorOf(context), appIdOf(input), input.version);
    return presentApp(services, details);
  },
});
