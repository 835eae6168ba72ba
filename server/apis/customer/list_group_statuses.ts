import Type from 'typebox';
import { GatehouseError } from '../../kernel/errors.ts';
import { groupIds } from '../../wire/access.ts';
import { customerMethod } from '../registry/method.ts';
import { customerActor, organizationId } from './actor.ts';

export const listGroupStatuses = customerMethod({
  name: 'list_group_statuses',
  summary: 'See whether somebody is there, group by group.',
  description: 'Send either `all` or `group_ids`. Groups that do not exist are left out of the answer.',
  input: Type.Object({
    organization_id: organizationId,
    all: Type.Optional(Type.Boolean({ description: '`true`: every group.' })),
    group_ids: Type.Optional(groupIds),
  }),
  output: Type.Object({
    groups_status: Type.Record(Type.String(), Type.Enum(['online', 'offline', 'online_for_queue']), {
      description:
        'By group. `online_for_queue`: a new chat would wait in the queue. A group is `offline` while none of its agents takes chats.',
    }),
  }),
  errors: ['license_not_found'],
  source: 'messaging/customer-chat-api#list-group-statuses',
  async handler(context) {
    const { licenseId } = customerActor(context);
    const { all, group_ids } = context.input;
    if (all !== true && group_ids === undefined)
      throw new GatehouseError(
        'validation',
        'Send `all` with true, or `group_ids` with the groups you mean.',
        {
          fields: [{ field: 'group_ids', message: 'It is missing, and `all` is not true.' }],
        },
      );
    if (all === true && group_ids !== undefined)
      throw new GatehouseError('validation', 'Send `all` or `group_ids`, not both.', {
        fields: [{ field: 'group_ids', message: '`all` is true already.' }],
      });
    const statuses = await context.services.customers.availability.statuses(licenseId);
    const asked = group_ids === undefined ? [...statuses.keys()] : [...new Set(group_ids)];
    return {
      groups_status: Object.fromEntries(
        asked.flatMap((id) => {
          const status = statuses.get(id);
          return status ? [[String(id), status]] : [];
        }),
      ),
    };
  },
});
