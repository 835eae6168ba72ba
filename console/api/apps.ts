import { path, request, requestRaw } from './request.ts';
import type { App, AppsPage, Product } from './types.ts';

export function listApps(search: string, pageId: string | undefined, signal: AbortSignal): Promise<AppsPage> {
  return request('GET', '/apps', { query: { search, page_id: pageId }, signal });
}

export function createApp(input: { name: string; product: Product }): Promise<App> {
  return request('POST', '/apps', { body: input });
}

export function readApp(appId: string, signal: AbortSignal): Promise<App> {
  return request('GET', path`/apps/${appId}`, { signal });
}

export function updateApp(
  appId: string,
  input: { version: number; name?: string; short_description?: string },
): Promise<App> {
  return request('PATCH', path`/apps/${appId}`, { body: input });
}

/** `name` is what the person typed; the server compares it with the app's. */
export function deleteApp(appId: string, name: string): Promise<void> {
  return request('DELETE', path`/apps/${appId}`, { body: { name } });
}

export function uploadIcon(appId: string, icon: Blob): Promise<App> {
  return request('PUT', path`/apps/${appId}/icon`, { body: icon });
}

export function removeIcon(appId: string): Promise<App> {
  return request('DELETE', path`/apps/${appId}/icon`);
}

export function installApp(appId: string): Promise<App> {
  return request('POST', path`/apps/${appId}/installation`, { body: {} });
}

export function uninstallApp(appId: string): Promise<App> {
  return request('DELETE', path`/apps/${appId}/installation`);
}

/** The app's Postman collection (v2.1) as a file. */
export async function readPostmanCollection(appId: string): Promise<Blob> {
  return (await requestRaw('GET', path`/apps/${appId}/postman.json`)).blob();
}
