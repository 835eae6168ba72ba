import type { Clock } from '../../kernel/clock.ts';
import { type LiveToken, mayIntrospect } from '../../oauth/introspection.ts';
import { type OpaqueTokens, type ParsedToken, sameSecret } from '../../oauth/opaque_token.ts';
import type { AppService } from '../apps/app_service.ts';
import type { Storage } from '../storage.ts';
import type { AccessTokenReader } from './access_token_reader.ts';
import type { AuthenticatedClient } from './client_authentication.ts';

export interface Introspection {
  /** Undefined for what is not a live token, and for tokens that are not this client's affair. */
  introspect(asker: AuthenticatedClient, text: string): Promise<LiveToken | undefined>;
}

/** What a token is worth now (RFC 7662), for a client that proved itself. */
export function introspection(deps: {
  storage: Storage;
  clock: Clock;
  tokens: OpaqueTokens;
  apps: AppService;
  accessTokens: AccessTokenReader;
}): Introspection {
  const { storage, clock, tokens } = deps;

  async function find(parsed: ParsedToken): Promise<LiveToken | undefined> {
    switch (parsed.kind) {
      case 'access':
        return findAccess(parsed);
      case 'refresh':
        return findRefresh(parsed);
      case 'customer':
        return findCustomer(parsed);
      default:
        return undefined;
    }
  }

  async function findAccess(parsed: ParsedToken): Promise<LiveToken | undefined> {
    const known = await deps.accessTokens.read(parsed);
    if ('dead' in known) return undefined;
    const { token, agent } = known;
    return {
      kind: 'access',
      clientId: token.clientId,
      clientLicenseId: await ownerOf(token.clientId),
      scopes: agent.scopes.key,
      subject: agent.accountId,
      username: token.botSecretKey === null ? agent.agentId : undefined,
      organizationId: agent.organization.id,
      resources: token.resources,
      issuedAt: token.createdAt,
      expiresAt: token.expiresAt,
    };
  }

  async function findRefresh({ key, secretHash }: ParsedToken): Promise<LiveToken | undefined> {
    const row = await storage.read.grants.refreshToken(key);
    if (!row || !sameSecret(secretHash, row.secretHash)) return undefined;
    const end = Math.min(row.idleExpiresAt, row.absoluteExpiresAt);
    if (row.revokedAt !== null || row.rotatedAt !== null || end <= clock.now()) return undefined;
    // A token of somebody who left or was suspended is worth nothing, though its row says nothing of it.
    const agent = await deps.accessTokens.person({ ...row, credential: 'access_token' });
    if (typeof agent === 'string') return undefined;
    return {
      kind: 'refresh',
      clientId: row.clientId,
      clientLicenseId: await ownerOf(row.clientId),
      scopes: agent.scopes.key,
      subject: agent.accountId,
      username: agent.agentId,
      organizationId: agent.organization.id,
      resources: row.resources,
      issuedAt: row.createdAt,
      expiresAt: end,
    };
  }

  async function findCustomer({ key, secretHash }: ParsedToken): Promise<LiveToken | undefined> {
    const row = await storage.read.grants.customerToken(key);
    if (!row || !sameSecret(secretHash, row.secretHash)) return undefined;
    if (row.revokedAt !== null || row.expiresAt <= clock.now()) return undefined;
    const organization = await storage.read.identity.organization(row.licenseId);
    if (!organization) return undefined;
    return {
      kind: 'customer',
      clientId: row.clientId,
      clientLicenseId: await ownerOf(row.clientId),
      scopes: '',
      subject: row.customerId,
      username: undefined,
      organizationId: organization.id,
      resources: null,
      issuedAt: row.createdAt,
      expiresAt: row.expiresAt,
    };
  }

  async function ownerOf(clientId: string): Promise<number | undefined> {
    return (await deps.apps.client(clientId))?.client.licenseId;
  }

  return {
    async introspect({ known }, text) {
      const parsed = tokens.parse(text);
      const token = parsed && (await find(parsed));
      const { clientId, licenseId } = known.client;
      return token && mayIntrospect({ clientId, licenseId }, token) ? token : undefined;
    },
  };
}
