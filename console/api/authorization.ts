import { path, request } from './request.ts';
import type {
  App,
  AuthorizationSettings,
  ClientType,
  RedirectTest,
  RedirectTestResult,
  RedirectUriQuestion,
  RedirectUriVerdict,
  Rehearsal,
  ScopeChoice,
  ScopePlan,
} from './types.ts';

/** Adds the Authorization block. The secret comes for server-side apps only, and only this once. */
export function addAuthorization(
  appId: string,
  type: ClientType,
): Promise<{ app: App; client_secret?: string }> {
  return request('POST', path`/apps/${appId}/authorization`, { body: { type } });
}

export function saveAuthorization(
  appId: string,
  input: AuthorizationSettings & { version: number },
): Promise<App> {
  return request('PUT', path`/apps/${appId}/authorization`, { body: input });
}

/** Removes the block; every token of the app dies. */
export function removeAuthorization(appId: string, version: number): Promise<App> {
  return request('DELETE', path`/apps/${appId}/authorization`, { body: { version } });
}

/** Makes a second live secret. At most two live at once. */
export function generateSecret(
  appId: string,
): Promise<{ app: App; client_secret: string; secret_id: string }> {
  return request('POST', path`/apps/${appId}/secrets`, { body: {} });
}

export function retireSecret(appId: string, secretId: string): Promise<App> {
  return request('DELETE', path`/apps/${appId}/secrets/${secretId}`);
}

export function checkRedirectUri(
  question: RedirectUriQuestion,
  signal?: AbortSignal,
): Promise<RedirectUriVerdict> {
  return request('POST', '/redirect_uri_check', { body: question, ...(signal ? { signal } : {}) });
}

/** Gives a server-side app a bot, as which it acts by itself. */
export function giveBot(appId: string, name: string): Promise<App> {
  return request('POST', path`/apps/${appId}/bot`, { body: { name } });
}

export function renameBot(appId: string, name: string): Promise<App> {
  return request('PATCH', path`/apps/${appId}/bot`, { body: { name } });
}

/** Its tokens die at once. */
export function removeBot(appId: string): Promise<App> {
  return request('DELETE', path`/apps/${appId}/bot`);
}

/** Would authorize take this address, under each profile? */
export async function testRedirectUri(
  test: RedirectTest,
  signal: AbortSignal,
): Promise<RedirectTestResult[]> {
  const { results } = await request<{ results: RedirectTestResult[] }>('POST', '/redirect_uri_test', {
    body: test,
    signal,
  });
  return results;
}

export async function rehearseConsent(appId: string, signal: AbortSignal): Promise<Rehearsal[]> {
  const { parts } = await request<{ parts: Rehearsal[] }>('GET', path`/apps/${appId}/consent_rehearsal`, {
    signal,
  });
  return parts;
}

export function planScopes(appId: string, scopes: ScopeChoice[], signal: AbortSignal): Promise<ScopePlan> {
  return request('POST', path`/apps/${appId}/scope_plan`, { body: { scopes }, signal });
}
