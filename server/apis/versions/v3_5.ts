import {
  type ActionApiName,
  eachOf,
  isObject,
  type Payload,
  renamed,
  type Wording,
  within,
} from './wording.ts';

/** Methods that came with 3.6 (docs: the changelogs of the three APIs). */
export const notIn35: Record<ActionApiName, readonly string[]> = {
  agent: ['request_thread_summary', 'send_event_preview', 'send_thinking_indicator'],
  customer: ['delete_event', 'request_welcome_message', 'send_greeting_button_clicked'],
  configuration: [
    'create_greeting',
    'update_greeting',
    'delete_greeting',
    'list_greetings',
    'get_greeting',
    'list_customer_bans',
    'unban_customer',
    'reactivate_email',
    'update_company_details',
  ],
};

/** What 3.5 says otherwise than 3.6. Members that 3.6 added stay: a client of 3.5 passes over them. */
export const said35: Wording = {
  agent: {
    list_chats: {
      request: (input) => within(input, 'filters', activeFilter),
      answer: (answer) => eachOf(answer, 'chats_summary', lastVisitOfUsers),
    },
    get_chat: { answer: lastVisitOfUsers },
    list_archives: { answer: (answer) => eachOf(answer, 'chats', lastVisitOfUsers) },
    get_customer: { answer: lastVisit },
  },
  customer: {
    get_dynamic_configuration: { answer: flatConfiguration },
  },
};

/** `include_active: false` left active chats out; `true`, the default, listed both. */
function activeFilter({ include_active: include, ...filters }: Payload): Payload {
  if (include === undefined) return filters;
  return { ...filters, active: include === true ? null : include };
}

/** A customer's visit was called the last one, also while it lasts. */
function lastVisit(customer: Payload): Payload {
  return renamed(customer, 'visit', 'last_visit');
}

function lastVisitOfUsers(chat: Payload): Payload {
  return eachOf(chat, 'users', lastVisit);
}

/** 3.6 put what is LiveChat's into an object of its own, beside other products'. */
function flatConfiguration(answer: Payload): Payload {
  const { default_widget: _widget, livechat_active: _active, livechat, ...rest } = answer;
  return isObject(livechat) ? { ...rest, ...livechat } : answer;
}
