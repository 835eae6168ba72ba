import Type from 'typebox';
import { GatehouseError } from '../../kernel/errors.ts';
import { accountsMethod } from '../registry/method.ts';
import { Uuid } from './account.ts';
import { managerOf } from './manager.ts';

export const deleteSession = accountsMethod({
  name: 'delete_session',
  summary: 'End a session of one’s account',
  description:
    'The browser is logged out at once, and tokens that were allowed in it are dead. With the `session_id` of an application only that app’s tokens are.',
  http: { method: 'DELETE', path: '/v2/sessions/:session_id' },
  scopes: ['sessions--my:rw'],
  bearerOnly: true,
  input: Type.Object({ session_id: Uuid }),
  output: Type.Object({}),
  errors: ['not_found'],
  example: { session_id: '5f3f0a2e-8c11-8d3a-9a41-27b1b5f6c9d0' },
  source: 'authorization/global-accounts-api#Sessions',
  async handler(call) {
    const { caller, input, services } = call;
    const ended = await services.accounts.sessions.end(
      caller.accountId,
      input.session_id,
      managerOf(call).actor,
    );
    if (!ended)
      throw new GatehouseError('not_found', 'You have no session with this id. list_sessions tells them.', {
        data: { resource_name: 'session', resource_id: input.session_id },
      });
    return {};
  },
});
