import Type from 'typebox';
import { consoleMethod } from '../registry/method.ts';
import { appIdOf, editorOf } from './caller_facts.ts';
import { presentApp } from './present.ts';
import { App, AppId, ClientTypeName } from './schemas.ts';

export const addAppAuthorization = consoleMethod({
  name: 'add_app_authorization',
  summary: 'Add the App Authorization block: the app becomes an OAuth client',
  access: 'developer',
  http: { method: 'POST', path: '/console/api/apps/:app_id/authorization' },
  input: Type.Object({ app_id: AppId, type: ClientTypeName }, { additionalProperties: false }),
  output: Type.Object({
    app: App,
    client_secret: Type.Optional(
      Type.String({ description: 'Of a server-side app; shown this once.', secret: true }),
    ),
  }),
  errors: ['not_found', 'already_exists'],
  handler: async (context) => {
    const { services, input } = context;
    const { details, clientSecret } = await services.apps.addAuthorization(
      editorOf(context),
      appIdOf(input),
      input.type,
    );
    const app = await presentApp(services, details);
    return clientSecret === undefined ? { app } : { app, client_secret: clientSecret };
  },
});
