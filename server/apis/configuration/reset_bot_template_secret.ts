import Type from 'typebox';
import { agentMethod } from '../registry/method.ts';
import { affectExisting, templateId, templateKeeper, templateOwner } from './bot_template_form.ts';

export const resetBotTemplateSecret = agentMethod({
  api: 'configuration',
  name: 'reset_bot_template_secret',
  summary: 'Give a bot template another secret.',
  description:
    'Bots of later installations begin with it. With `affect_existing_installations` those that are there have it from ' +
    'now on, and tokens that their earlier secret got are worth nothing. It is shown this once.',
  scopes: ['bots.templates:rw'],
  input: Type.Object({
    id: templateId,
    owner_client_id: templateOwner,
    affect_existing_installations: affectExisting,
  }),
  output: Type.Object({ secret: Type.String() }),
  errors: ['not_found'],
  example: { id: '5c9871d5372c824cbf22d860a707a578', owner_client_id: '238ac5c3c3628210aca289c6d700d2c1' },
  source: 'management/configuration-api#reset-bot-template-secret',
  async handler(context) {
    const { id, affect_existing_installations: affect = false } = context.input;
    const { organizationBots } = context.services;
    return { secret: await organizationBots.resetTemplateSecret(templateKeeper(context), id, affect) };
  },
});
