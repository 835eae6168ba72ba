import { randomUUID } from 'node:crypto';
import type { App, Client } from '../../domain/apps/records.ts';
import type { AccessToken, AuthorizationCode, RefreshToken } from '../../domain/grants/records.ts';
import type { Account, Session } from '../../domain/identity/records.ts';

/** Records with nothing missing, for the conformance suites; each call gives new keys. */
let nextKey = 1_000_000;

export const NOW = 1_800_000_000_000_000;
export const HOUR = 3_600_000_000;

export function key(): number {
  return nextKey++;
}

export function account(over: Partial<Account> = {}): Account {
  const id = randomUUID();
  return {
    id,
    email: `${id}@Example.test`,
    name: 'Ann Örtel',
    passwordHash: '$argon2id$…',
    emailConfirmedAt: null,
    createdAt: NOW,
    ...over,
  };
}

export function session(accountId: string, over: Partial<Session> = {}): Session {
  return {
    key: key(),
    secretHash: Buffer.from([0, 1, 2, 255]),
    accountId,
    licenseId: 1001,
    remember: true,
    ip: '127.0.0.1',
    userAgent: 'test',
    createdAt: NOW,
    lastSeenAt: NOW,
    expiresAt: NOW + HOUR,
    amr: ['pwd', 'otp', 'mfa'],
    authenticatedAt: NOW,
    ...over,
  };
}

export function app(licenseId: number, over: Partial<App> = {}): App {
  return {
    key: key(),
    id: randomUUID(),
    licenseId,
    name: 'List Chats',
    product: 'livechat',
    shortDescription: '',
    visibility: 'private',
    version: 1,
    createdBy: null,
    createdAt: NOW,
    updatedAt: NOW,
    ...over,
  };
}

export function client(of: App, over: Partial<Client> = {}): Client {
  return {
    clientId: randomUUID().replaceAll('-', ''),
    appId: of.id,
    licenseId: of.licenseId,
    type: 'server_side_app',
    profile: 'compatible',
    redirectUris: ['https://www.example.com/'],
    postLogoutRedirectUris: ['https://www.example.com/bye'],
    scopes: [{ scope: 'chats--all:ro', required: true }],
    switches: { acceptSubPaths: false, allowPlainHttp: true, rotateRefreshTokens: false },
    createdAt: NOW,
    ...over,
  };
}

const subject = () => ({
  familyKey: key(),
  licenseId: 1001,
  accountId: randomUUID(),
  clientId: randomUUID().replaceAll('-', ''),
  scopes: 'chats--all:ro',
  resources: null,
});

export function code(over: Partial<AuthorizationCode> = {}): AuthorizationCode {
  return {
    ...subject(),
    secretHash: Buffer.alloc(32, 7),
    grantKey: 1,
    redirectUri: 'https://www.example.com/',
    codeChallenge: null,
    codeChallengeMethod: null,
    createdAt: NOW,
    expiresAt: NOW + HOUR,
    consumedAt: null,
    revokedAt: null,
    revokedReason: null,
    ...over,
  };
}

export function accessToken(over: Partial<AccessToken> = {}): AccessToken {
  return {
    ...subject(),
    key: key(),
    secretHash: Buffer.alloc(32, 8),
    refreshKey: null,
    botSecretKey: null,
    createdAt: NOW,
    expiresAt: NOW + HOUR,
    revokedAt: null,
    revokedReason: null,
    ...over,
  };
}

export function refreshToken(over: Partial<RefreshToken> = {}): RefreshToken {
  return {
    ...subject(),
    key: key(),
    secretHash: Buffer.alloc(32, 9),
    createdAt: NOW,
    idleExpiresAt: NOW + HOUR,
    absoluteExpiresAt: NOW + 10 * HOUR,
    rotatedAt: null,
    successorKey: null,
    successorAccessKey: null,
    revokedAt: null,
    revokedReason: null,
    ...over,
  };
}
