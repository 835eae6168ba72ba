import Type from 'typebox';
import { agentMethod } from '../registry/method.ts';
import { botFields, botFormOf, botKeeper, botName, ownerClientId } from './bot_form.ts';

export const createBot = agentMethod({
  api: 'configuration',
  name: 'create_bot',
  summary: 'Make a bot.',
  description:
    'It belongs to the app of your token, or to that of `owner_client_id`. It is offline, and is given no chats, until ' +
    '`set_routing_status` says otherwise. The secret is shown this once; `issue_bot_token` asks for it.',
  scopes: ['agents-bot--my:rw'],
  input: Type.Object({ name: botName, ...botFields, owner_client_id: Type.Optional(ownerClientId) }),
  output: Type.Object({ id: Type.String(), secret: Type.String() }),
  errors: ['limit_reached'],
  example: {
    name: 'Barista',
    default_group_priority: 'first',
    owner_client_id: '238ac5c3c3628210aca289c6d700d2c1',
  },
  source: 'management/configuration-api#create-bot',
  handler: (context) =>
    context.services.organizationBots.create(botKeeper(context), context.input.owner_client_id, {
      ...botFormOf(context.input),
      name: context.input.name,
    }),
});
