import Type from 'typebox';
import { GatehouseError } from '../../kernel/errors.ts';
import { agentMethod } from '../registry/method.ts';
import { bot, botDetails, presentBot } from './bot_form.ts';

export const listBots = agentMethod({
  api: 'configuration',
  name: 'list_bots',
  summary: 'List bots, in the order in which they were made.',
  description:
    'Those of the token’s app or, with a personal access token, those that were made with one. With `all`, every bot ' +
    'of the organization, which takes `agents-bot--all:ro`.',
  scopes: ['agents-bot--my:ro', 'agents-bot--all:ro'],
  input: Type.Object({
    all: Type.Optional(Type.Boolean({ description: 'Every bot, and not only yours.' })),
    fields: Type.Optional(botDetails),
  }),
  output: Type.Array(bot),
  example: { all: true, fields: ['groups'] },
  source: 'management/configuration-api#list-bots',
  async handler({ caller, input, services, reach }) {
    const all = input.all ?? false;
    if (all && reach !== 'all')
      throw new GatehouseError(
        'authorization',
        'This credential lists its own bots. Every bot of the organization takes agents-bot--all:ro.',
        { data: { required_scopes: ['agents-bot--all:ro'] }, reason: 'scope_missing' },
      );
    const { licenseId } = caller.organization;
    const keeper = { licenseId, clientId: caller.clientId };
    return (await services.organizationBots.list(keeper, all)).map((view) => presentBot(view, input.fields));
  },
});
