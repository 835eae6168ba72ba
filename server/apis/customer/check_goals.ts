import Type from 'typebox';
import { groupId } from '../../wire/access.ts';
import { sessionFieldsRequest } from '../../wire/customer.ts';
import { customerMethod } from '../registry/method.ts';
import { organizationId, ownCustomer } from './actor.ts';

export const checkGoals = customerMethod({
  name: 'check_goals',
  summary: 'Say which page you opened, to see whether goals are reached.',
  description:
    'The organization’s goals that are reached are noted, each once. The page counts as one you opened.',
  input: Type.Object({
    organization_id: organizationId,
    session_fields: sessionFieldsRequest,
    group_id: groupId,
    page_url: Type.String({ minLength: 1, maxLength: 2048, description: '`https://` or `http://`.' }),
  }),
  output: Type.Object({}),
  errors: ['group_not_found', 'license_not_found'],
  source: 'messaging/customer-chat-api#check-goals',
  async handler(context) {
    const { page_url, group_id, session_fields } = context.input;
    await context.services.widget.goals.check(ownCustomer(context), {
      pageUrl: page_url,
      groupId: group_id,
      sessionFields: session_fields,
    });
    return {};
  },
});
