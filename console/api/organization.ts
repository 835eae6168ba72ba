import { request } from './request.ts';
import type { OrganizationSettings } from './types.ts';

export function readOrganizationSettings(signal: AbortSignal): Promise<OrganizationSettings> {
  return request('GET', '/organization/settings', { signal });
}

/** What is left out stays as it is. */
export function updateOrganizationSettings(
  input: { version: number } & Partial<Omit<OrganizationSettings, 'version'>>,
): Promise<OrganizationSettings> {
  return request('PATCH', '/organization/settings', { body: input });
}
