import Type from 'typebox';
import { propertyTypes } from '../../domain/properties/definition.ts';
import { propertyValue } from '../../wire/properties.ts';
import { agentMethod } from '../registry/method.ts';
import { propertyOwner } from './property_caller.ts';
import { domain, ownerClientId, propertyAccess, propertyName, range } from './property_form.ts';

export const registerProperty = agentMethod({
  api: 'configuration',
  name: 'register_property',
  summary: 'Define a property of an app.',
  description:
    'It is private until it is published. Names of one app differ, in whatever case. A `default_value` is possible ' +
    'where `access` names `license` or `group`, and must fit `domain` and `range`. An app can have 200 properties.',
  scopes: ['properties.configuration:rw'],
  input: Type.Object({
    owner_client_id: ownerClientId,
    name: propertyName,
    type: Type.Enum([...propertyTypes]),
    access: propertyAccess,
    description: Type.Optional(Type.String({ maxLength: 1000 })),
    domain: Type.Optional(domain),
    range: Type.Optional(range),
    default_value: Type.Optional(propertyValue),
  }),
  output: Type.Object({}),
  errors: ['already_exists', 'limit_reached'],
  example: {
    name: 'plan',
    owner_client_id: '0805e283233042b37f460ed8fbf22160',
    type: 'string',
    access: { chat: { agent: ['read', 'write'], customer: ['read'] }, license: { agent: ['read', 'write'] } },
    description: 'What the customer pays for.',
    domain: ['free', 'gold'],
    default_value: 'free',
  },
  source: 'management/configuration-api#register-property',
  async handler(context) {
    const { owner_client_id: _owner, ...property } = context.input;
    await context.services.properties.register(propertyOwner(context), property);
    return {};
  },
});
