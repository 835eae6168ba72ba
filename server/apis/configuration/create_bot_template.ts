import Type from 'typebox';
import { agentMethod } from '../registry/method.ts';
import { botFormOf, botLooks, botName } from './bot_form.ts';
import { affectExisting, templateKeeper, templateOwner } from './bot_template_form.ts';

export const createBotTemplate = agentMethod({
  api: 'configuration',
  name: 'create_bot_template',
  summary: 'Make a bot template of an app.',
  description:
    'Each organization that installs the app gets a bot with the template’s id and secret, which goes when the app is ' +
    'uninstalled. An app has at most 5 templates. The secret is shown this once.',
  scopes: ['bots.templates:rw'],
  input: Type.Object({
    name: botName,
    ...botLooks,
    owner_client_id: templateOwner,
    affect_existing_installations: affectExisting,
  }),
  output: Type.Object({ id: Type.String(), secret: Type.String() }),
  errors: ['limit_reached'],
  example: {
    name: 'Barista',
    owner_client_id: '238ac5c3c3628210aca289c6d700d2c1',
    affect_existing_installations: true,
  },
  source: 'management/configuration-api#create-bot-template',
  handler: (context) =>
    context.services.organizationBots.createTemplate(
      templateKeeper(context),
      { ...botFormOf(context.input), name: context.input.name },
      context.input.affect_existing_installations ?? false,
    ),
});
