import Type from 'typebox';
import { consoleMethod } from '../registry/method.ts';
import { appIdOf, editorOf } from './caller_facts.ts';
import { presentApp } from './present.ts';
import { App, AppId } from './schemas.ts';

export const removeAppBot = consoleMethod({
  name: 'remove_app_bot',
  summary: "Remove an app's bot identity; its tokens die at once, what it wrote stays",
  access: 'developer',
  personalAccessToken: ['agents-bot--my:rw'],
  http: { method: 'DELETE', path: '/console/api/apps/:app_id/bot' },
  input: Type.Object({ app_id: AppId }, { additionalProperties: false }),
  output: App,
  errors: ['not_found'],
  handler: async (context) => {
    const { services, input } = context;
    const editor = editorOf(context);
    const appId = appIdOf(input);
    await services.bots.remove(editor, appId);
    return presentApp(services, await services.apps.get(editor.licenseId, appId));
  },
});
