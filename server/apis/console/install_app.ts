import Type from 'typebox';
import { consoleMethod } from '../registry/method.ts';
import { appIdOf, editorOf } from './caller_facts.ts';
import { presentApp } from './present.ts';
import { App, AppId } from './schemas.ts';

export const installApp = consoleMethod({
  name: 'install_app',
  summary: 'Install an app in its own organization',
  access: 'developer',
  http: { method: 'POST', path: '/console/api/apps/:app_id/installation' },
  input: Type.Object({ app_id: AppId }, { additionalProperties: false }),
  output: App,
  errors: ['not_found', 'already_exists'],
  handler: async (context) => {
    const { services, input } = context;
    return presentApp(services, await services.apps.install(editorOf(context), appIdOf(input)));
  },
});
