import { createHash } from 'node:crypto';
import type { ClientType } from '../../oauth/client_profile.ts';
import { satisfy, scopeSet } from '../../oauth/scopes.ts';
import { isScopeId, type ScopeId } from '../../wire/scope_catalogue.ts';
import { accountsMethods } from '../accounts/index.ts';
import { agentMethods } from '../agent/index.ts';
import { listChats } from '../agent/list_chats.ts';
import { configurationMethods } from '../configuration/index.ts';
import { customerMethods } from '../customer/index.ts';
import { sendEvent } from '../customer/send_event.ts';
import { startChat } from '../customer/start_chat.ts';
import type { AccountsMethod, AgentMethod, CustomerMethod } from '../registry/method.ts';
import {
  COLLECTION_SCHEMA,
  type PostmanCollection,
  type PostmanFolder,
  type PostmanVariable,
  postmanRequest,
} from './format.ts';
import {
  AGENT_ORDER,
  agentRequests,
  CUSTOMER_ORDER,
  customerRequests,
  inOrder,
  methodRequest,
} from './method_requests.ts';
import {
  authorizeFolder,
  exchangeFolder,
  infoFolder,
  refreshFolder,
  revokeFolder,
} from './oauth_requests.ts';
import { answers, expectBody, keep } from './scripts.ts';
import { accountsFolder, configurationFolder } from './setting_requests.ts';
import { card } from './word_requests.ts';

export interface PostmanApp {
  id: string;
  name: string;
  clientId: string;
  type: ClientType;
  redirectUri: string;
  scopes: readonly string[];
}

export interface CollectionOptions {
  /** Origin of the server. */
  publicUrl: string;
  /** Prefix of codes and tokens, such as `dal`. */
  region: string;
}

/**
 * The collection of one app (Postman's format 2.1), its variables filled. It holds the requests that the
 * app's scopes open, and runs from top to bottom once its secret and a code are put in.
 */
export function appPostmanCollection(options: CollectionOptions & { app: PostmanApp }): PostmanCollection {
  return collection(options, options.app);
}

/** The collection of the whole server, for `/postman.json`: as of a server-side app with all scopes. */
export function serverPostmanCollection(options: CollectionOptions): PostmanCollection {
  return collection(options, undefined);
}

function collection(options: CollectionOptions, app: PostmanApp | undefined): PostmanCollection {
  const type = app?.type ?? 'server_side_app';
  const opens = (method: { scopes: readonly string[] }) =>
    !app || openedBy(app.scopes, method.scopes) !== undefined;
  const folders: (PostmanFolder | undefined)[] = [
    authorizeFolder(type),
    exchangeFolder(type),
    opens(listChats) ? listChatsFolder() : undefined,
    refreshFolder(type),
    infoFolder(),
    opens({ scopes: ['customers:own'] }) ? customerFolder(app) : undefined,
    agentFolder(opens),
    opens({ scopes: ['customers:own'] }) ? customerMethodsFolder() : undefined,
    configurationFolder((configurationMethods as readonly AgentMethod[]).filter(opens)),
    accountsFolder((accountsMethods as readonly AccountsMethod[]).filter(opens)),
    revokeFolder(),
  ];
  return {
    info: {
      _postman_id: idOf(app?.id ?? options.publicUrl),
      name: app ? `${app.name} (Gatehouse)` : 'Gatehouse',
      description: description(options, app, type),
      schema: COLLECTION_SCHEMA,
    },
    item: folders.filter((folder) => folder !== undefined && folder.item.length > 0) as PostmanFolder[],
    variable: variables(options, app, type),
  };
}

/** The scope of a method that the app's scopes contain. */
function openedBy(scopes: readonly string[], wanted: readonly string[]): ScopeId | undefined {
  return satisfy(scopeSet(scopes.filter(isScopeId)), wanted.filter(isScopeId));
}

function description(
  { publicUrl, region }: CollectionOptions,
  app: PostmanApp | undefined,
  type: ClientType,
): string {
  const secret = type === 'server_side_app' ? ', put the Client Secret into `client_secret`' : '';
  const filled = app
    ? `The variables are filled for the app “${app.name}”.`
    : `Put the Client Id of your app into \`client_id\` and one of its redirect URIs into \`redirect_uri\` (the Console at ${publicUrl}/console shows both, and has this collection filled in for each app).`;
  return [
    `From the authorize address to the chats, on ${publicUrl}.`,
    `${filled} Open the variables of this collection${secret}, open the address of request 1 in a browser, and paste the code from the address bar into \`code\`: it begins with \`${region}:\` or \`${region}%3A\`, both are taken. Then run the collection from top to bottom; each answer fills the variables that the next request needs.`,
  ].join('\n\n');
}

function variables(
  { publicUrl }: CollectionOptions,
  app: PostmanApp | undefined,
  type: ClientType,
): PostmanVariable[] {
  const variable = (key: string, value: string, text: string): PostmanVariable => ({
    key,
    value,
    description: text,
    type: 'string',
  });
  const proof =
    type === 'server_side_app'
      ? [variable('client_secret', '', 'Shown once in the Console, when it is made.')]
      : [
          variable('code_verifier', '', 'PKCE; made by request 1.'),
          variable('code_challenge', '', 'PKCE; made by request 1.'),
        ];
  return [
    variable('base_url', publicUrl, 'The server.'),
    variable('client_id', app?.clientId ?? '', 'Client Id of the app.'),
    ...proof,
    variable('redirect_uri', app?.redirectUri ?? '', 'One of the redirect URIs of the app.'),
    variable('state', 'postman', 'Comes back with the code.'),
    variable('run_changes', '', '`yes`: a run also sends what changes the organization and its people.'),
    variable('run_sign_outs', '', '`yes`: a run also sends what ends your own token.'),
    variable('code', '', 'Paste it here from the address bar. It holds for some minutes, and works once.'),
    ...[
      ['access_token', 'Of the agent.'],
      ['refresh_token', 'Of the app.'],
      ['organization_id', 'The organization that the tokens are for.'],
      ['account_id', 'Who allowed the app.'],
      ['customer_token', 'Of the customer.'],
      ['customer_id', 'The customer.'],
      ['config_version', 'Of the widget.'],
      ['localization_version', 'Of the widget’s phrases.'],
      ['chat_id', "The customer's chat."],
      ['thread_id', 'Its first thread.'],
      ['agent_chat_id', 'A chat among agents.'],
      ['agent_thread_id', 'Its first thread.'],
      ['agent_id', 'The agent in it.'],
      ['group_id', 'A group.'],
    ].map(([key = '', text = '']) => variable(key, '', `${text} Filled by the requests.`)),
  ];
}

function listChatsFolder(): PostmanFolder {
  return {
    name: '3. List Chats',
    description: 'What the walk is for: the chats of the organization, the newest first.',
    item: [
      methodRequest(listChats, {
        body: { limit: 10 },
        tests: expectBody(
          'chats are listed',
          "pm.expect(body.chats_summary).to.be.an('array');",
          "pm.expect(body.found_chats).to.be.a('number');",
          'pm.expect(body.chats_summary.length).to.be.at.most(10);',
        ),
      }),
    ],
  };
}

/** An app makes a customer, the customer writes, and the agent sees it. */
function customerFolder(app: PostmanApp | undefined): PostmanFolder {
  const hello = { type: 'message', text: 'Hello, is my machine ready? ☕' };
  const scope = app ? openedBy(app.scopes, listChats.scopes) : ('chats--all:ro' as const);
  return {
    name: '6. A customer writes',
    description:
      'The app makes a customer (agent token grant, scope `customers:own`); the customer starts a chat and writes, and the chat is on the list of the agent.',
    item: [
      postmanRequest({
        name: 'Get a token for a new customer',
        description: 'Leave out `entity_id` for a new customer; send it for one that is known.',
        method: 'POST',
        path: '/v2/customer/token',
        token: 'access_token',
        json: {
          grant_type: 'agent_token',
          client_id: '{{client_id}}',
          response_type: 'token',
          organization_id: '{{organization_id}}',
        },
        tests: [...answers(200), ...keep({ customer_token: 'access_token', customer_id: 'entity_id' })],
      }),
      methodRequest(startChat, {
        name: 'start_chat (customer)',
        body: { chat: { thread: { events: [hello, card] } } },
        tests: [
          ...expectBody('the chat has an id', 'pm.expect(body.chat_id).to.match(/^[A-Z0-9]{10}$/);'),
          ...keep({ chat_id: 'chat_id', thread_id: 'thread_id' }),
        ],
      }),
      methodRequest(sendEvent, {
        name: 'send_event (customer)',
        body: { chat_id: '{{chat_id}}', event: { type: 'message', text: 'Order AC-10432, by the way.' } },
        tests: expectBody(
          'the event has an id',
          'pm.expect(body.event_id).to.match(/^[A-Z0-9]{10}_[0-9]+$/);',
        ),
      }),
      ...(scope
        ? [
            methodRequest(listChats, {
              name: 'list_chats (agent)',
              body: { filters: { active: true }, limit: 100 },
              // With chats--my:ro only those come where the agent was given the chat.
              tests: scope.includes('--my:')
                ? []
                : expectBody(
                    'the chat of the customer is on the list of the agent',
                    'const ids = body.chats_summary.map(function (chat) { return chat.id; });',
                    "pm.expect(ids).to.include(pm.collectionVariables.get('chat_id'));",
                  ),
            }),
          ]
        : []),
    ],
  };
}

/** Every other method of the Agent Chat API that the app may call. */
function agentFolder(opens: (method: AgentMethod) => boolean): PostmanFolder {
  const all: readonly AgentMethod[] = agentMethods;
  const startsChats = all.some((method) => method.name === 'start_chat' && opens(method));
  const methods = all.filter((method) => method.name !== 'list_chats' && !method.upload && opens(method));
  return {
    name: '7. Agent Chat API',
    description: 'A chat among agents, from its start to a second thread.',
    // Without a chat of one's own there is nothing to read in it.
    item: startsChats
      ? inOrder(methods, AGENT_ORDER).map((method) => methodRequest(method, agentRequests[method.name]))
      : [],
  };
}

function customerMethodsFolder(): PostmanFolder {
  const all: readonly CustomerMethod[] = customerMethods;
  const methods = all.filter(
    (method) => method.name !== 'start_chat' && method.name !== 'send_event' && !method.upload,
  );
  return {
    name: '8. Customer Chat API',
    description: 'The chat as its customer sees it.',
    item: inOrder(methods, CUSTOMER_ORDER).map((method) =>
      methodRequest(method, customerRequests[method.name]),
    ),
  };
}

/** The same collection each time, so that importing it again replaces it. */
function idOf(text: string): string {
  const hex = createHash('sha256').update(`postman ${text}`).digest('hex');
  return hex.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
