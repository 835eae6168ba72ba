import Type from 'typebox';
import { groupId } from '../../wire/access.ts';
import { propertyNames } from '../../wire/properties.ts';
import { agentMethod } from '../registry/method.ts';
import { namedGroup, valueCaller } from './property_caller.ts';

export const deleteGroupProperties = agentMethod({
  api: 'configuration',
  name: 'delete_group_properties',
  summary: 'Take back values of a group.',
  description:
    'Where there is a default value, it shows again. With `properties.group.value--my:rw`, in the namespace of your own app. ' +
    'The group may also be named `group_id`, as in `update_group_properties`.',
  scopes: ['properties.group.value--my:rw', 'properties.group.value--all:rw'],
  input: Type.Object({
    id: Type.Optional(groupId),
    group_id: Type.Optional(groupId),
    properties: propertyNames,
  }),
  output: Type.Object({}),
  errors: ['not_found'],
  example: { id: 0, properties: { test: ['string_property'] } },
  source: 'management/configuration-api#delete-group-properties',
  async handler(context) {
    const { input, services } = context;
    await services.properties.deleteValues(valueCaller(context), namedGroup(input), input.properties);
    return {};
  },
});
