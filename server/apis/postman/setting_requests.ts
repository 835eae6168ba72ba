import { exampleInput } from '../registry/example.ts';
import type { AccountsMethod, AgentMethod } from '../registry/method.ts';
import type { PostmanFolder, PostmanRequest } from './format.ts';
import { postmanRequest } from './format.ts';
import { type MethodRequest, methodRequest } from './method_requests.ts';
import { answers, keep, onlyWith } from './scripts.ts';

/** Where the example names something that may not be there: what is declared, and nothing of the server's making. */
const answersAsDeclared = [
  "pm.test('is answered as the reference says', function () {",
  '  pm.expect(pm.response.code).to.be.below(500);',
  '  pm.expect(pm.response.code).to.not.eql(401);',
  '});',
];

/** These end the very token that the collection goes on with. */
const SIGN_OUT: ReadonlySet<string> = new Set(['set_password', 'delete_all_sessions']);
const isRead = (name: string): boolean => /^(list|get)_/.test(name);

/** What must be said before a method is sent that does more than read. */
function gateOf(name: string): { before?: string[] } {
  if (SIGN_OUT.has(name)) return { before: onlyWith('run_sign_outs') };
  return isRead(name) ? {} : { before: onlyWith('run_changes') };
}

/** Requests that find what they name, since one before them made it. */
const configurationRequests: Record<string, MethodRequest> = {
  list_agents: { body: {}, tests: keep({ agent_id: '[0].id' }) },
  get_agent: { body: { id: '{{agent_id}}' } },
  create_group: {
    body: { name: 'Postman', agent_priorities: { '{{agent_id}}': 'normal' } },
    tests: keep({ group_id: 'id' }),
  },
  list_groups: { body: {} },
  get_group: { body: { id: '{{group_id}}' } },
  update_group: { body: { id: '{{group_id}}', name: 'Postman, changed' } },
  delete_group: { body: { id: '{{group_id}}' } },
};

/** Every method of the Configuration API that the app may call. */
export function configurationFolder(methods: readonly AgentMethod[]): PostmanFolder {
  const order = Object.keys(configurationRequests);
  const known = order.flatMap((name) => methods.filter((method) => method.name === name));
  const others = methods.filter(({ name }) => !Object.hasOwn(configurationRequests, name));
  return {
    name: '9. Configuration API',
    description:
      'How the organization is set up. Requests of the second half take the examples of the reference: put ids of your own in. Those that change something are left out of a run unless the variable `run_changes` is `yes`.',
    item: [
      ...known.map((method) => withNumbers(methodRequest(method, configurationRequests[method.name]))),
      ...others.map((method) =>
        methodRequest(method, {
          body: exampleInput(method),
          checks: answersAsDeclared,
          ...gateOf(method.name),
        }),
      ),
    ],
  };
}

/** `"{{group_id}}"` is a number on the wire. */
function withNumbers(request: PostmanRequest): PostmanRequest {
  const { body } = request.request;
  if (body?.mode === 'raw') body.raw = body.raw.replaceAll('"{{group_id}}"', '{{group_id}}');
  return request;
}

/** Every method of the Global Accounts API that the app may call. */
export function accountsFolder(methods: readonly AccountsMethod[]): PostmanFolder {
  return {
    name: '10. Global Accounts API',
    description:
      'People of the organization, and the organization itself. What changes something is left out of a run unless the variable `run_changes` is `yes`, and what ends your own token unless `run_sign_outs` is.',
    item: methods.map(accountsRequest),
  };
}

function accountsRequest(method: AccountsMethod): PostmanRequest {
  const { http } = method;
  const input = exampleInput(method);
  const inPath = [...http.path.matchAll(/:([a-z_]+)/g)].map(([, name = '']) => name);
  const rest = Object.fromEntries(Object.entries(input).filter(([name]) => !inPath.includes(name)));
  const path = http.path.replace(/:([a-z_]+)/g, (_, name: string) => encodeURIComponent(String(input[name])));
  const isGet = http.method === 'GET';
  const reads = isGet && inPath.every((name) => input[name] === 'me');
  const query = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, String(value)]));
  return postmanRequest({
    name: method.name,
    description: [method.summary, method.description].filter(Boolean).join('\n\n'),
    method: http.method,
    path,
    token: 'access_token',
    ...(isGet && Object.keys(query).length > 0 ? { query } : {}),
    ...(isGet || http.method === 'DELETE' ? {} : { json: rest }),
    ...(isGet ? {} : gateOf(method.name)),
    tests: reads && inPath.length > 0 ? answers(200) : answersAsDeclared,
  });
}
