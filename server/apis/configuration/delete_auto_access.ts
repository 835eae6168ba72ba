import Type from 'typebox';
import { agentMethod } from '../registry/method.ts';
import { ruleId } from './auto_access_form.ts';
import { botKeeper } from './bot_form.ts';

export const deleteAutoAccess = agentMethod({
  api: 'configuration',
  name: 'delete_auto_access',
  summary: 'Delete an auto access rule.',
  description: 'Chats that are there keep their groups.',
  scopes: ['access_rules:rw'],
  input: Type.Object({ id: ruleId }),
  output: Type.Object({}),
  errors: ['not_found'],
  example: { id: '1faad6f5f1d6e8fdf27e8af9839783b7' },
  source: 'management/configuration-api#delete-auto-access',
  async handler(context) {
    await context.services.autoAccess.remove(botKeeper(context), context.input.id);
    return {};
  },
});
