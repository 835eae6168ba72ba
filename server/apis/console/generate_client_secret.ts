import Type from 'typebox';
import { consoleMethod } from '../registry/method.ts';
import { appIdOf, editorOf } from './caller_facts.ts';
import { presentApp } from './present.ts';
import { App, AppId } from './schemas.ts';

export const generateClientSecret = consoleMethod({
  name: 'generate_client_secret',
  summary: 'Generate another secret of a server-side app; two may live at once',
  access: 'developer',
  http: { method: 'POST', path: '/console/api/apps/:app_id/secrets' },
  input: Type.Object({ app_id: AppId }, { additionalProperties: false }),
  output: Type.Object({
    app: App,
    client_secret: Type.String({ description: 'Shown this once.', secret: true }),
    secret_id: Type.String(),
  }),
  errors: ['not_found', 'limit_reached'],
  handler: async (context) => {
    const { services, input } = context;
    const { details, clientSecret, secretKey } = await services.apps.addSecret(
      editorOf(context),
      appIdOf(input),
    );
    return {
      app: await presentApp(services, details),
      client_secret: clientSecret,
      secret_id: String(secretKey),
    };
  },
});
