import Type from 'typebox';
import { consoleMethod } from '../registry/method.ts';
import { appIdOf, editorOf } from './caller_facts.ts';
import { presentApp } from './present.ts';
import { App, AppId } from './schemas.ts';

export const uninstallApp = consoleMethod({
  name: 'uninstall_app',
  summary: 'Uninstall an app from its own organization',
  access: 'developer',
  http: { method: 'DELETE', path: '/console/api/apps/:app_id/installation' },
  input: Type.Object({ app_id: AppId }, { additionalProperties: false }),
  output: App,
  errors: ['not_found'],
  handler: async (context) => {
    const { services, input } = context;
    return presentApp(services, await services.apps.uninstall(editorOf(context), appIdOf(input)));
  },
});
