import Type from 'typebox';
import { agentMethod } from '../registry/method.ts';
import { presentWebhook, webhook, webhookEditor, webhookOwner } from './webhook_form.ts';

export const listWebhooks = agentMethod({
  api: 'configuration',
  name: 'list_webhooks',
  summary: 'List the webhooks of an app, the oldest first.',
  description: 'Their secrets are not told.',
  scopes: ['webhooks.configuration:rw'],
  input: Type.Object({ owner_client_id: webhookOwner }),
  output: Type.Array(webhook),
  example: { owner_client_id: 'cd2ce6d1a8cd4e9ea02a14b9e6f7c8d9' },
  source: 'management/configuration-api#list-webhooks',
  async handler(context) {
    return (await context.services.webhooks.list(webhookEditor(context))).map(presentWebhook);
  },
});
