import Type from 'typebox';
import { agentMethod } from '../registry/method.ts';
import { botId, botKeeper } from './bot_form.ts';

export const issueBotToken = agentMethod({
  api: 'configuration',
  name: 'issue_bot_token',
  summary: 'Get a token as which a bot acts.',
  description:
    'It lives 24 hours, or until the bot is deleted or its secret reset, and holds `chats--access:rw`, ' +
    '`agents-bot--my:rw` and `customers:rw`. No scope is needed to ask for it: the secret decides.',
  scopes: [],
  input: Type.Object({
    bot_id: botId,
    client_id: Type.String({
      minLength: 1,
      maxLength: 64,
      description: 'Of the app that the bot belongs to.',
    }),
    bot_secret: Type.String({ minLength: 1, maxLength: 255 }),
    organization_id: Type.String({ minLength: 1, maxLength: 64, description: 'Where the bot is.' }),
  }),
  output: Type.Object({ token: Type.String() }),
  example: {
    bot_id: '5c9871d5372c824cbf22d860a707a578',
    client_id: '238ac5c3c3628210aca289c6d700d2c1',
    bot_secret: '641e2ae6d997d2009a3ac92a05f37fc3',
    organization_id: '1a8a9ec7-bd5d-4400-9204-3826740981e0',
  },
  source: 'management/configuration-api#issue-bot-token',
  async handler(context) {
    const { bot_id, client_id, bot_secret, organization_id } = context.input;
    const credential = {
      botId: bot_id,
      clientId: client_id,
      secret: bot_secret,
      organizationId: organization_id,
    };
    return { token: await context.services.organizationBots.issue(credential, botKeeper(context).actor) };
  },
});
