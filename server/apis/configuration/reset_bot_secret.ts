import Type from 'typebox';
import { GatehouseError } from '../../kernel/errors.ts';
import { agentMethod } from '../registry/method.ts';
import { botId, botKeeper, ownerClientId } from './bot_form.ts';

export const resetBotSecret = agentMethod({
  api: 'configuration',
  name: 'reset_bot_secret',
  summary: 'Give a bot another secret.',
  description:
    'Tokens that the earlier secret got are worth nothing from then on. The new one is shown this once. A bot of ' +
    'another app than the token’s takes `agents-bot--all:rw`.',
  scopes: ['agents-bot--my:rw'],
  input: Type.Object({ id: botId, owner_client_id: Type.Optional(ownerClientId) }),
  output: Type.Object({ secret: Type.String() }),
  errors: ['not_found'],
  example: { id: '5c9871d5372c824cbf22d860a707a578', owner_client_id: '238ac5c3c3628210aca289c6d700d2c1' },
  source: 'management/configuration-api#reset-bot-secret',
  async handler(context) {
    const { caller, input } = context;
    const { id, owner_client_id: owner } = input;
    // Whoever has its secret acts as the bot: an app must not get at another one's by naming it.
    if (caller.clientId !== null && owner !== undefined && owner !== caller.clientId)
      if (!caller.scopes.has('agents-bot--all:rw'))
        throw new GatehouseError(
          'authorization',
          'owner_client_id names another app than the token’s. The secrets of its bots take agents-bot--all:rw.',
          { data: { required_scopes: ['agents-bot--all:rw'] }, reason: 'scope_missing' },
        );
    return { secret: await context.services.organizationBots.resetSecret(botKeeper(context), owner, id) };
  },
});
