import Type from 'typebox';
import { groupId } from '../../wire/access.ts';
import { sessionFieldsRequest } from '../../wire/customer.ts';
import { incomingGreeting } from '../../wire/greeting.ts';
import { presentIncomingGreeting } from '../present/greeting.ts';
import { customerMethod } from '../registry/method.ts';
import { organizationId, ownCustomer, shownAgentId } from './actor.ts';

export const checkGoals = customerMethod({
  name: 'check_goals',
  summary: 'Say which page you opened, to see whether goals are reached.',
  description:
    'The organization’s goals that are reached are noted, each once. The page counts as one you opened, and ' +
    'where the visit meets the rules of a greeting, that is answered along.',
  input: Type.Object({
    organization_id: organizationId,
    session_fields: sessionFieldsRequest,
    group_id: groupId,
    page_url: Type.String({ minLength: 1, maxLength: 2048, description: '`https://` or `http://`.' }),
  }),
  output: Type.Object({
    greeting: Type.Optional({
      ...incomingGreeting,
      description: 'An invitation to show: the push `incoming_greeting`, for who listens to no pushes.',
    }),
  }),
  errors: ['group_not_found', 'license_not_found'],
  source: 'messaging/customer-chat-api#check-goals',
  async handler(context) {
    const { page_url, group_id, session_fields } = context.input;
    const { goals, greetings } = context.services.widget;
    const customer = ownCustomer(context);
    await goals.check(customer, {
      pageUrl: page_url,
      groupId: group_id,
      sessionFields: session_fields,
    });
    const offered = await greetings.offer(customer, group_id, session_fields);
    return offered ? { greeting: presentIncomingGreeting(offered, shownAgentId(context)) } : {};
  },
});
