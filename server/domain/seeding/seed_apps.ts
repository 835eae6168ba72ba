import { days } from '../../kernel/clock.ts';
import { scopeSet } from '../../oauth/scopes.ts';
import { readRequestedScopes } from '../apps/app_rules.ts';
import type { App, AppDetails, Client } from '../apps/records.ts';
import { cleanLine } from '../identity/profile_rules.ts';
import type { SeedContext } from './seed_deps.ts';
import type { SeededAccounts } from './seed_people.ts';
import type { SeedApp, SeedAuthorization, SeedOrganization } from './seed_schema.ts';
import { redirectUrisOf, switchesOf } from './seed_values.ts';

const CLIENT_ID_BYTES = 16;
const HINT_LENGTH = 4;
const DEFAULT_TOKEN_DAYS = 365;
const EVERY_APP = 1_000;

/** Adds apps with their Authorization blocks and secrets. */
export async function addApps(
  context: SeedContext,
  seed: SeedOrganization,
  accounts: SeededAccounts,
): Promise<void> {
  const [maker] = accounts.values();
  for (const entry of seed.apps ?? []) {
    const app = await findOrAddApp(context, entry, maker?.id ?? null);
    const block = entry.blocks?.authorization;
    const details = await context.stores.apps.app(context.licenseId, app.id);
    if (block && !details?.client) await addBlock(context, app, block);
    if (entry.installed && maker && !details?.installation)
      await context.stores.apps.install({
        appId: app.id,
        licenseId: context.licenseId,
        installedBy: maker.id,
        installedAt: context.deps.clock.now(),
      });
  }
}

async function findOrAddApp(context: SeedContext, entry: SeedApp, createdBy: string | null): Promise<App> {
  const { stores, deps, licenseId, report } = context;
  const known = await findApp(context, entry);
  if (known) return known.app;
  const now = deps.clock.now();
  const app: App = {
    key: deps.identifiers.key(),
    id: entry.id ?? deps.identifiers.uuid(),
    licenseId,
    name: cleanLine(entry.name),
    product: entry.product ?? 'livechat',
    shortDescription: cleanLine(entry.short_description ?? ''),
    visibility: entry.visibility ?? 'private',
    version: 1,
    createdBy,
    createdAt: now,
    updatedAt: now,
  };
  await stores.apps.addApp(app);
  report.apps += 1;
  return app;
}

/** By its id, its client id, or its name. */
async function findApp(
  { stores, licenseId }: SeedContext,
  entry: SeedApp,
): Promise<Pick<AppDetails, 'app'> | undefined> {
  const clientId = entry.blocks?.authorization?.clientId;
  const known = clientId === undefined ? undefined : await stores.apps.client(clientId);
  if (known) return known;
  const byId = entry.id === undefined ? undefined : await stores.apps.app(licenseId, entry.id);
  if (byId) return byId;
  const name = cleanLine(entry.name);
  const page = { search: name, before: undefined, limit: EVERY_APP };
  return (await stores.apps.apps(licenseId, page)).find(({ app }) => app.name === name);
}

async function addBlock(
  { stores, deps, licenseId, report }: SeedContext,
  app: App,
  block: SeedAuthorization,
) {
  const now = deps.clock.now();
  const client: Client = {
    clientId: block.clientId ?? deps.random.bytes(CLIENT_ID_BYTES).toString('hex'),
    appId: app.id,
    licenseId,
    type: block.type,
    profile: block.profile ?? 'compatible',
    redirectUris: redirectUrisOf(block),
    postLogoutRedirectUris: redirectUrisOf(block, 'postLogoutRedirectUri'),
    scopes: readRequestedScopes(
      (block.scopes ?? []).map(({ scope, required }) => ({ scope, required: required ?? false })),
    ),
    switches: switchesOf(block),
    createdAt: now,
  };
  await stores.apps.addClient(client);
  if (block.clientSecret !== undefined)
    await stores.apps.addSecret({
      key: deps.identifiers.key(),
      clientId: client.clientId,
      secretHash: deps.tokens.hashSecret(block.clientSecret),
      hint: block.clientSecret.slice(-HINT_LENGTH),
      createdAt: now,
      lastUsedAt: null,
      lastUsedFrom: null,
      lastUsedBy: null,
      retiredAt: null,
    });
  report.clients += 1;
}

/** Adds personal access tokens, found by account and name. */
export async function addPersonalAccessTokens(
  { stores, deps, licenseId, report }: SeedContext,
  seed: SeedOrganization,
  accounts: SeededAccounts,
): Promise<void> {
  for (const entry of seed.personal_access_tokens ?? []) {
    const account = accounts.get(entry.account.toLowerCase());
    if (!account) continue;
    const name = cleanLine(entry.name);
    const present = await stores.grants.personalAccessTokens(account.id);
    if (present.some((token) => token.licenseId === licenseId && token.name === name)) continue;
    const now = deps.clock.now();
    await stores.grants.addPersonalAccessToken({
      key: deps.identifiers.key(),
      id: deps.identifiers.uuid(),
      licenseId,
      accountId: account.id,
      name,
      secretHash: deps.tokens.hashSecret(entry.token),
      scopes: scopeSet(entry.scopes).key,
      createdAt: now,
      expiresAt: now + days(entry.expires_in_days ?? DEFAULT_TOKEN_DAYS),
      lastUsedAt: null,
      lastUsedFrom: null,
      revokedAt: null,
    });
    report.personalAccessTokens += 1;
  }
}
