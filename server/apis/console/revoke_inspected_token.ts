import Type from 'typebox';
import { consoleMethod } from '../registry/method.ts';
import { editorOf } from './caller_facts.ts';
import { Nothing } from './schemas.ts';

export const revokeInspectedToken = consoleMethod({
  name: 'revoke_inspected_token',
  summary: 'Revoke a token and all that came of it',
  description:
    'A code takes its whole family along; a refresh token its successors and their access tokens; an access token only itself.',
  access: 'developer',
  http: { method: 'POST', path: '/console/api/token_revocations' },
  input: Type.Object(
    { id: Type.String({ maxLength: 40, description: 'As `inspect_token` names the token.' }) },
    { additionalProperties: false },
  ),
  output: Nothing,
  errors: ['not_found'],
  handler: async (context) => {
    await context.services.grants.debug.revoke(editorOf(context), context.input.id);
    return {};
  },
});
