import { path, request } from './request.ts';
import type { App } from './types.ts';

export interface ManifestChange {
  path: string;
  from: unknown;
  to: unknown;
}

export function readManifest(
  appId: string,
  signal: AbortSignal,
): Promise<{ manifest: object; version: number }> {
  return request('GET', path`/apps/${appId}/manifest`, { signal });
}

export function diffManifest(
  appId: string,
  manifest: object,
): Promise<{ changes: ManifestChange[]; version: number }> {
  return request('POST', path`/apps/${appId}/manifest/diff`, { body: { manifest } });
}

export function applyManifest(
  appId: string,
  input: { manifest: object; version: number },
): Promise<{ app: App; client_secret?: string }> {
  return request('PUT', path`/apps/${appId}/manifest`, { body: input });
}
