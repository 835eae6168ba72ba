import Type from 'typebox';
import { agentMethod } from '../registry/method.ts';
import { webhookEditor, webhookOwner } from './webhook_form.ts';

export const unregisterWebhook = agentMethod({
  api: 'configuration',
  name: 'unregister_webhook',
  summary: 'Take a webhook back.',
  description: 'Nothing more is sent to it, nor what is on its way.',
  scopes: ['webhooks.configuration:rw'],
  input: Type.Object({
    id: Type.String({ minLength: 1, maxLength: 64, description: 'A webhook of the app.' }),
    owner_client_id: webhookOwner,
  }),
  output: Type.Object({}),
  errors: ['not_found'],
  source: 'management/configuration-api#unregister-webhook',
  async handler(context) {
    await context.services.webhooks.unregister(webhookEditor(context), context.input.id);
    return {};
  },
});
