import Type from 'typebox';
import { agentMethod } from '../registry/method.ts';
import { botId, botKeeper } from './bot_form.ts';

export const deleteBot = agentMethod({
  api: 'configuration',
  name: 'delete_bot',
  summary: 'Delete a bot.',
  description:
    'Its tokens are worth nothing from then on, and its chats are handed over. What it wrote stays under its name.',
  scopes: ['agents-bot--my:rw', 'agents-bot--all:rw'],
  input: Type.Object({ id: botId }),
  output: Type.Object({}),
  errors: ['not_found', 'missing_access'],
  example: { id: '5c9871d5372c824cbf22d860a707a578' },
  source: 'management/configuration-api#delete-bot',
  async handler(context) {
    await context.services.organizationBots.remove(botKeeper(context), context.input.id);
    return {};
  },
});
