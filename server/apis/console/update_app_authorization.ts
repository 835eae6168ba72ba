import Type from 'typebox';
import { consoleMethod } from '../registry/method.ts';
import { appIdOf, editorOf } from './caller_facts.ts';
import { presentApp } from './present.ts';
import { App, AppId, ProfileName, ScopeChoice, Switches, Version } from './schemas.ts';
import { switchesOf } from './switches.ts';

export const updateAppAuthorization = consoleMethod({
  name: 'update_app_authorization',
  summary: 'Save the redirect URIs, scopes, profile and switches of an app',
  access: 'developer',
  http: { method: 'PUT', path: '/console/api/apps/:app_id/authorization' },
  input: Type.Object(
    {
      app_id: AppId,
      version: Version,
      redirect_uris: Type.Array(Type.String(), {
        description: 'Where codes and tokens may be sent; at most 50.',
      }),
      post_logout_redirect_uris: Type.Optional(
        Type.Array(Type.String(), {
          description:
            'Where a browser may go after signing out by OpenID Connect; at most 50. Left as they are without it.',
        }),
      ),
      scopes: Type.Array(ScopeChoice, { maxItems: 200 }),
      profile: ProfileName,
      switches: Switches,
    },
    { additionalProperties: false },
  ),
  output: App,
  errors: ['not_found', 'conflict'],
  handler: async (context) => {
    const { services, input } = context;
    const details = await services.apps.updateAuthorization(editorOf(context), appIdOf(input), {
      version: input.version,
      redirectUris: input.redirect_uris,
      postLogoutRedirectUris: input.post_logout_redirect_uris,
      scopes: input.scopes,
      profile: input.profile,
      switches: switchesOf(input.switches),
    });
    return presentApp(services, details);
  },
});
