import Type from 'typebox';
import { agentMethod } from '../registry/method.ts';
import { conditions, description, nextId, ruleAccess, ruleId } from './auto_access_form.ts';
import { botKeeper } from './bot_form.ts';

export const updateAutoAccess = agentMethod({
  api: 'configuration',
  name: 'update_auto_access',
  summary: 'Change an auto access rule, or its place in the list.',
  description: 'What is left out stays. `next_id` moves the rule before another one; empty, to the end.',
  scopes: ['access_rules:rw'],
  input: Type.Object({
    id: ruleId,
    access: Type.Optional(ruleAccess),
    conditions: Type.Optional(conditions),
    description,
    next_id: nextId,
  }),
  output: Type.Object({}),
  errors: ['not_found'],
  example: { id: '1faad6f5f1d6e8fdf27e8af9839783b7', next_id: '' },
  source: 'management/configuration-api#update-auto-access',
  async handler(context) {
    const { input, services } = context;
    await services.autoAccess.update(botKeeper(context), input.id, {
      groupIds: input.access?.groups,
      conditions: input.conditions,
      description: input.description,
      nextId: input.next_id,
    });
    return {};
  },
});
