import Type from 'typebox';
import { consoleMethod } from '../registry/method.ts';
import { editorOf } from './caller_facts.ts';
import { Nothing } from './schemas.ts';

export const revokeInitialAccessToken = consoleMethod({
  name: 'revoke_initial_access_token',
  summary: 'Revoke a token by which apps may register themselves; those that it registered stay',
  access: 'owner',
  personalAccessToken: ['organization--my:rw'],
  http: { method: 'DELETE', path: '/console/api/organization/initial_access_tokens/:token_id', status: 204 },
  input: Type.Object({ token_id: Type.String() }, { additionalProperties: false }),
  output: Nothing,
  errors: ['not_found'],
  handler: async (context) => {
    await context.services.registration.settings.revokeToken(editorOf(context), context.input.token_id);
    return {};
  },
});
