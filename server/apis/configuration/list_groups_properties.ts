import Type from 'typebox';
import { groupId, groupIds } from '../../wire/access.ts';
import { properties } from '../../wire/properties.ts';
import { agentMethod } from '../registry/method.ts';
import { valueCaller } from './property_caller.ts';
import { valueFilter } from './property_form.ts';

export const listGroupsProperties = agentMethod({
  api: 'configuration',
  name: 'list_groups_properties',
  summary: 'Read the properties of groups.',
  description:
    'Those that agents may read, of all groups where `group_ids` is empty. Where nothing was set, the default value is ' +
    'answered, if there is one.',
  scopes: ['properties.group.value--all:ro'],
  input: Type.Object({ group_ids: groupIds, ...valueFilter }),
  output: Type.Array(Type.Object({ id: groupId, properties })),
  errors: ['not_found'],
  example: { group_ids: [0], namespace: 'test', name_prefix: 'string' },
  source: 'management/configuration-api#list-groups-properties',
  handler: (context) =>
    context.services.properties.listGroupValues(valueCaller(context), context.input.group_ids, context.input),
});
