import { path, request } from './request.ts';
import type { AppCompatibility, CompatibilityUse, OrganizationSettings } from './types.ts';

export function readOrganizationSettings(signal: AbortSignal): Promise<OrganizationSettings> {
  return request('GET', '/organization/settings', { signal });
}

/** What is left out stays as it is. */
export function updateOrganizationSettings(
  input: { version: number } & Partial<Omit<OrganizationSettings, 'version'>>,
): Promise<OrganizationSettings> {
  return request('PATCH', '/organization/settings', { body: input });
}

/** What one app used in the last 30 days that the strict profile refuses. */
export async function readAppCompatibility(appId: string, signal: AbortSignal): Promise<CompatibilityUse[]> {
  const { features } = await request<{ features: CompatibilityUse[] }>(
    'GET',
    path`/apps/${appId}/compatibility`,
    { signal },
  );
  return features;
}

/** The same of every compatible app that used something. */
export async function readOrganizationCompatibility(signal: AbortSignal): Promise<AppCompatibility[]> {
  const { apps } = await request<{ apps: AppCompatibility[] }>('GET', '/organization/compatibility', {
    signal,
  });
  return apps;
}
