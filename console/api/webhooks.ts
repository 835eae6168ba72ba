import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { path, request } from './request.ts';

export type DeliveryState = 'queued' | 'delivered' | 'failed';

export interface OrganizationWebhook {
  id: string;
  action: string;
  url: string;
  description: string;
  type: string;
}

export interface AppWithWebhooks {
  id: string;
  name: string;
  client_id: string;
  enabled: boolean;
  webhooks: OrganizationWebhook[];
}

export interface WebhookDelivery {
  id: string;
  webhook_id: string;
  client_id: string;
  action: string;
  state: DeliveryState;
  attempts: number;
  created_at: string;
  next_attempt_at?: string;
  reason?: string;
}

interface DeliveryPage {
  counts: Record<DeliveryState, number>;
  deliveries: WebhookDelivery[];
  next_page_id?: string;
}

export interface RegisteredWebhook {
  id: string;
  url: string;
  description?: string;
  action: string;
  type: 'bot' | 'license';
}

export interface NewWebhook {
  action: string;
  url: string;
  secret_key: string;
  description?: string;
  type: 'bot' | 'license';
}

const configuration = <T>(method: string, body: unknown, signal?: AbortSignal): Promise<T> =>
  request('POST', path`/configuration/${method}`, { body, ...(signal ? { signal } : {}) });

export const organizationWebhooksQuery = queryOptions({
  queryKey: ['webhooks', 'organization'],
  queryFn: ({ signal }) => request<{ apps: AppWithWebhooks[] }>('GET', '/organization/webhooks', { signal }),
});

export const webhookDeliveriesQuery = (state: DeliveryState | undefined) =>
  infiniteQueryOptions({
    queryKey: ['webhooks', 'deliveries', { state }],
    queryFn: ({ pageParam, signal }) =>
      request<DeliveryPage>('GET', '/organization/webhook_deliveries', {
        query: { state, page_id: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_page_id,
  });

export function sendAgain(deliveryId: string): Promise<void> {
  return request('POST', path`/organization/webhook_deliveries/${deliveryId}/attempts`, { body: {} });
}

export function switchWebhooks(clientId: string, on: boolean): Promise<void> {
  return configuration(on ? 'enable_license_webhooks' : 'disable_license_webhooks', {
    owner_client_id: clientId,
  });
}

export const appWebhooksQuery = (clientId: string) =>
  queryOptions({
    queryKey: ['webhooks', 'app', clientId],
    queryFn: ({ signal }) =>
      configuration<RegisteredWebhook[]>('list_webhooks', { owner_client_id: clientId }, signal),
  });

export const webhookNamesQuery = queryOptions({
  queryKey: ['webhooks', 'names'],
  queryFn: ({ signal }) => configuration<{ action: string }[]>('list_webhook_names', {}, signal),
  staleTime: Number.POSITIVE_INFINITY,
});

export function registerWebhook(clientId: string, webhook: NewWebhook): Promise<{ id: string }> {
  return configuration('register_webhook', { ...webhook, owner_client_id: clientId });
}

export function unregisterWebhook(clientId: string, id: string): Promise<void> {
  return configuration('unregister_webhook', { id, owner_client_id: clientId });
}
