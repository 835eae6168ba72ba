import { batchMethod } from '../registry/batch.ts';
import { createBot } from './create_bot.ts';
import { deleteBot } from './delete_bot.ts';
import { getBot } from './get_bot.ts';
import { issueBotToken } from './issue_bot_token.ts';
import { listBots } from './list_bots.ts';
import { resetBotSecret } from './reset_bot_secret.ts';
import { updateBot } from './update_bot.ts';

/** Of the Configuration API, agents without a person. */
export const botMethods = [
  createBot,
  batchMethod(createBot, { name: 'batch_create_bots' }),
  listBots,
  getBot,
  updateBot,
  batchMethod(updateBot, { name: 'batch_update_bots' }),
  issueBotToken,
  resetBotSecret,
  deleteBot,
  batchMethod(deleteBot, { name: 'batch_delete_bots' }),
] as const;
