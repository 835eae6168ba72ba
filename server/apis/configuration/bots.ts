import { batchMethod } from '../registry/batch.ts';
import { createBot } from './create_bot.ts';
import { createBotTemplate } from './create_bot_template.ts';
import { deleteBot } from './delete_bot.ts';
import { deleteBotTemplate } from './delete_bot_template.ts';
import { getBot } from './get_bot.ts';
import { issueBotToken } from './issue_bot_token.ts';
import { listBotTemplates } from './list_bot_templates.ts';
import { listBots } from './list_bots.ts';
import { resetBotSecret } from './reset_bot_secret.ts';
import { resetBotTemplateSecret } from './reset_bot_template_secret.ts';
import { updateBot } from './update_bot.ts';
import { updateBotTemplate } from './update_bot_template.ts';

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
  createBotTemplate,
  listBotTemplates,
  updateBotTemplate,
  resetBotTemplateSecret,
  deleteBotTemplate,
] as const;
