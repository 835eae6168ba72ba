import Type from 'typebox';
import { consoleMethod } from '../registry/method.ts';
import { appIdOf, editorOf } from './caller_facts.ts';
import { presentApp } from './present.ts';
import { App, AppId } from './schemas.ts';

export const renameAppBot = consoleMethod({
  name: 'rename_app_bot',
  summary: 'Change the name of the bot of an app',
  access: 'developer',
  personalAccessToken: ['agents-bot--my:rw'],
  http: { method: 'PATCH', path: '/console/api/apps/:app_id/bot' },
  input: Type.Object(
    { app_id: AppId, name: Type.String({ description: '1 to 100 characters.' }) },
    { additionalProperties: false },
  ),
  output: App,
  errors: ['not_found'],
  handler: async (context) => {
    const { services, input } = context;
    const editor = editorOf(context);
    const appId = appIdOf(input);
    await services.bots.rename(editor, appId, input.name);
    return presentApp(services, await services.apps.get(editor.licenseId, appId));
  },
});
