import { infiniteQueryOptions } from '@tanstack/react-query';
import { path, request } from './request.ts';

export interface Greeting {
  id: number;
  name: string;
  active: boolean;
  group: number;
  type: 'normal' | 'announcement';
  rules: GreetingRule[];
  properties: Record<string, string | boolean>;
  rich_message?: { template_id: string };
}

export interface GreetingRule {
  condition: 'and' | 'or';
  type: string;
  operator?: string;
  value?: string;
  urls?: { url: string; operator: string }[];
  session_field?: Record<string, string>;
}

export interface NewGreeting {
  name: string;
  text: string;
  /** Empty: on every page. */
  url: string;
}

interface GreetingPage {
  greetings: Greeting[];
  found_greetings: number;
  next_page_id?: string;
}

const configuration = <T>(method: string, body: unknown, signal?: AbortSignal): Promise<T> =>
  request('POST', path`/configuration/${method}`, { body, ...(signal ? { signal } : {}) });

export const greetingsQuery = infiniteQueryOptions({
  queryKey: ['greetings'],
  queryFn: ({ pageParam, signal }) =>
    configuration<GreetingPage>('list_greetings', pageParam ? { page_id: pageParam } : { limit: 50 }, signal),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.next_page_id,
});

export function createGreeting({ name, text, url }: NewGreeting): Promise<{ id: number }> {
  return configuration('create_greeting', {
    type: 'normal',
    active: true,
    name,
    group: 0,
    rules: url === '' ? [] : [{ condition: 'and', type: 'url_current', operator: 'contains', value: url }],
    properties: { 'greeting-message_text': text },
  });
}

export function switchGreeting(id: number, active: boolean): Promise<void> {
  return configuration('update_greeting', { id, active });
}

export function deleteGreeting(id: number): Promise<void> {
  return configuration('delete_greeting', { id });
}
