import Type from 'typebox';
import { agentMethod } from '../registry/method.ts';
import { webhookEditor, webhookFields, webhookOwner } from './webhook_form.ts';

export const registerWebhook = agentMethod({
  api: 'configuration',
  name: 'register_webhook',
  summary: 'Have something sent to an address when it happens.',
  description:
    'In every organization that has the app, from now on. An app can have three webhooks for each action. The address ' +
    'is one of the public internet; a server in development mode also reaches its own machine.',
  scopes: ['webhooks.configuration:rw'],
  input: Type.Object({ ...webhookFields, owner_client_id: webhookOwner }),
  output: Type.Object({ id: Type.String() }),
  errors: ['limit_reached'],
  example: {
    action: 'incoming_event',
    secret_key: 'laudla991lamda0pnoaa0',
    url: 'https://hooks.example.com/incoming-event',
    description: 'What customers write',
    filters: { author_type: 'customer' },
    type: 'license',
    owner_client_id: 'cd2ce6d1a8cd4e9ea02a14b9e6f7c8d9',
  },
  source: 'management/configuration-api#register-webhook',
  async handler(context) {
    const { input, services } = context;
    const id = await services.webhooks.register(webhookEditor(context), input.type, {
      action: input.action,
      url: input.url,
      secretKey: input.secret_key,
      description: input.description ?? '',
      additionalData: input.additional_data ?? [],
      filters: input.filters ?? {},
    });
    return { id };
  },
});
