import Type from 'typebox';
import { GatehouseError } from '../../kernel/errors.ts';
import { consoleMethod } from '../registry/method.ts';
import { actorOf } from './caller_facts.ts';

export const createInboxToken = consoleMethod({
  name: 'create_inbox_token',
  summary: "Get an agent's token for the inbox",
  description:
    'For the page at `/inbox`, which keeps it in memory. The token ends with the session, and by itself after five to ' +
    'ten minutes; then the page asks again. It does what the person may do in chats, and no more.',
  access: 'member',
  http: { method: 'POST', path: '/console/api/inbox/token' },
  input: Type.Object({}, { additionalProperties: false }),
  output: Type.Object({
    access_token: Type.String({ description: 'For the Agent Chat API.', secret: true }),
    token_type: Type.Literal('Bearer'),
    expires_in: Type.Integer({ description: 'Seconds.' }),
    agent_id: Type.String({ description: 'Who the person is on the Agent Chat API.' }),
    groups: Type.Array(Type.Object({ id: Type.Integer(), name: Type.String() })),
  }),
  handler: async (context) => {
    const { services, caller } = context;
    const { licenseId } = caller.organization;
    const [member, groups] = await Promise.all([
      services.identity.member(licenseId, caller.accountId),
      services.identity.groups(licenseId),
    ]);
    if (caller.sessionKey === null || !member)
      throw new GatehouseError('authorization', 'The inbox is opened by a person who is logged in.');
    const holder = { sessionKey: caller.sessionKey, accountId: caller.accountId, licenseId };
    const minted = await services.grants.inbox.mint(holder, actorOf(context));
    return {
      access_token: minted.accessToken,
      token_type: 'Bearer' as const,
      expires_in: minted.expiresInSeconds,
      agent_id: member.account.email,
      groups: groups.map(({ id, name }) => ({ id, name })),
    };
  },
});
