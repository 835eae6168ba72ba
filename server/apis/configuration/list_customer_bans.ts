import Type from 'typebox';
import { MOST_BANS } from '../../domain/customers/ban.ts';
import { formatTimestamp } from '../../kernel/timestamp.ts';
import { agentMethod } from '../registry/method.ts';

export const listCustomerBans = agentMethod({
  api: 'configuration',
  name: 'list_customer_bans',
  summary: 'List the bans in force, the newest first.',
  description: '`ip` is missing where a ban covers no address, `thread_id` where no thread was open.',
  scopes: ['banlist_read'],
  input: Type.Object({}),
  output: Type.Array(
    Type.Object({
      ip: Type.Optional(Type.String()),
      customer_id: Type.String(),
      agent_id: Type.String(),
      thread_id: Type.Optional(Type.String()),
      created_at: Type.String(),
      expires_at: Type.String(),
    }),
  ),
  example: {},
  source: 'management/configuration-api#list-customer-bans',
  async handler({ caller, services }) {
    const bans = await services.customers.bans.list(caller.organization.licenseId, { limit: MOST_BANS });
    return bans.map(({ ip, customerId, agentId, threadId, createdAt, expiresAt }) => ({
      ...(ip === null ? {} : { ip }),
      customer_id: customerId,
      agent_id: agentId,
      ...(threadId === null ? {} : { thread_id: threadId }),
      created_at: formatTimestamp(createdAt),
      expires_at: formatTimestamp(expiresAt),
    }));
  },
});
