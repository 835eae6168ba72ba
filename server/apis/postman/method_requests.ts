import { type AgentMethod, type CustomerMethod, isOpen } from '../registry/method.ts';
import { type PostmanRequest, postmanRequest } from './format.ts';
import { answers, expectBody, keep } from './scripts.ts';
import { agentVisitorRequests, customerVisitorRequests } from './visitor_requests.ts';
import { agentWordRequests, card, customerWordRequests } from './word_requests.ts';

type ActionMethod = AgentMethod | CustomerMethod;

export interface MethodRequest {
  name?: string;
  /** Instead of the declaration's example. */
  body?: unknown;
  tests?: string[];
  /** Where it cannot be 200, since what is asked for is not there. */
  status?: number;
  /** Runs before it. */
  before?: string[];
  /** Instead of the check of the status. */
  checks?: string[];
  /** Of what is read by GET, beside the organization. */
  query?: Record<string, string>;
}

/** A request for a declared method: address, credential, scopes and example come from the declaration. */
export function methodRequest(method: ActionMethod, request: MethodRequest = {}): PostmanRequest {
  const isCustomer = method.api === 'customer';
  const description = [method.summary, method.description].filter(Boolean).join('\n\n');
  const tests = [...(request.checks ?? answers(request.status ?? 200)), ...(request.tests ?? [])];
  const path = `/v3.6/${method.api}/action/${method.name}`;
  const name = request.name ?? method.name;
  if (isOpen(method)) {
    const query = { organization_id: '{{organization_id}}', ...request.query };
    return postmanRequest({ name, description, method: 'GET', path, query, tests });
  }
  const scopes =
    method.api === 'customer'
      ? "Opened by a customer's access token."
      : `Opened by one of the scopes ${method.scopes.map((scope) => `\`${scope}\``).join(', ')}.`;
  return postmanRequest({
    name,
    description: `${description}\n\n${scopes}`,
    method: 'POST',
    path,
    ...(isCustomer ? { query: { organization_id: '{{organization_id}}' } } : {}),
    token: isCustomer ? 'customer_token' : 'access_token',
    json: request.body ?? method.example ?? {},
    ...(request.before ? { before: request.before } : {}),
    tests,
  });
}

const message = (text: string) => ({ type: 'message', text });
const hasEventId = expectBody(
  'the event has an id',
  'pm.expect(body.event_id).to.match(/^[A-Z0-9]{10}_[0-9]+$/);',
);
const listsThreads = expectBody(
  'threads come with their events',
  "pm.expect(body.threads).to.be.an('array').that.is.not.empty;",
  "pm.expect(body.threads[0].events).to.be.an('array');",
);

/** Who is in a chat; `agent_id` is the first of its users. */
const agentInChat = {
  chat_id: '{{agent_chat_id}}',
  user_id: '{{agent_id}}',
  user_type: 'agent',
  ignore_requester_presence: true,
};

/** Bodies that fit what ran before: a chat among agents in `agent_chat_id`, the customer's in `chat_id`. */
export const agentRequests: Record<string, MethodRequest> = {
  start_chat: {
    body: { chat: { thread: { events: [message('Good morning, team!'), card] } } },
    tests: keep({ agent_chat_id: 'chat_id', agent_thread_id: 'thread_id' }),
  },
  send_event: {
    body: { chat_id: '{{agent_chat_id}}', event: message('The new roast is in 🎉') },
    tests: hasEventId,
  },
  get_chat: {
    body: { chat_id: '{{agent_chat_id}}' },
    tests: [
      ...expectBody(
        'it is the chat that was asked for',
        "pm.expect(body.id).to.eql(pm.collectionVariables.get('agent_chat_id'));",
      ),
      ...keep({ agent_id: 'users[0].id' }),
    ],
  },
  list_threads: { body: { chat_id: '{{agent_chat_id}}', limit: 3 }, tests: listsThreads },
  ...agentVisitorRequests,
  ...agentWordRequests,
  deactivate_chat: { body: { id: '{{agent_chat_id}}' } },
  resume_chat: {
    body: { chat: { id: '{{agent_chat_id}}' } },
    tests: expectBody('there is a new thread', 'pm.expect(body.thread_id).to.match(/^[A-Z0-9]{10}$/);'),
  },
  follow_chat: { body: { id: '{{agent_chat_id}}' } },
  unfollow_chat: { body: { id: '{{agent_chat_id}}' } },
  list_agents_for_transfer: { body: { chat_id: '{{agent_chat_id}}' } },
  transfer_chat: { body: { id: '{{agent_chat_id}}', ignore_agents_availability: true } },
  add_user_to_chat: { body: { ...agentInChat, visibility: 'all' } },
  remove_user_from_chat: { body: agentInChat },
};

export const customerRequests: Record<string, MethodRequest> = {
  list_chats: {
    body: {},
    tests: expectBody('the customer has one chat', 'pm.expect(body.chats_summary.length).to.eql(1);'),
  },
  get_chat: {
    body: { chat_id: '{{chat_id}}' },
    tests: expectBody(
      'it is the chat that was asked for',
      "pm.expect(body.id).to.eql(pm.collectionVariables.get('chat_id'));",
    ),
  },
  list_threads: { body: { chat_id: '{{chat_id}}' }, tests: listsThreads },
  ...customerVisitorRequests,
  ...customerWordRequests,
  deactivate_chat: { body: { id: '{{chat_id}}' } },
  resume_chat: {
    body: { chat: { id: '{{chat_id}}', thread: { events: [message('One more question …')] } } },
    tests: expectBody('there is a new thread', 'pm.expect(body.thread_id).to.match(/^[A-Z0-9]{10}$/);'),
  },
};

/** The order in which each finds what it needs. Methods that stand in neither list come last. */
export const AGENT_ORDER = Object.keys(agentRequests);
export const CUSTOMER_ORDER = Object.keys(customerRequests);

export function inOrder<M extends ActionMethod>(methods: readonly M[], order: readonly string[]): M[] {
  const place = (method: M) => {
    const index = order.indexOf(method.name);
    return index === -1 ? order.length : index;
  };
  return [...methods].sort((a, b) => place(a) - place(b));
}
