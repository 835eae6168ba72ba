import { request } from './request.ts';
import type { Timestamp } from './types.ts';

export type FirstStepName = 'app' | 'block' | 'redirect' | 'code' | 'token' | 'list_chats';

export interface FirstSteps {
  /** The app that is furthest along. */
  app: { id: string; name: string } | null;
  steps: { step: FirstStepName; done: boolean; at: Timestamp | null }[];
}

export function readFirstSteps(signal: AbortSignal): Promise<FirstSteps> {
  return request('GET', '/first_steps', { signal });
}

export function createSampleConversation(): Promise<{ chat_id: string; customer_name: string }> {
  return request('POST', '/sample_conversations', { body: {} });
}
