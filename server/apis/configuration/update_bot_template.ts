import Type from 'typebox';
import { agentMethod } from '../registry/method.ts';
import { botFormOf, botLooks, botName } from './bot_form.ts';
import { affectExisting, templateId, templateKeeper, templateOwner } from './bot_template_form.ts';

export const updateBotTemplate = agentMethod({
  api: 'configuration',
  name: 'update_bot_template',
  summary: 'Change a bot template.',
  description:
    'What is left out stays. Bots that are there are changed with `affect_existing_installations` alone.',
  scopes: ['bots.templates:rw'],
  input: Type.Object({
    id: templateId,
    name: Type.Optional(botName),
    ...botLooks,
    owner_client_id: templateOwner,
    affect_existing_installations: affectExisting,
  }),
  output: Type.Object({}),
  errors: ['not_found'],
  example: {
    id: '5c9871d5372c824cbf22d860a707a578',
    name: 'Barista',
    owner_client_id: '238ac5c3c3628210aca289c6d700d2c1',
  },
  source: 'management/configuration-api#update-bot-template',
  async handler(context) {
    const { id, affect_existing_installations: affect = false } = context.input;
    const form = botFormOf(context.input);
    await context.services.organizationBots.updateTemplate(templateKeeper(context), id, form, affect);
    return {};
  },
});
