import Type from 'typebox';
import { accountsMethod } from '../registry/method.ts';
import { presentSession, Session } from './session.ts';

export const listSessions = accountsMethod({
  name: 'list_sessions',
  summary: 'List the sessions of one’s account',
  description:
    'Browsers that are logged in, with the apps that were allowed something in each. Takes an access token, and no personal access token.',
  http: { method: 'GET', path: '/v2/sessions' },
  scopes: ['sessions--my:ro'],
  bearerOnly: true,
  input: Type.Object({}),
  output: Type.Array(Session),
  source: 'authorization/global-accounts-api#Sessions',
  async handler({ caller, services }) {
    const found = await services.accounts.sessions.list(caller.accountId, caller.familyKey);
    return found.map(presentSession);
  },
});
