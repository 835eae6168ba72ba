/** A call of the Global Accounts API that the authorization server answers, which knows no declarations. */
export interface TokenEndpoint {
  name: string;
  http: { method: 'GET' | 'POST' | 'DELETE'; path: string };
  summary: string;
  /** The guide that tells everything of it. */
  guide: string;
}

/** They count for the coverage and stand in the reference; nothing is built twice. */
export const tokenEndpoints: readonly TokenEndpoint[] = [
  {
    name: 'introspect_token',
    http: { method: 'GET', path: '/v2/info' },
    summary: 'Look at an access token',
    guide: 'token-status',
  },
  {
    name: 'exchange_token',
    http: { method: 'POST', path: '/v2/token' },
    summary: 'Exchange a code or a refresh token for tokens',
    guide: 'authorization-code',
  },
  {
    name: 'revoke_token',
    http: { method: 'DELETE', path: '/v2/token' },
    summary: 'Revoke a token and all that came with it',
    guide: 'token-status',
  },
  {
    name: 'authorize',
    http: { method: 'GET', path: '/' },
    summary: 'Ask a person to allow an app, in a browser',
    guide: 'authorization-code',
  },
];
