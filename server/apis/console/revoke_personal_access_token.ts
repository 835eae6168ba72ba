import Type from 'typebox';
import { GatehouseError } from '../../kernel/errors.ts';
import { isUuid } from '../../kernel/identifiers.ts';
import { consoleMethod } from '../registry/method.ts';
import { actorOf } from './caller_facts.ts';
import { Nothing } from './schemas.ts';

export const revokePersonalAccessToken = consoleMethod({
  name: 'revoke_personal_access_token',
  summary: "Revoke a personal access token of one's own, at once",
  access: 'member',
  http: { method: 'DELETE', path: '/console/api/personal_access_tokens/:id', status: 204 },
  input: Type.Object(
    { id: Type.String({ description: 'Id of the token.' }) },
    { additionalProperties: false },
  ),
  output: Nothing,
  errors: ['not_found'],
  handler: async (context) => {
    const { services, caller, input } = context;
    if (!isUuid(input.id))
      throw new GatehouseError('not_found', 'You have no personal access token with this id.');
    await services.grants.personal.revoke(caller.accountId, input.id, actorOf(context));
    return {};
  },
});
