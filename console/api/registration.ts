import { path, request } from './request.ts';
import type { App, DynamicRegistration, InitialAccessToken, RegistrationMode } from './types.ts';

export function readDynamicRegistration(signal: AbortSignal): Promise<DynamicRegistration> {
  return request('GET', '/organization/dynamic_registration', { signal });
}

export function updateDynamicRegistration(mode: RegistrationMode): Promise<DynamicRegistration> {
  return request('PUT', '/organization/dynamic_registration', { body: { mode } });
}

/** The secret comes this once. */
export function createInitialAccessToken(
  name: string,
): Promise<{ token: InitialAccessToken; secret: string }> {
  return request('POST', '/organization/initial_access_tokens', { body: { name } });
}

/** Apps that it registered stay. */
export function revokeInitialAccessToken(id: string): Promise<void> {
  return request('DELETE', path`/organization/initial_access_tokens/${id}`);
}

/** The owner vouches for an app that registered itself. */
export function verifyApp(appId: string): Promise<App> {
  return request('POST', path`/apps/${appId}/verification`, { body: {} });
}
