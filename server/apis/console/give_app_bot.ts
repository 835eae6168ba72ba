import Type from 'typebox';
import { consoleMethod } from '../registry/method.ts';
import { appIdOf, editorOf } from './caller_facts.ts';
import { presentApp } from './present.ts';
import { App, AppId } from './schemas.ts';

export const giveAppBot = consoleMethod({
  name: 'give_app_bot',
  summary: 'Give a server-side app a bot identity, as which it acts by itself (client_credentials)',
  access: 'developer',
  personalAccessToken: ['agents-bot--my:rw'],
  http: { method: 'POST', path: '/console/api/apps/:app_id/bot' },
  input: Type.Object(
    {
      app_id: AppId,
      name: Type.String({ description: 'What people read in chats. 1 to 100 characters.' }),
    },
    { additionalProperties: false },
  ),
  output: App,
  errors: ['not_found', 'already_exists'],
  handler: async (context) => {
    const { services, input } = context;
    const editor = editorOf(context);
    const appId = appIdOf(input);
    await services.bots.give(editor, appId, input.name);
    return presentApp(services, await services.apps.get(editor.licenseId, appId));
  },
});
