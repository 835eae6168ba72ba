import Type from 'typebox';
import { accountsMethod } from '../registry/method.ts';
import { managerOf } from './manager.ts';

export const deleteAllSessions = accountsMethod({
  name: 'delete_all_sessions',
  summary: 'End all sessions of one’s account',
  description:
    'Every browser is logged out at once, and tokens that were allowed in any of them are dead, the one that asks among them. Personal access tokens stay.',
  http: { method: 'DELETE', path: '/v2/sessions' },
  scopes: ['sessions--my:rw'],
  bearerOnly: true,
  input: Type.Object({}),
  output: Type.Object({}),
  source: 'authorization/global-accounts-api#Sessions',
  async handler(call) {
    await call.services.accounts.sessions.endAll(call.caller.accountId, managerOf(call).actor);
    return {};
  },
});
