import type { MethodRequest } from './method_requests.ts';
import { keep } from './scripts.ts';

const NOBODY = '00000000-0000-4000-8000-000000000000';
const shownGreeting = { unique_id: 'Q10X0W041P' };

export const agentVisitorRequests: Record<string, MethodRequest> = {
  get_customer: { body: { id: '{{customer_id}}' } },
  update_customer: { body: { id: '{{customer_id}}', phone_number: '+48717178888' } },
  ban_customer: { name: 'ban_customer (put in an id)', body: { id: NOBODY, ban: { days: 1 } }, status: 404 },
};

/** What customers say of themselves and ask for; greetings are shown by other ways first. */
export const customerVisitorRequests: Record<string, MethodRequest> = {
  get_customer: {},
  update_customer: { body: { name: 'Tom', email: 'tom@example.com' } },
  request_email_verification: { body: { callback_uri: 'https://www.example.com/verified' } },
  set_customer_session_fields: { body: { session_fields: [{ plan: 'gold' }] } },
  list_group_statuses: { body: { all: true } },
  get_predicted_agent: {},
  request_welcome_message: {},
  get_url_info: { body: { url: '{{base_url}}/signin' } },
  get_form: { body: { group_id: 0, type: 'prechat' } },
  check_goals: { body: { page_url: 'https://www.example.com/', session_fields: [], group_id: 0 } },
  get_dynamic_configuration: {
    query: { group_id: '0' },
    tests: keep({
      config_version: 'livechat.config_version',
      localization_version: 'livechat.localization_version',
    }),
  },
  get_configuration: { query: { group_id: '0', version: '{{config_version}}' } },
  get_localization: { query: { group_id: '0', language: 'en', version: '{{localization_version}}' } },
  accept_greeting: { body: { ...shownGreeting, greeting_id: 1 }, status: 404 },
  cancel_greeting: { body: shownGreeting, status: 404 },
  send_greeting_button_clicked: {
    body: { greeting_unique_id: shownGreeting.unique_id, button_id: 'yes' },
    status: 404,
  },
};
