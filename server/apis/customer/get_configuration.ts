import Type from 'typebox';
import { groupId } from '../../wire/access.ts';
import { form } from '../../wire/form.ts';
import { properties } from '../../wire/properties.ts';
import { openMethod } from '../registry/method.ts';
import { organizationId } from './actor.ts';

export const getConfiguration = openMethod({
  name: 'get_configuration',
  summary: 'Read what the widget of a group is made of.',
  description:
    'Under one version it is always the same, so that browsers may keep the answer for good. A version that is not the ' +
    'present one is `not_found`: ask `get_dynamic_configuration` again.',
  open: 'lasting',
  input: Type.Object({
    organization_id: organizationId,
    group_id: groupId,
    version: Type.String({ minLength: 1, maxLength: 64, description: 'A `config_version`.' }),
  }),
  output: Type.Object({
    buttons: Type.Array(
      Type.Object({
        id: Type.String(),
        type: Type.Enum(['image', 'text']),
        online_value: Type.String(),
        offline_value: Type.String(),
      }),
    ),
    ticket_form: Type.Optional(form),
    prechat_form: Type.Optional(form),
    integrations: Type.Record(Type.String(), Type.Unknown(), { description: 'There are none yet.' }),
    properties: Type.Object(
      { group: properties, license: properties },
      { description: 'Those that are published and that customers may read, default values included.' },
    ),
  }),
  errors: ['group_not_found', 'not_found', 'license_not_found'],
  source: 'messaging/customer-chat-api#get-configuration',
  async handler({ caller: { organization }, input, services }) {
    const found = await services.widget.reads.configuration(
      organization.licenseId,
      input.group_id,
      input.version,
    );
    return {
      buttons: found.buttons,
      ...(found.ticketForm ? { ticket_form: found.ticketForm } : {}),
      ...(found.prechatForm ? { prechat_form: found.prechatForm } : {}),
      integrations: {},
      properties: found.properties,
    };
  },
});
