import { path, request } from './request.ts';
import type { Timestamp } from './types.ts';

export type ReviewState = 'developing' | 'submitted' | 'accepted' | 'published';
export type ReviewMove = 'submit' | 'withdraw' | 'accept' | 'send_back' | 'publish' | 'unpublish';

export interface Review {
  state: ReviewState;
  /** Why it was sent back; empty otherwise. */
  note: string;
  changed_at: Timestamp | null;
  /** What the caller may do with it now. */
  moves: ReviewMove[];
  installations: number;
}

/** An app of whatever organization, as it is offered. */
export interface OfferedApp {
  id: string;
  name: string;
  short_description: string;
  organization: string;
  own: boolean;
  public: boolean;
  icon_url: string | null;
  scopes: { scope: string; words: string; required: boolean }[];
  installed_at: Timestamp | null;
}

export function readReview(appId: string, signal: AbortSignal): Promise<Review> {
  return request('GET', path`/apps/${appId}/review`, { signal });
}

export function moveReview(appId: string, move: ReviewMove, note: string): Promise<Review> {
  return request('POST', path`/apps/${appId}/review`, { body: note ? { move, note } : { move } });
}

export function listPublicApps(
  search: string,
  pageId: string | undefined,
  signal: AbortSignal,
): Promise<{ apps: OfferedApp[]; next_page_id?: string }> {
  return request('GET', '/public_apps', { query: { search, page_id: pageId }, signal });
}

export async function listInstalledApps(signal: AbortSignal): Promise<OfferedApp[]> {
  const { apps } = await request<{ apps: OfferedApp[] }>('GET', '/installations', { signal });
  return apps;
}

export function installPublicApp(appId: string): Promise<OfferedApp> {
  return request('POST', path`/public_apps/${appId}/installation`, { body: {} });
}

export function uninstallPublicApp(appId: string): Promise<void> {
  return request('DELETE', path`/public_apps/${appId}/installation`);
}
