import Type from 'typebox';
import { agentMethod } from '../registry/method.ts';
import { webhookEditor, webhookOwner } from './webhook_form.ts';

const input = Type.Object({
  owner_client_id: webhookOwner,
  client_id: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 64,
      description: 'What the JavaScript SDK calls `owner_client_id`.',
    }),
  ),
});
const example = { owner_client_id: 'cd2ce6d1a8cd4e9ea02a14b9e6f7c8d9' };

export const enableLicenseWebhooks = agentMethod({
  api: 'configuration',
  name: 'enable_license_webhooks',
  summary: "Switch an app's webhooks on again in the organization.",
  description: 'They are on from the installation of the app; this takes back `disable_license_webhooks`.',
  scopes: ['webhooks.state:rw'],
  input,
  output: Type.Object({}),
  errors: ['not_found'],
  example,
  source: 'management/configuration-api#enable-license-webhooks',
  async handler(context) {
    await context.services.webhooks.switch(webhookEditor(context), true);
    return {};
  },
});

export const disableLicenseWebhooks = agentMethod({
  api: 'configuration',
  name: 'disable_license_webhooks',
  summary: "Switch an app's webhooks off in the organization.",
  description:
    'Nothing that happens in the organization is sent to the app, nor what is on its way. It stays so when the app is ' +
    'installed again.',
  scopes: ['webhooks.state:rw'],
  input,
  output: Type.Object({}),
  errors: ['not_found'],
  example,
  source: 'management/configuration-api#disable-license-webhooks',
  async handler(context) {
    await context.services.webhooks.switch(webhookEditor(context), false);
    return {};
  },
});

export const getLicenseWebhooksState = agentMethod({
  api: 'configuration',
  name: 'get_license_webhooks_state',
  summary: "Tell whether an app's webhooks are on in the organization.",
  scopes: ['webhooks.state:ro'],
  input,
  output: Type.Object({ license_webhooks_enabled: Type.Boolean() }),
  errors: ['not_found'],
  example,
  source: 'management/configuration-api#get-license-webhooks-state',
  async handler(context) {
    return { license_webhooks_enabled: await context.services.webhooks.isOn(webhookEditor(context)) };
  },
});
