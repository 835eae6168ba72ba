import Type from 'typebox';
import { agentMethod } from '../registry/method.ts';
import { affectExisting, templateId, templateKeeper, templateOwner } from './bot_template_form.ts';

export const deleteBotTemplate = agentMethod({
  api: 'configuration',
  name: 'delete_bot_template',
  summary: 'Delete a bot template.',
  description:
    'Its bots stay until the app is uninstalled, unless `affect_existing_installations` deletes them now.',
  scopes: ['bots.templates:rw'],
  input: Type.Object({
    id: templateId,
    owner_client_id: templateOwner,
    affect_existing_installations: affectExisting,
  }),
  output: Type.Object({}),
  errors: ['not_found'],
  example: { id: '5c9871d5372c824cbf22d860a707a578', owner_client_id: '238ac5c3c3628210aca289c6d700d2c1' },
  source: 'management/configuration-api#delete-bot-template',
  async handler(context) {
    const { id, affect_existing_installations: affect = false } = context.input;
    await context.services.organizationBots.deleteTemplate(templateKeeper(context), id, affect);
    return {};
  },
});
