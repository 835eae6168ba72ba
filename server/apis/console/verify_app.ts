import Type from 'typebox';
import { consoleMethod } from '../registry/method.ts';
import { appIdOf, editorOf } from './caller_facts.ts';
import { presentApp } from './present.ts';
import { App, AppId } from './schemas.ts';

export const verifyApp = consoleMethod({
  name: 'verify_app',
  summary: 'Vouch for an app that registered itself',
  description:
    'The consent page no longer warns of it, and treats it like the other apps of the organization. If the app changes its registration, nobody vouches for it any more.',
  access: 'owner',
  personalAccessToken: ['organization--my:rw'],
  http: { method: 'POST', path: '/console/api/apps/:app_id/verification' },
  input: Type.Object({ app_id: AppId }, { additionalProperties: false }),
  output: App,
  errors: ['not_found', 'conflict'],
  handler: async (context) => {
    const { services, input } = context;
    const editor = editorOf(context);
    const appId = appIdOf(input);
    await services.registration.settings.verify(editor, appId);
    return presentApp(services, await services.apps.get(editor.licenseId, appId));
  },
});
