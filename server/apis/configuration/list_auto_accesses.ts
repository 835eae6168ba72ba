import Type from 'typebox';
import { agentMethod } from '../registry/method.ts';
import { conditions, ruleAccess } from './auto_access_form.ts';

export const listAutoAccesses = agentMethod({
  api: 'configuration',
  name: 'list_auto_accesses',
  summary: 'List the auto access rules in their order.',
  description: '`next_id` is empty for the last one.',
  scopes: ['access_rules:ro'],
  input: Type.Object({}),
  output: Type.Array(
    Type.Object({
      id: Type.String(),
      description: Type.String(),
      access: Type.Object({ groups: Type.Array(ruleAccess.properties.groups.items) }),
      conditions,
      next_id: Type.String(),
    }),
  ),
  example: {},
  source: 'management/configuration-api#list-auto-accesses',
  async handler({ caller, services }) {
    const rules = await services.autoAccess.list(caller.organization.licenseId);
    return rules.map((rule, index) => ({
      id: rule.id,
      description: rule.description,
      access: { groups: rule.groupIds },
      conditions: copyOf(rule.conditions),
      next_id: rules[index + 1]?.id ?? '',
    }));
  },
});

/** Lists that may be changed, as the schema has them. */
function copyOf<T>(value: T): never {
  return structuredClone(value) as never;
}
