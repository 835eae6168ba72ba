import Type from 'typebox';
import { additionalDataOf, filtersOf, webhookActions } from '../../domain/webhooks/actions.ts';
import { agentMethod } from '../registry/method.ts';

export const listWebhookNames = agentMethod({
  api: 'configuration',
  name: 'list_webhook_names',
  summary: 'List the actions that webhooks can be registered for.',
  description: 'Each with the filters that it takes, and with what can be sent along.',
  scopes: [],
  input: Type.Object({
    version: Type.Optional(
      Type.Enum(['3.6', '3.7'], { description: 'Of the payloads. The stable version where left out.' }),
    ),
  }),
  output: Type.Array(
    Type.Object({
      action: Type.String(),
      filters: Type.Array(Type.String()),
      additional_data: Type.Optional(Type.Array(Type.String())),
    }),
  ),
  example: { version: '3.6' },
  source: 'management/configuration-api#list-webhook-names',
  async handler() {
    return webhookActions.map((action) => {
      const more = additionalDataOf(action);
      return {
        action,
        filters: [...filtersOf(action)],
        ...(more.length === 0 ? {} : { additional_data: [...more] }),
      };
    });
  },
});
