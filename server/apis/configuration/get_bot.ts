import Type from 'typebox';
import { agentMethod } from '../registry/method.ts';
import { bot, botDetails, botId, botKeeper, presentBot } from './bot_form.ts';

export const getBot = agentMethod({
  api: 'configuration',
  name: 'get_bot',
  summary: 'Get a bot.',
  description:
    'Its groups and the number of its chats are told in any case. `agents-bot--my:ro` opens the bots of the token’s ' +
    'app or, with a personal access token, those that were made with one.',
  scopes: ['agents-bot--my:ro', 'agents-bot--all:ro'],
  input: Type.Object({ id: botId, fields: Type.Optional(botDetails) }),
  output: bot,
  errors: ['not_found', 'missing_access'],
  example: { id: '5c9871d5372c824cbf22d860a707a578', fields: ['job_title'] },
  source: 'management/configuration-api#get-bot',
  async handler(context) {
    const { id, fields = [] } = context.input;
    const found = await context.services.organizationBots.get(botKeeper(context), id);
    return presentBot(found, ['groups', 'max_chats_count', ...fields]);
  },
});
