import Type from 'typebox';
import { groupId } from '../../wire/access.ts';
import { properties } from '../../wire/properties.ts';
import { agentMethod } from '../registry/method.ts';
import { namedGroup, valueCaller } from './property_caller.ts';

export const updateGroupProperties = agentMethod({
  api: 'configuration',
  name: 'update_group_properties',
  summary: 'Set properties of a group.',
  description:
    'Over those that are there; all of them or none. With `properties.group.value--my:rw`, in the namespace of your own app. ' +
    'The group may also be named `id`, as in `delete_group_properties`.',
  scopes: ['properties.group.value--my:rw', 'properties.group.value--all:rw'],
  input: Type.Object({ group_id: Type.Optional(groupId), id: Type.Optional(groupId), properties }),
  output: Type.Object({}),
  errors: ['not_found'],
  example: { group_id: 0, properties: { test: { string_property: 'gold' } } },
  source: 'management/configuration-api#update-group-properties',
  async handler(context) {
    const { input, services } = context;
    await services.properties.updateValues(valueCaller(context), namedGroup(input), input.properties);
    return {};
  },
});
