import { path, request } from './request.ts';
import type { CreatedPersonalAccessToken, PersonalAccessTokens } from './types.ts';

export function listPersonalAccessTokens(signal: AbortSignal): Promise<PersonalAccessTokens> {
  return request('GET', '/personal_access_tokens', { signal });
}

/** `expires_in_days` is a whole number from 1 to 3650. */
export function createPersonalAccessToken(input: {
  name: string;
  scopes: string[];
  expires_in_days: number;
}): Promise<CreatedPersonalAccessToken> {
  return request('POST', '/personal_access_tokens', { body: input });
}

export function revokePersonalAccessToken(id: string): Promise<void> {
  return request('DELETE', path`/personal_access_tokens/${id}`);
}
