import type {
  InspectedKind,
  InspectedToken as InspectedRecord,
  TokenFacts,
} from '../../domain/grants/token_debugger.ts';
import type { TokenLife } from '../../domain/grants/token_life.ts';
import { formatTimestamp } from '../../kernel/timestamp.ts';
import { isResourceName, opensResource, type ResourceName } from '../../oauth/resource_indicator.ts';
import { satisfy } from '../../oauth/scopes.ts';
import { findScope, type ScopeId } from '../../wire/scope_catalogue.ts';
import type { AgentMethod, CustomerMethod } from '../registry/method.ts';
import type { Services } from '../services.ts';
import type { InspectedToken } from './token_schemas.ts';

type Methods = readonly (AgentMethod | CustomerMethod)[];
type PresentedFacts = NonNullable<InspectedToken['token']>;

/** What the debugger found, with the names of all that it refers to. */
export async function presentInspected(
  services: Services,
  licenseId: number,
  { kind, notes, token, foreign }: InspectedRecord,
  methods: Methods,
): Promise<InspectedToken> {
  return {
    kind: kind ?? null,
    found: foreign ? 'not_yours' : token ? 'yours' : 'unknown',
    notes: [...notes],
    token: token && kind ? await presentFacts(services, licenseId, kind, token, methods) : null,
  };
}

async function presentFacts(
  services: Services,
  licenseId: number,
  kind: InspectedKind,
  token: TokenFacts,
  methods: Methods,
): Promise<PresentedFacts> {
  const { clientId, accountId, customerId, family } = token;
  const [organization, known, member, customer] = await Promise.all([
    services.identity.organization(licenseId),
    clientId === null ? undefined : services.apps.client(clientId),
    accountId === null || kind === 'bot' ? undefined : services.identity.member(licenseId, accountId),
    customerId === null ? undefined : services.customers.get(licenseId, customerId).catch(() => undefined),
  ]);
  const bot = kind === 'bot' && clientId !== null ? await services.bots.identityOf(clientId) : undefined;
  const ownApp = known?.app.licenseId === licenseId;
  return {
    id: token.id,
    life: presentLife(token.life),
    app:
      clientId === null
        ? null
        : { id: ownApp ? known.app.id : null, name: known?.app.name ?? null, client_id: clientId },
    account:
      accountId === null || kind === 'bot'
        ? null
        : { id: accountId, name: member?.account.name ?? null, email: member?.account.email ?? null },
    bot: kind === 'bot' && accountId !== null ? { id: accountId, name: bot?.name ?? '' } : null,
    customer: customerId === null ? null : { id: customerId, name: customer?.customer.name ?? null },
    organization: { id: organization?.id ?? '', name: organization?.name ?? '', license_id: licenseId },
    name: token.name,
    scopes: token.scopes.ids.map((scope) => ({
      scope,
      title: findScope(scope).title,
      effective: token.effective.has(scope),
    })),
    resources: token.resources?.split(' ').filter(isResourceName) ?? null,
    opens: opensOf(kind, token, methods),
    issued_at: formatTimestamp(token.issuedAt),
    expires_at: formatTimestamp(token.expiresAt),
    last_used_at: token.lastUsedAt === null ? null : formatTimestamp(token.lastUsedAt),
    family: family && {
      truncated: family.truncated,
      nodes: family.nodes.map((node) => ({
        id: node.id,
        kind: node.kind,
        parent: node.parent,
        presented: node.id === token.id,
        life: presentLife(node.life),
        issued_at: formatTimestamp(node.issuedAt),
        expires_at: formatTimestamp(node.expiresAt),
      })),
    },
  };
}

function presentLife({ state, reason, endedAt }: TokenLife) {
  return { state, reason, ended_at: endedAt === null ? null : formatTimestamp(endedAt) };
}

const BEARERS: ReadonlySet<InspectedKind> = new Set<InspectedKind>(['access', 'bot', 'personal', 'inbox']);

/** The methods that the credential opens by itself; a code and a refresh token open none. */
function opensOf(kind: InspectedKind, token: TokenFacts, methods: Methods): PresentedFacts['opens'] {
  const apis: readonly ('agent' | 'configuration' | 'customer')[] =
    kind === 'customer' ? ['customer'] : BEARERS.has(kind) ? ['agent', 'configuration'] : [];
  return apis.flatMap((api) => {
    if (api !== 'customer' && !opensResource(token.resources, api satisfies ResourceName)) return [];
    const names = methods
      .filter((method) => method.api === api && (method.api === 'customer' || isOpened(method, token)))
      .map(({ name }) => name);
    return names.length > 0 ? [{ api, methods: names }] : [];
  });
}

function isOpened(method: AgentMethod, token: TokenFacts): boolean {
  return method.scopes.length === 0 || satisfy(token.effective, method.scopes as ScopeId[]) !== undefined;
}
