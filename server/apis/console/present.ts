import type { AppDetails, Bot as BotRecord, Client, ClientSecret } from '../../domain/apps/records.ts';
import { retirementOf } from '../../domain/apps/secret_retirement.ts';
import type { PersonalAccessToken as PersonalAccessTokenRecord } from '../../domain/grants/records.ts';
import type { OrganizationSettings as OrganizationSettingsRecord } from '../../domain/identity/records.ts';
import type { Micros } from '../../kernel/clock.ts';
import { formatTimestamp } from '../../kernel/timestamp.ts';
import { botMayHold } from '../../oauth/bot_scopes.ts';
import type { Services } from '../services.ts';
import type {
  App,
  AppSummary,
  Authorization,
  Bot,
  OrganizationSettings,
  PersonalAccessToken,
} from './schemas.ts';

/** The address of an app's picture; it changes with the picture, so that browsers may keep it for ever. */
export function iconAddress(appId: string, digest: string | undefined): string | null {
  return digest === undefined ? null : `/console/icons/${appId}?v=${digest}`;
}

export function presentAppSummary(details: Omit<AppDetails, 'secrets'>): AppSummary {
  const { app, client } = details;
  return {
    id: app.id,
    name: app.name,
    product: app.product,
    short_description: app.shortDescription,
    icon_url: iconAddress(app.id, details.iconDigest),
    created_at: formatTimestamp(app.createdAt),
    updated_at: formatTimestamp(app.updatedAt),
    client: client ? { client_id: client.clientId, type: client.type } : null,
    installed: details.installation !== undefined,
    registration: details.registration ? { verified: details.registration.verified } : null,
  };
}

/** An app with its building blocks; reads its bot, and the name of the person who installed it. */
export async function presentApp(services: Services, details: AppDetails): Promise<App> {
  const { app, installation } = details;
  const [installer, bot] = await Promise.all([
    installation && services.identity.member(app.licenseId, installation.installedBy),
    details.client && services.bots.identityOf(details.client.clientId),
  ]);
  return {
    ...presentAppSummary(details),
    version: app.version,
    visibility: app.visibility,
    authorization: presentAuthorization(details, bot),
    installation: installation
      ? {
          installed_at: formatTimestamp(installation.installedAt),
          installed_by: installer?.account.name ?? 'a former member',
        }
      : null,
  };
}

function presentAuthorization(
  { client, secrets }: AppDetails,
  bot: BotRecord | undefined,
): Authorization | null {
  if (!client) return null;
  return {
    client_id: client.clientId,
    type: client.type,
    profile: client.profile,
    redirect_uris: [...client.redirectUris],
    post_logout_redirect_uris: [...client.postLogoutRedirectUris],
    scopes: client.scopes.map(({ scope, required }) => ({ scope, required })),
    switches: {
      accept_sub_paths: client.switches.acceptSubPaths,
      allow_plain_http: client.switches.allowPlainHttp,
      rotate_refresh_tokens: client.switches.rotateRefreshTokens,
    },
    secrets: secrets.map((secret) => presentSecret(secret, secrets)),
    bot: bot ? presentBot(bot, client) : null,
    created_at: formatTimestamp(client.createdAt),
  };
}

function presentBot(bot: BotRecord, client: Client): Bot {
  return {
    id: bot.id,
    name: bot.name,
    avatar_url: bot.avatarUrl,
    created_at: formatTimestamp(bot.createdAt),
    last_used_at: timestampOrNull(bot.lastUsedAt),
    scopes: [...botMayHold(client.scopes.map(({ scope }) => scope)).ids],
  };
}

function presentSecret(secret: ClientSecret, all: readonly ClientSecret[]): Authorization['secrets'][number] {
  const live = all.filter(({ retiredAt }) => retiredAt === null);
  return {
    id: String(secret.key),
    hint: secret.hint,
    created_at: formatTimestamp(secret.createdAt),
    last_used_at: timestampOrNull(secret.lastUsedAt),
    last_used_from: secret.lastUsedFrom,
    last_used_by: secret.lastUsedBy,
    retirement: retirementOf(secret, live),
    retired_at: timestampOrNull(secret.retiredAt),
  };
}

export function presentPersonalAccessToken(
  token: PersonalAccessTokenRecord,
  expired: boolean,
): PersonalAccessToken {
  return {
    id: token.id,
    name: token.name,
    scopes: token.scopes.split(' ').filter((scope) => scope !== ''),
    created_at: formatTimestamp(token.createdAt),
    expires_at: formatTimestamp(token.expiresAt),
    last_used_at: timestampOrNull(token.lastUsedAt),
    last_used_from: token.lastUsedFrom,
    expired,
  };
}

export function presentOrganizationSettings({
  version,
  forceStrict,
}: OrganizationSettingsRecord): OrganizationSettings {
  return { version, force_strict: forceStrict };
}

function timestampOrNull(time: Micros | null): string | null {
  return time === null ? null : formatTimestamp(time);
}
