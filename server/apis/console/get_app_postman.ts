import Type from 'typebox';
import { GatehouseError } from '../../kernel/errors.ts';
import { appPostmanCollection } from '../postman/collection.ts';
import { consoleMethod } from '../registry/method.ts';
import { appIdOf } from './caller_facts.ts';
import { AppId } from './schemas.ts';

export const getAppPostman = consoleMethod({
  name: 'get_app_postman',
  summary: "Download the app's requests as a Postman collection (format 2.1)",
  access: 'developer',
  personalAccessToken: [],
  http: { method: 'GET', path: '/console/api/apps/:app_id/postman.json' },
  input: Type.Object({ app_id: AppId }, { additionalProperties: false }),
  output: Type.Unsafe<object>({ type: 'object', description: 'A Postman collection.' }),
  errors: ['not_found'],
  handler: async ({ services, caller, input }) => {
    const { app, client } = await services.apps.get(caller.organization.licenseId, appIdOf(input));
    if (!client)
      throw new GatehouseError(
        'not_found',
        'This app has no App Authorization block yet. Add it first: the collection logs in by it.',
      );
    return appPostmanCollection({
      publicUrl: services.settings.publicUrl,
      region: services.settings.region,
      app: {
        id: app.id,
        name: app.name,
        clientId: client.clientId,
        type: client.type,
        redirectUri: client.redirectUris[0] ?? '',
        scopes: client.scopes.map(({ scope }) => scope),
      },
    });
  },
});
