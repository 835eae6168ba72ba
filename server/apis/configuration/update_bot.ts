import Type from 'typebox';
import { agentMethod } from '../registry/method.ts';
import { botFields, botFormOf, botId, botKeeper, botName } from './bot_form.ts';

export const updateBot = agentMethod({
  api: 'configuration',
  name: 'update_bot',
  summary: 'Change a bot.',
  description:
    'What is left out stays. `groups` names all groups of the bot. `agents-bot--my:rw` opens the bots of the token’s ' +
    'app or, with a personal access token, those that were made with one.',
  scopes: ['agents-bot--my:rw', 'agents-bot--all:rw'],
  input: Type.Object({ id: botId, name: Type.Optional(botName), ...botFields }),
  output: Type.Object({}),
  errors: ['not_found', 'missing_access'],
  example: { id: '5c9871d5372c824cbf22d860a707a578', name: 'Barista' },
  source: 'management/configuration-api#update-bot',
  async handler(context) {
    await context.services.organizationBots.update(
      botKeeper(context),
      context.input.id,
      botFormOf(context.input),
    );
    return {};
  },
});
