import type { ClientOfApp } from './records.ts';

/**
 * Clients that are part of the server: its own chat page and inbox. They have no rows, so that nobody can see
 * them among an organization's apps, change them, or take them away, and no organization owns them.
 */
export const CHAT_PAGE_CLIENT = '000000000000000000000000c4a70001';
export const INBOX_CLIENT = '000000000000000000000000c4a70002';

export function isBuiltIn(clientId: string): boolean {
  return clientId === CHAT_PAGE_CLIENT || clientId === INBOX_CLIENT;
}

/** No organization has this number: what is built in belongs to none. */
const NOBODY = 0;

/**
 * The chat page as the cookie grant meets it: a page of this server's own origin, and of no other.
 * @param publicUrl the server's origin
 * @returns undefined for every other client
 */
export function chatPageClient(clientId: string, publicUrl: string): ClientOfApp | undefined {
  if (clientId !== CHAT_PAGE_CLIENT) return undefined;
  return {
    client: {
      clientId,
      appId: clientId,
      licenseId: NOBODY,
      type: 'javascript_app',
      profile: 'compatible',
      redirectUris: [`${publicUrl}/chat/`],
      postLogoutRedirectUris: [],
      scopes: [],
      // Whoever runs a server without https has decided so for all its pages.
      switches: { acceptSubPaths: false, allowPlainHttp: true, rotateRefreshTokens: true },
      createdAt: 0,
    },
    app: {
      key: 0,
      id: clientId,
      licenseId: NOBODY,
      name: 'Chat page',
      product: 'livechat',
      shortDescription: '',
      visibility: 'public',
      version: 1,
      createdBy: null,
      createdAt: 0,
      updatedAt: 0,
    },
    organization: { id: '', licenseId: NOBODY, name: '', forceStrict: false },
    iconDigest: undefined,
    registration: undefined,
  };
}
