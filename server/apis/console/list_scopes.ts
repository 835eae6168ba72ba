import Type, { type Static } from 'typebox';
import { type ScopeSet, scopeSet } from '../../oauth/scopes.ts';
import { type Scope, type ScopeId, scopeCatalogue } from '../../wire/scope_catalogue.ts';
import {
  type AccountsMethod,
  type AgentMethod,
  type CustomerMethod,
  consoleMethod,
} from '../registry/method.ts';

const ScopeEntry = Type.Object({
  id: Type.String(),
  title: Type.String(),
  consent: Type.String({ description: 'What the consent page says.' }),
  group: Type.String(),
  role: Type.Union([
    Type.Literal('normal'),
    Type.Literal('administrator'),
    Type.Literal('member'),
    Type.Literal('owner'),
    Type.Null(),
  ]),
  implies: Type.Array(Type.String(), { description: 'Ids of the scopes that this one contains.' }),
  methods: Type.Array(
    Type.Object({
      api: Type.Union([
        Type.Literal('agent'),
        Type.Literal('customer'),
        Type.Literal('configuration'),
        Type.Literal('accounts'),
      ]),
      name: Type.String(),
      served: Type.Boolean(),
    }),
    { description: 'The methods that the scope opens, by itself or by what it contains.' },
  ),
});
type ScopeEntry = Static<typeof ScopeEntry>;

/** With this scope an app obtains tokens for customers, which open every method of their API. */
const CUSTOMERS: ScopeId = 'customers:own';

type ByToken = AccountsMethod | AgentMethod | CustomerMethod;

/**
 * The scopes that an app or a personal access token may choose, with what each opens.
 * @param methods what this server answers; read at the first call
 */
export function listScopes(methods: () => readonly ByToken[]) {
  let scopes: ScopeEntry[] | undefined;
  return consoleMethod({
    name: 'list_scopes',
    summary: 'List the scopes that can be chosen, and the methods that each opens',
    access: 'member',
    personalAccessToken: [],
    http: { method: 'GET', path: '/console/api/scopes' },
    input: Type.Object({}, { additionalProperties: false }),
    output: Type.Object({ scopes: Type.Array(ScopeEntry) }),
    handler: async () => {
      scopes ??= scopeCatalogue
        .filter(({ selectable }) => selectable)
        .map((scope) => presentScope(scope, methods()));
      return { scopes };
    },
  });
}

function presentScope(scope: Scope, methods: readonly ByToken[]): ScopeEntry {
  const held = scopeSet([scope.id]);
  return {
    id: scope.id,
    title: scope.title,
    consent: scope.consent,
    group: scope.group,
    role: scope.role?.role ?? null,
    implies: [...scope.implies],
    methods: methods
      .filter((method) => opens(held, method))
      .map(({ api, name }) => ({ api, name, served: true })),
  };
}

function opens(held: ScopeSet, method: ByToken): boolean {
  if (method.api === 'customer') return held.has(CUSTOMERS);
  return method.scopes.some((scope) => held.has(scope as ScopeId));
}
