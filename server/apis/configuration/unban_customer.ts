import Type from 'typebox';
import { GatehouseError } from '../../kernel/errors.ts';
import { customerId } from '../../wire/customer.ts';
import { banEditor } from '../agent/ban_editor.ts';
import { agentMethod } from '../registry/method.ts';

export const unbanCustomer = agentMethod({
  api: 'configuration',
  name: 'unban_customer',
  summary: 'Lift a ban.',
  description:
    'Name one of `ip` and `customer_id`. By an address, every ban that covers it is lifted. They are let in at once.',
  scopes: ['banlist_write'],
  input: Type.Object({
    ip: Type.Optional(Type.String({ minLength: 1, maxLength: 64, description: 'An IPv4 or IPv6 address.' })),
    customer_id: Type.Optional(customerId),
  }),
  output: Type.Object({}),
  errors: ['not_found'],
  example: { ip: '192.0.2.7' },
  source: 'management/configuration-api#unban-customer',
  async handler(context) {
    const { input, services } = context;
    await services.customers.bans.unban(banEditor(context), whoseBan(input));
    return {};
  },
});

function whoseBan(input: { ip?: string; customer_id?: string }): { ip: string } | { customerId: string } {
  const { ip, customer_id: customerId } = input;
  if (ip !== undefined && customerId === undefined) return { ip };
  if (ip === undefined && customerId !== undefined) return { customerId };
  throw new GatehouseError(
    'validation',
    `Whose ban? Send one of ip and customer_id; ${ip === undefined ? 'neither' : 'both'} came.`,
    { fields: [{ field: 'customer_id', message: 'exactly one of ip and customer_id is needed.' }] },
  );
}
