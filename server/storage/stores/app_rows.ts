import type {
  App,
  Client,
  ClientOfApp,
  ClientSecret,
  Installation,
  Product,
} from '../../domain/apps/records.ts';
import type { AppTables } from '../tables/apps.ts';

type AppRow = AppTables['apps'];
type ClientRow = AppTables['clients'];

/** A client with its app, its organization, and what shows how far it can be trusted. */
export type ClientOfAppRow = ClientRow & {
  app_key: number;
  app_name: string;
  app_product: string;
  app_short_description: string;
  app_visibility: 'private' | 'public';
  app_version: number;
  app_created_by: string | null;
  app_created_at: number;
  app_updated_at: number;
  organization_id: string;
  organization_name: string;
  force_strict: number;
  icon_digest: string | null;
  registered_at: number | null;
  verified_at: number | null;
};

export function toApp(row: AppRow): App {
  return {
    key: row.app_key,
    id: row.id,
    licenseId: row.license_id,
    name: row.name,
    product: row.product as Product,
    shortDescription: row.short_description,
    visibility: row.visibility,
    version: row.version,
    createdBy: row.created_by,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

export function toClient(row: ClientRow): Client {
  return {
    clientId: row.client_id,
    appId: row.app_id,
    licenseId: row.license_id,
    type: row.type,
    profile: row.profile,
    redirectUris: JSON.parse(row.redirect_uris) as string[],
    postLogoutRedirectUris: JSON.parse(row.post_logout_redirect_uris ?? '[]') as string[],
    scopes: JSON.parse(row.scopes) as Client['scopes'],
    switches: {
      acceptSubPaths: row.accept_sub_paths === 1,
      allowPlainHttp: row.allow_plain_http === 1,
      rotateRefreshTokens: row.rotate_refresh_tokens === 1,
    },
    createdAt: row.created_at,
  };
}

export function fromClient(client: Client): ClientRow {
  return {
    client_id: client.clientId,
    app_id: client.appId,
    license_id: client.licenseId,
    type: client.type,
    profile: client.profile,
    redirect_uris: JSON.stringify(client.redirectUris),
    post_logout_redirect_uris: JSON.stringify(client.postLogoutRedirectUris),
    scopes: JSON.stringify(client.scopes),
    accept_sub_paths: client.switches.acceptSubPaths ? 1 : 0,
    allow_plain_http: client.switches.allowPlainHttp ? 1 : 0,
    rotate_refresh_tokens: client.switches.rotateRefreshTokens ? 1 : 0,
    created_at: client.createdAt,
  };
}

export function toSecret(row: AppTables['client_secrets']): ClientSecret {
  return {
    key: row.secret_key,
    clientId: row.client_id,
    secretHash: row.secret_hash,
    hint: row.hint,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    lastUsedFrom: row.last_used_from,
    lastUsedBy: row.last_used_by,
    retiredAt: row.retired_at,
  };
}

export function toClientOfApp(row: ClientOfAppRow): ClientOfApp {
  return {
    client: toClient(row),
    app: {
      key: row.app_key,
      id: row.app_id,
      licenseId: row.license_id,
      name: row.app_name,
      product: row.app_product as Product,
      shortDescription: row.app_short_description,
      visibility: row.app_visibility,
      version: row.app_version,
      createdBy: row.app_created_by,
      createdAt: row.app_created_at,
      updatedAt: row.app_updated_at,
    },
    organization: {
      id: row.organization_id,
      licenseId: row.license_id,
      name: row.organization_name,
      forceStrict: row.force_strict === 1,
    },
    iconDigest: row.icon_digest ?? undefined,
    registration: row.registered_at === null ? undefined : { verified: row.verified_at !== null },
  };
}

export function toInstallation(row: AppTables['installations']): Installation {
  return {
    appId: row.app_id,
    licenseId: row.license_id,
    installedBy: row.installed_by,
    installedAt: row.installed_at,
  };
}
