import Type from 'typebox';
import { GatehouseError } from '../../kernel/errors.ts';
import { consoleMethod } from '../registry/method.ts';
import { editorOf } from './caller_facts.ts';

export const sendWebhookAgain = consoleMethod({
  name: 'send_webhook_again',
  summary: 'Send something again that was given up',
  access: 'developer',
  http: { method: 'POST', path: '/console/api/organization/webhook_deliveries/:delivery_id/attempts' },
  input: Type.Object(
    { delivery_id: Type.String({ description: 'Id of a delivery that failed.' }) },
    { additionalProperties: false },
  ),
  output: Type.Object({}),
  errors: ['not_found'],
  handler: async (context) => {
    const key = Number(context.input.delivery_id);
    if (!Number.isSafeInteger(key) || key < 1)
      throw new GatehouseError('not_found', 'There is no delivery with this id that was given up.');
    await context.services.webhooks.sendAgain(editorOf(context), key);
    return {};
  },
});
