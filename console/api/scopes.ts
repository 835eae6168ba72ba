import { request } from './request.ts';
import type { Scope } from './types.ts';

export async function readScopes(signal: AbortSignal): Promise<Scope[]> {
  return (await request<{ scopes: Scope[] }>('GET', '/scopes', { signal })).scopes;
}
