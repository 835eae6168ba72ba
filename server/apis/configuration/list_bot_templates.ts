import Type from 'typebox';
import { CHAT_LIMIT } from '../../domain/chats/routing/desks.ts';
import { groupPriorities } from '../../domain/team/records.ts';
import { agentMethod } from '../registry/method.ts';
import { templateKeeper, templateOwner } from './bot_template_form.ts';

export const listBotTemplates = agentMethod({
  api: 'configuration',
  name: 'list_bot_templates',
  summary: 'List the bot templates of an app, the oldest first.',
  scopes: ['bots.templates:rw'],
  input: Type.Object({ owner_client_id: templateOwner }),
  output: Type.Array(
    Type.Object({
      id: Type.String(),
      name: Type.String(),
      avatar_path: Type.String({ description: 'Empty where there is none.' }),
      default_group_priority: Type.Enum([...groupPriorities]),
      max_chats_count: Type.Integer(),
      job_title: Type.String(),
    }),
  ),
  example: { owner_client_id: '238ac5c3c3628210aca289c6d700d2c1' },
  source: 'management/configuration-api#list-bot-templates',
  async handler(context) {
    const found = await context.services.organizationBots.templates(templateKeeper(context));
    return found.map((template) => ({
      id: template.id,
      name: template.name,
      avatar_path: template.avatarUrl ?? '',
      default_group_priority: template.defaultPriority,
      max_chats_count: template.chatLimit ?? CHAT_LIMIT,
      job_title: template.jobTitle ?? '',
    }));
  },
});
