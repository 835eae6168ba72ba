import Type from 'typebox';
import { groupId } from '../../wire/access.ts';
import { form } from '../../wire/form.ts';
import { customerMethod } from '../registry/method.ts';
import { customerActor, organizationId } from './actor.ts';

export const getForm = customerMethod({
  name: 'get_form',
  summary: 'Read the empty form of a group.',
  description:
    '`prechat` is filled in before a chat, `postchat` after it, `ticket` when nobody is there. A group without a form of ' +
    'its own has that of group 0.',
  input: Type.Object({
    organization_id: organizationId,
    group_id: groupId,
    type: Type.Enum(['prechat', 'postchat', 'ticket']),
  }),
  output: Type.Object({
    enabled: Type.Boolean(),
    form: Type.Optional(form),
  }),
  errors: ['group_not_found', 'license_not_found'],
  source: 'messaging/customer-chat-api#get-form',
  async handler(context) {
    const { licenseId } = customerActor(context);
    const { group_id, type } = context.input;
    const { enabled, form: fields } = await context.services.widget.reads.form(licenseId, group_id, type);
    return enabled ? { form: fields, enabled } : { enabled };
  },
});
